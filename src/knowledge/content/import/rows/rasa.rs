//! Reads Rasa files: the examples of each intent are the wordings, the response of the same name is the answer.

use serde_json::{Map, Value};

use super::super::{ImportError, Note, RowPlace};
use super::Row;

/// The rows of a file with `nlu` and `responses`.
pub(super) fn rows(file: &Map<String, Value>, notes: &mut Vec<Note>) -> Result<Vec<Row>, ImportError> {
    let (Some(intents), Some(responses)) =
        (file.get("nlu").and_then(Value::as_array), file.get("responses").and_then(Value::as_object))
    else {
        let missing = if file.contains_key("nlu") { "`responses`" } else { "`nlu`" };
        return Err(ImportError::no_questions(&format!(
            "it is a Rasa file without {missing}; put the sections `nlu` and `responses` (of `domain.yml`) into one file"
        )));
    };
    let mut rows = Vec::new();
    for (intent, n) in intents.iter().zip(1..) {
        let place = RowPlace::Item(n);
        let Some(name) = intent.get("intent").and_then(Value::as_str) else { continue };
        let examples = intent.get("examples").and_then(Value::as_str).unwrap_or_default();
        let mut examples = examples.lines().filter_map(example);
        let response = responses.get(&format!("utter_{name}")).and_then(Value::as_array);
        let texts: Vec<&str> =
            response.into_iter().flatten().filter_map(|variant| variant.get("text")?.as_str()).collect();
        let Some(answer) = texts.first() else {
            notes.push(Note::loss(
                &place,
                format!("the intent `{name}` has no response `utter_{name}` with a text"),
            ));
            continue;
        };
        if texts.len() > 1 {
            let message = format!("`utter_{name}` has {} variants; the first was taken", texts.len());
            notes.push(Note::change(&place, message));
        }
        rows.push(Row {
            place,
            id: Some(name.to_owned()),
            question: examples.next().unwrap_or_default(),
            alternates: examples.collect(),
            answer: (*answer).to_owned(),
        });
    }
    Ok(rows)
}

/// The text of an example, with the words of its entities: `from [Paris](city)` is `from Paris`.
fn example(line: &str) -> Option<String> {
    let mut rest = line.trim().strip_prefix('-')?.trim();
    let mut text = String::new();
    while let Some((before, after)) = rest.split_once('[') {
        let Some((word, mark)) = after.split_once(']') else { break };
        let end = match mark.chars().next() {
            Some('(') => ')',
            Some('{') => '}',
            _ => break,
        };
        let Some((_, behind)) = mark.split_once(end) else { break };
        text = text + before + word;
        rest = behind;
    }
    Some(text + rest).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::example;

    #[test]
    fn entities_of_examples_are_read_as_their_words() {
        assert_eq!(
            example("- from [Paris](city) to [Rome]{\"entity\": \"city\"}").as_deref(),
            Some("from Paris to Rome")
        );
        assert_eq!(example("  - what is [x]").as_deref(), Some("what is [x]"));
        assert_eq!(example("no item"), None);
    }
}
