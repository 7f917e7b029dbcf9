//! Reads rows out of JSONL and CSV.

use std::{fs, path::Path};

use super::{ImportError, Note};

/// One question with its answer, as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// From 1.
    pub(super) line: u64,
    pub(super) id: Option<String>,
    pub(super) question: String,
    pub(super) alternates: Vec<String>,
    pub(super) answer: String,
}

/// The rows of `file`, and a note for each that cannot be read.
pub(super) fn read(file: &Path) -> Result<(Vec<Row>, Vec<Note>), ImportError> {
    let bytes = fs::read(file).map_err(|source| ImportError::Read { path: file.into(), source })?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let extension = file.extension().map(|e| e.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("csv") => csv_rows(bytes),
        Some("jsonl" | "ndjson") => Ok(json_rows(bytes)),
        _ => Err(ImportError::Format(file.into())),
    }
}

#[derive(serde::Deserialize)]
struct JsonRow {
    id: Option<serde_json::Value>,
    question: String,
    #[serde(default)]
    alternates: Vec<String>,
    answer: String,
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
                rows.push(Row { line, id, question, alternates, answer });
            }
            Err(error) => {
                // Each line is a text of its own, so the library's line number is always 1 and only misleads.
                let error = error.to_string();
                let (what, _) = error.rsplit_once(" at line ").unwrap_or((&error, ""));
                let message = format!("left out, this is no object with a question and an answer: {what}");
                notes.push(Note { line, message });
            }
        }
    }
    (rows, notes)
}

fn csv_rows(bytes: &[u8]) -> Result<(Vec<Row>, Vec<Note>), ImportError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let headers: Vec<String> = match reader.byte_headers() {
        Ok(headers) => headers.iter().map(|h| String::from_utf8_lossy(h).trim().to_lowercase()).collect(),
        Err(_) => Vec::new(),
    };
    let column = |name: &str| headers.iter().position(|header| header == name);
    let required = |missing: &'static str| {
        column(missing).ok_or_else(|| ImportError::Column { missing, found: headers.join(", ") })
    };
    let (question, answer) = (required("question")?, required("answer")?);
    let (id, alternates) = (column("id"), column("alternates"));
    let mut rows = Vec::new();
    let mut notes = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                notes.push(Note { line, message: format!("left out: {error}") });
                continue;
            }
        };
        let cell = |at: usize| record.get(at).unwrap_or_default();
        rows.push(Row {
            line: record.position().map_or(0, csv::Position::line),
            id: id.map(cell).filter(|id| !id.trim().is_empty()).map(str::to_owned),
            question: cell(question).to_owned(),
            alternates: alternates.map(cell).unwrap_or_default().split('|').map(str::to_owned).collect(),
            answer: cell(answer).to_owned(),
        });
    }
    Ok((rows, notes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_of_json_is_left_out_and_told() {
        let text = "{\"id\":7,\"question\":\"Why?\",\"answer\":\"So.\",\"more\":1}\n\nnot json\n{\"question\":\"q\"}\n";
        let (rows, notes) = json_rows(text.as_bytes());
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].id.as_deref(), rows[0].line), (Some("7"), 1));
        assert_eq!(notes.iter().map(|note| note.line).collect::<Vec<_>>(), [3, 4]);
    }

    #[test]
    fn columns_are_found_by_name_and_alternates_parted() {
        let text = "Answer,Question,alternates\n\"So,\nsaid\",Why?,how come|what for\n";
        let (rows, notes) = csv_rows(text.as_bytes()).unwrap();
        assert_eq!(rows[0].answer, "So,\nsaid");
        assert_eq!(rows[0].alternates, ["how come", "what for"]);
        assert!(notes.is_empty());
    }

    #[test]
    fn a_missing_column_is_named() {
        let error = csv_rows(b"id,text\n1,2\n").unwrap_err();
        assert_eq!(error.to_string(), "the CSV file has no column `question`; its columns are id, text");
    }
}
