//! Reads questions and answers from a file, by its ending, or from a folder of tags.

mod alternates;
mod json;
mod markdown;
mod objects;
mod quotes;
mod rasa;
mod table;
mod tags;
mod text;

use std::{fs, path::Path};

use serde_json::Value;

use super::{Columns, ImportError, Note, RowPlace, html};

/// One question with its answer, as in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) place: RowPlace,
    pub(super) id: Option<String>,
    pub(super) question: String,
    pub(super) alternates: Vec<String>,
    pub(super) answer: String,
}

/// Reads the rows of `file`, with a note for each that cannot be used.
pub(super) fn read(file: &Path, columns: &Columns) -> Result<(Vec<Row>, Vec<Note>), ImportError> {
    if file.is_dir() {
        return tags::rows(file);
    }
    let bytes = fs::read(file).map_err(|source| ImportError::Read { path: file.into(), source })?;
    let extension = file.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "csv" => return table::rows(&bytes, None, columns),
        "tsv" => return table::rows(&bytes, Some(b'\t'), columns),
        _ => {}
    }
    let (text, encoding) = text::decode(&bytes);
    let (rows, mut notes) = match extension.as_str() {
        "jsonl" | "ndjson" | "json" => json::rows(&text, columns)?,
        "yml" | "yaml" => objects::rows(yaml(&text)?, columns)?,
        "toml" => objects::rows(toml(&text)?, columns)?,
        "md" | "markdown" | "txt" => markdown::rows(&text)?,
        "html" | "htm" => markdown::rows(&html::to_markdown(&text))?,
        _ => return Err(ImportError::Format(file.into())),
    };
    if let Some(encoding) = encoding {
        let message = format!("the file is not UTF-8; it was read as {encoding}");
        notes.insert(0, Note::change(&RowPlace::Line(1), message));
    }
    Ok((rows, notes))
}

/// The value of a YAML document.
fn yaml(text: &str) -> Result<Value, ImportError> {
    serde_saphyr::from_str(text).map_err(|error| syntax("YAML", &error.to_string()))
}

/// The value of a TOML document.
fn toml(text: &str) -> Result<Value, ImportError> {
    toml::from_str(text).map_err(|error| {
        let line = error
            .span()
            .map_or(1, |span| 1 + text.get(..span.start).unwrap_or_default().matches('\n').count());
        syntax("TOML", &format!("line {line}: {}", error.message()))
    })
}

/// A syntax error in the first line of the parser's own words.
fn syntax(format: &'static str, reason: &str) -> ImportError {
    ImportError::Syntax { format, reason: reason.lines().next().unwrap_or_default().to_owned() }
}
