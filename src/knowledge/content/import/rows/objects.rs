//! Reads questions and answers out of JSON, YAML or TOML values, whatever they are wrapped in.

use serde_json::{Map, Value};

use super::super::{Columns, ImportError, Note, RowPlace, columns::Found};
use super::{Row, alternates, rasa};

/// Keys under which the answer of a tag is, besides those of an answer.
const TAG_TEXT: &[&str] =
    &["answer", "content", "text", "description", "body", "message", "response", "value"];
const TAG_ALIASES: &[&str] = &["aliases", "alias", "alternates", "keywords"];

fn is_rasa(map: &Map<String, Value>) -> bool {
    map.contains_key("nlu") || map.contains_key("responses") && !map.contains_key("patterns")
}

/// The rows of a value: a list of objects, an object around such a list, a Rasa file, or a table of tags.
pub(super) fn rows(value: Value, columns: &Columns) -> Result<(Vec<Row>, Vec<Note>), ImportError> {
    let mut notes = Vec::new();
    let numbered =
        |list: Vec<Value>| list.into_iter().zip(1..).map(|(item, n)| (RowPlace::Item(n), item)).collect();
    let rows = match value {
        Value::Array(list) => items(numbered(list), columns, &mut notes)?,
        Value::Object(map) if is_rasa(&map) => rasa::rows(&map, &mut notes)?,
        Value::Object(map) if columns.fit(&map) => {
            items(numbered(vec![Value::Object(map)]), columns, &mut notes)?
        }
        Value::Object(mut map) => match list_in(&map).map(str::to_owned).and_then(|key| map.remove(&key)) {
            Some(Value::Array(list)) => items(numbered(list), columns, &mut notes)?,
            _ => tags(&map, &mut notes)?,
        },
        _ => return Err(ImportError::no_questions("it is one single value")),
    };
    Ok((rows, notes))
}

/// The key of the only list of objects in `map`.
fn list_in(map: &Map<String, Value>) -> Option<&str> {
    let is_list = |value: &Value| {
        value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_object))
    };
    let mut lists = map.iter().filter(|(_, value)| is_list(value)).map(|(key, _)| key.as_str());
    lists.next().filter(|_| lists.next().is_none())
}

/// The rows of a list of objects, each of which needs a question and an answer.
pub(super) fn items(
    items: Vec<(RowPlace, Value)>,
    columns: &Columns,
    notes: &mut Vec<Note>,
) -> Result<Vec<Row>, ImportError> {
    let mut rows = Vec::new();
    let mut first_error = None;
    for (place, item) in items {
        let Value::Object(map) = item else {
            notes.push(Note::loss(&place, format!("it is {}, not an object", kind(&item))));
            continue;
        };
        let keys: Vec<String> = map.keys().cloned().collect();
        let mut renamed = Vec::new();
        let found = match columns.find(&keys, &place, &mut renamed) {
            Ok(found) => found,
            Err(error) => {
                let keys = keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
                notes.push(Note::loss(&place, format!("it has no question or no answer, but {keys}")));
                first_error.get_or_insert(error);
                continue;
            }
        };
        // The same keys in every item are worth one note.
        for note in renamed {
            if !notes.iter().any(|other: &Note| other.message == note.message) {
                notes.push(note);
            }
        }
        rows.extend(row(&map, &keys, &found, place, notes));
    }
    match first_error {
        Some(error) if rows.is_empty() => Err(error),
        _ => Ok(rows),
    }
}

fn row(
    map: &Map<String, Value>,
    keys: &[String],
    found: &Found,
    place: RowPlace,
    notes: &mut Vec<Note>,
) -> Option<Row> {
    let value = |at: usize| keys.get(at).and_then(|key| map.get(key)).unwrap_or(&Value::Null);
    let mut questions = texts(value(found.question)).into_iter();
    let question = questions.next().unwrap_or_default();
    let mut wordings: Vec<String> = questions.collect();
    match found.alternates.map(value) {
        Some(Value::String(cell)) => wordings.extend(alternates::split(cell, &place, notes)),
        Some(list) => wordings.extend(texts(list)),
        None => {}
    }
    let answers = texts(value(found.answer));
    if answers.is_empty() && !value(found.answer).is_null() {
        notes.push(Note::loss(&place, format!("the answer is {}", kind(value(found.answer)))));
        return None;
    }
    if answers.len() > 1 {
        let message = format!("the answer has {} texts, which were joined", answers.len());
        notes.push(Note::change(&place, message));
    }
    let id = found.id.map(value).and_then(text);
    Some(Row { place, id, question, alternates: wordings, answer: answers.join("\n\n") })
}

/// The rows of a table whose keys name the tags of a bot: `name = "text"`, or a table with the text and its aliases.
fn tags(map: &Map<String, Value>, notes: &mut Vec<Note>) -> Result<Vec<Row>, ImportError> {
    // `[tags.hours]` is a table of tags in a table of its own.
    let inner: Vec<&Map<String, Value>> = map.values().filter_map(Value::as_object).collect();
    if let ([only], 1) = (inner.as_slice(), map.len())
        && only.values().all(|value| value.is_object() || value.is_string())
        && tag_text(only).is_none()
    {
        return tags(only, notes);
    }
    let mut rows = Vec::new();
    for ((name, value), n) in map.iter().zip(1..) {
        let place = RowPlace::Item(n);
        let (answer, wordings) = match value {
            Value::String(text) => (Some(text.clone()), Vec::new()),
            Value::Object(tag) => (tag_text(tag), aliases(value)),
            _ => (None, Vec::new()),
        };
        match answer {
            Some(answer) => rows.push(Row {
                place,
                id: Some(name.clone()),
                question: title(value).unwrap_or_else(|| name.replace(['-', '_'], " ")),
                alternates: wordings,
                answer,
            }),
            None => notes.push(Note::loss(&place, format!("`{name}` has no text"))),
        }
    }
    if rows.is_empty() {
        Err(ImportError::no_questions("no entry of its table has a text"))
    } else {
        Ok(rows)
    }
}

fn tag_text(tag: &Map<String, Value>) -> Option<String> {
    let embed = tag.get("embed").and_then(Value::as_object).and_then(|embed| embed.get("description"));
    TAG_TEXT.iter().find_map(|key| tag.get(*key)).or(embed).and_then(text)
}

/// The title of a tag, where it has one of its own.
pub(super) fn title(tag: &Value) -> Option<String> {
    let embed = tag.get("embed").and_then(|embed| embed.get("title"));
    ["question", "title", "name"].iter().find_map(|key| tag.get(*key)).or(embed).and_then(text)
}

/// The aliases of a tag.
pub(super) fn aliases(tag: &Value) -> Vec<String> {
    TAG_ALIASES.iter().filter_map(|key| tag.get(*key)).flat_map(texts).collect()
}

/// Every text in a value: itself, or those of a list.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(text).collect(),
        other => text(other).into_iter().collect(),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
