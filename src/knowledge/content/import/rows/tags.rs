//! Reads a folder of Markdown files, each of which is one tag of a Discord bot or one page of a website: front matter in
//! YAML or TOML, and the text as the answer.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::super::{ImportError, Note, RowPlace};
use super::{Row, objects, text, toml, yaml};

/// How deep folders may be nested.
const DEPTH: usize = 8;

/// The rows of all files in `folder`.
pub(super) fn rows(folder: &Path) -> Result<(Vec<Row>, Vec<Note>), ImportError> {
    let mut paths = Vec::new();
    collect(folder, DEPTH, &mut paths).map_err(|source| ImportError::Read { path: folder.into(), source })?;
    paths.sort();
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    for path in paths {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let place = RowPlace::File(name);
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        if !matches!(extension.as_str(), "md" | "markdown" | "txt" | "ytag")
            || stem.eq_ignore_ascii_case("readme")
        {
            notes.push(Note::change(&place, "not a tag; it was not read"));
            continue;
        }
        let bytes = fs::read(&path).map_err(|source| ImportError::Read { path: path.clone(), source })?;
        let (text, encoding) = text::decode(&bytes);
        if let Some(encoding) = encoding {
            notes.push(Note::change(&place, format!("the file is not UTF-8; it was read as {encoding}")));
        }
        match tag(&stem, &text, place.clone()) {
            Ok(row) => rows.push(row),
            Err(error) => notes.push(Note::loss(&place, error)),
        }
    }
    Ok((rows, notes))
}

/// Files that are not hidden, without following links.
fn collect(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for item in fs::read_dir(folder)? {
        let item = item?;
        let kind = item.file_type()?;
        if item.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() && depth > 0 {
            collect(&item.path(), depth - 1, paths)?;
        } else if kind.is_file() {
            paths.push(item.path());
        }
    }
    Ok(())
}

fn tag(stem: &str, text: &str, place: RowPlace) -> Result<Row, ImportError> {
    let (front, answer) = split(text)?;
    Ok(Row {
        place,
        id: Some(stem.to_owned()),
        question: objects::title(&front).unwrap_or_else(|| stem.replace(['-', '_'], " ")),
        alternates: objects::aliases(&front),
        answer: answer.trim().to_owned(),
    })
}

/// The front matter and the text. Some bots leave the first `---` out.
fn split(text: &str) -> Result<(Value, &str), ImportError> {
    let (is_toml, rest) = match (text.strip_prefix("+++\n"), text.strip_prefix("---\n")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) if text.contains("\n---\n") && text.lines().next().is_some_and(is_key) => (false, text),
        (None, None) => return Ok((Value::Null, text)),
    };
    let end = if is_toml { "+++" } else { "---" };
    let mut length = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == end {
            let front = rest.get(..length).unwrap_or_default();
            let front = if is_toml { toml(front)? } else { yaml(front)? };
            return Ok((front, rest.get(length + line.len()..).unwrap_or_default()));
        }
        length += line.len();
    }
    Err(ImportError::Shape(format!("its front matter has no closing `{end}` line")))
}

/// Whether a line is `key: value`.
fn is_key(line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
}
