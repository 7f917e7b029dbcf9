//! Reads JSON: one object per line, or one value over the whole file.

use serde_json::Value;

use super::super::{Columns, ImportError, Note, RowPlace};
use super::{Row, objects, syntax};

/// The rows of a file with one object per line (JSONL) or with one JSON value.
pub(super) fn rows(text: &str, columns: &Columns) -> Result<(Vec<Row>, Vec<Note>), ImportError> {
    // A pretty-printed value begins with a line that is not a value by itself.
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let is_lines = serde_json::from_str::<Value>(first).is_ok_and(|value| value.is_object());
    let has_one_line = text.lines().filter(|line| !line.trim().is_empty()).count() == 1;
    if !is_lines || has_one_line {
        return match value(text) {
            Ok(value) => objects::rows(value, columns),
            // A first line that is broken does not spoil the others.
            Err(_) if looks_like_lines(text) => lines(text, columns),
            Err(error) => Err(error),
        };
    }
    lines(text, columns)
}

fn value(text: &str) -> Result<Value, ImportError> {
    serde_json::from_str(text).map_err(|error| syntax("JSON", &error.to_string()))
}

/// Whether some line is an object by itself.
fn looks_like_lines(text: &str) -> bool {
    text.lines().any(|line| serde_json::from_str::<Value>(line).is_ok_and(|value| value.is_object()))
}

fn lines(text: &str, columns: &Columns) -> Result<(Vec<Row>, Vec<Note>), ImportError> {
    let (mut notes, mut items) = (Vec::new(), Vec::new());
    for (line, n) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let place = RowPlace::Line(n);
        match serde_json::from_str(line) {
            Ok(value) => items.push((place, value)),
            Err(error) => {
                // Each line is parsed on its own, so the line number in the error is always 1.
                let error = error.to_string();
                let (what, _) = error.rsplit_once(" at line ").unwrap_or((&error, ""));
                notes
                    .push(Note::loss(&place, format!("not an object with a question and an answer: {what}")));
            }
        }
    }
    let rows = objects::items(items, columns, &mut notes)?;
    Ok((rows, notes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Row>, Vec<Note>) {
        rows(text, &Columns::default()).unwrap()
    }

    #[test]
    fn a_bad_line_of_json_is_left_out_with_a_note() {
        let text = "{\"id\":7,\"question\":\"Why?\",\"answer\":\"So.\",\"more\":1}\n\nnot json\n{\"question\":\"q\"}\n";
        let (rows, notes) = read(text);
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].id.as_deref(), &rows[0].place), (Some("7"), &RowPlace::Line(1)));
        assert!(notes.iter().all(|note| note.is_loss));
        assert_eq!(
            notes.iter().map(|note| note.place.clone()).collect::<Vec<_>>(),
            [RowPlace::Line(3), RowPlace::Line(4)]
        );
    }

    #[test]
    fn alternates_may_be_null_or_one_text() {
        let (rows, notes) = read(
            "{\"question\":\"Why?\",\"alternates\":null,\"answer\":\"So.\"}\n\
             {\"question\":\"When?\",\"alternates\":\"at what time|how soon\",\"answer\":\"Now.\"}\n",
        );
        assert!(notes.is_empty());
        assert!(rows[0].alternates.is_empty());
        assert_eq!(rows[1].alternates, ["at what time", "how soon"]);
    }
}
