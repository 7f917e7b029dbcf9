//! Reads the rows of JSONL and CSV files.

mod table;

use std::{fs, path::Path};

use super::{ImportError, Note};

/// One question with its answer, as in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Counted from 1.
    pub(super) line: u64,
    pub(super) id: Option<String>,
    pub(super) question: String,
    pub(super) alternates: Vec<String>,
    pub(super) answer: String,
}

/// Reads the rows of `file`, with a note for each that cannot be used.
pub(super) fn read(file: &Path) -> Result<(Vec<Row>, Vec<Note>), ImportError> {
    let bytes = fs::read(file).map_err(|source| ImportError::Read { path: file.into(), source })?;
    // CSV files decode their byte-order mark themselves: it names the encoding.
    let without_mark = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let extension = file.extension().map(|e| e.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("csv") => table::rows(&bytes, None),
        Some("tsv") => table::rows(&bytes, Some(b'\t')),
        Some("jsonl" | "ndjson") => Ok(json_rows(without_mark)),
        _ => Err(ImportError::Format(file.into())),
    }
}

#[derive(serde::Deserialize)]
struct JsonRow {
    id: Option<serde_json::Value>,
    question: String,
    #[serde(default)]
    alternates: Option<Alternates>,
    answer: String,
}

/// A list, or one text with `|` between the alternates.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Alternates {
    List(Vec<String>),
    Text(String),
}

fn json_rows(bytes: &[u8]) -> (Vec<Row>, Vec<Note>) {
    let mut rows = Vec::new();
    let mut notes = Vec::new();
    for (text, line) in bytes.split(|byte| *byte == b'\n').zip(1..) {
        if text.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<JsonRow>(text) {
            Ok(row) => {
                let id = row.id.and_then(|id| match id {
                    serde_json::Value::Null => None,
                    serde_json::Value::String(id) => Some(id),
                    other => Some(other.to_string()),
                });
                let JsonRow { question, alternates, answer, .. } = row;
                let alternates = match alternates {
                    Some(Alternates::List(list)) => list,
                    Some(Alternates::Text(text)) => text.split('|').map(str::to_owned).collect(),
                    None => Vec::new(),
                };
                rows.push(Row { line, id, question, alternates, answer });
            }
            Err(error) => {
                // Each line is parsed on its own, so the line number in the error is always 1.
                let error = error.to_string();
                let (what, _) = error.rsplit_once(" at line ").unwrap_or((&error, ""));
                notes.push(Note::loss(line, format!("not an object with a question and an answer: {what}")));
            }
        }
    }
    (rows, notes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_of_json_is_left_out_with_a_note() {
        let text = "{\"id\":7,\"question\":\"Why?\",\"answer\":\"So.\",\"more\":1}\n\nnot json\n{\"question\":\"q\"}\n";
        let (rows, notes) = json_rows(text.as_bytes());
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].id.as_deref(), rows[0].line), (Some("7"), 1));
        assert_eq!(notes.iter().map(|note| note.line).collect::<Vec<_>>(), [3, 4]);
    }

    #[test]
    fn alternates_may_be_null_or_one_text() {
        let text = "{\"question\":\"a\",\"answer\":\"b\",\"alternates\":null}\n\
                    {\"question\":\"c\",\"answer\":\"d\",\"alternates\":\"e|f\"}\n";
        let (rows, notes) = json_rows(text.as_bytes());
        assert!(notes.is_empty());
        assert_eq!(rows[0].alternates, [""; 0]);
        assert_eq!(rows[1].alternates, ["e", "f"]);
    }
}
