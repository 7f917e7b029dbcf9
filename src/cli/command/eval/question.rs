//! A file of questions with what each should lead to: one JSON object a line.
//!
//! `{"q": "…", "expected": "entry-id" or null, "accept": ["…", null], "also_expected": "…", "after": ["…"],
//! "kind": "slang", "lang": "en"}`; only `q` and `expected` are needed.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, BufRead, BufReader},
    path::Path,
};

use serde_json::{Map, Value};

use crate::knowledge::content::{entry::EntryId, import::entry_id};

/// How many bad lines are shown.
const MAX_SHOWN: usize = 20;

/// One question and what is expected of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Question {
    /// As a member would type it.
    pub text: String,
    /// The entry or route it should lead to; `None`: no entry at all.
    pub expected: Option<EntryId>,
    /// Entries that serve the person as well.
    pub accept: BTreeSet<EntryId>,
    /// Whether it serves as well to lead to no entry at all.
    pub accepts_none: bool,
    /// The entries of further questions in the same message.
    pub also_expected: BTreeSet<EntryId>,
    /// Earlier messages of the same person, oldest first.
    pub after: Vec<String>,
    /// Which kind of question, for the table.
    pub kind: Option<String>,
    /// Which language, for the table.
    pub lang: Option<String>,
}

impl Question {
    /// Whether leading to `entry` serves the person.
    pub(crate) fn allows(&self, entry: &EntryId) -> bool {
        self.expected.as_ref() == Some(entry)
            || self.accept.contains(entry)
            || self.also_expected.contains(entry)
    }
}

/// The questions of `path`, or every line that cannot be understood.
pub(super) fn read(path: &Path) -> Result<Vec<Question>, ReadError> {
    let file = File::open(path).map_err(ReadError::Io)?;
    let mut questions = Vec::new();
    let mut bad = Vec::new();
    for (at, line) in BufReader::new(file).split(b'\n').enumerate() {
        let line = line.map_err(ReadError::Io)?;
        let line = String::from_utf8(line).map_err(|_| "not UTF-8".to_owned());
        match line.and_then(|line| if line.trim().is_empty() { Ok(None) } else { parse(&line).map(Some) }) {
            Ok(question) => questions.extend(question),
            Err(problem) => bad.push(format!("{}:{}: {problem}", path.display(), at + 1)),
        }
    }
    if bad.is_empty() { Ok(questions) } else { Err(ReadError::Lines(bad)) }
}

/// Why a file of questions cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadError {
    /// It cannot be read.
    #[error("{0}")]
    Io(io::Error),
    /// These lines are no questions.
    #[error("{}", shown(.0))]
    Lines(Vec<String>),
}

/// The first of `lines`, and how many more there are.
fn shown(lines: &[String]) -> String {
    let first = lines.iter().take(MAX_SHOWN).cloned().collect::<Vec<_>>().join("\n");
    match lines.len().saturating_sub(MAX_SHOWN) {
        0 => first,
        more => format!("{first}\nand {more} more"),
    }
}

fn parse(line: &str) -> Result<Question, String> {
    let object: Map<String, Value> =
        serde_json::from_str(line).map_err(|error| format!("not a JSON object: {error}"))?;
    let text = match object.get("q") {
        Some(Value::String(text)) => text.clone(),
        _ => return Err("\"q\" is missing or no text".into()),
    };
    if !object.contains_key("expected") {
        return Err("\"expected\" is missing: an entry's id, or null".into());
    }
    let mut expected = ids(&object, "expected")?;
    let word = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
    Ok(Question {
        text,
        expected: expected.pop_first(),
        accept: ids(&object, "accept")?,
        accepts_none: accept_none(&object),
        also_expected: ids(&object, "also_expected")?,
        after: texts(&object, "after")?,
        kind: word("kind"),
        lang: word("lang"),
    })
}

fn accept_none(object: &Map<String, Value>) -> bool {
    let listed = object.get("accept").and_then(Value::as_array);
    listed.is_some_and(|list| list.iter().any(Value::is_null))
}

/// The texts listed under `name`; none if it is missing.
fn texts(object: &Map<String, Value>, name: &str) -> Result<Vec<String>, String> {
    let wrong = || format!("\"{name}\" is no list of texts");
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(wrong);
    match object.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) => list.iter().map(text).collect(),
        Some(_) => Err(wrong()),
    }
}

/// The ids under `name`: none, one or a list; written as in the file that was imported, if one was.
fn ids(object: &Map<String, Value>, name: &str) -> Result<BTreeSet<EntryId>, String> {
    let wrong = || format!("\"{name}\" holds something that is no entry's id");
    let id = |value: &Value| value.as_str().and_then(entry_id).ok_or_else(wrong);
    match object.get(name) {
        None | Some(Value::Null) => Ok(BTreeSet::new()),
        Some(Value::Array(_)) if name == "expected" => Err(wrong()),
        // A null in "accept" is reported by `accepts_none`.
        Some(Value::Array(list)) => list.iter().filter(|value| !value.is_null()).map(id).collect(),
        Some(one) => Ok(BTreeSet::from([id(one)?])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_line_is_understood() {
        let line = r#"{"q":"how many?","expected":"a","accept":["b"],"also_expected":"c","after":["why?"],"kind":"slang","lang":"en"}"#;
        let question = parse(line).unwrap();
        for id in ["a", "b", "c"] {
            assert!(question.allows(&EntryId::new(id).unwrap()));
        }
        assert!(!question.allows(&EntryId::new("d").unwrap()));
        assert_eq!(question.after, ["why?"]);
        assert_eq!((question.kind.as_deref(), question.lang.as_deref()), (Some("slang"), Some("en")));
    }

    #[test]
    fn null_is_an_expectation_and_a_missing_one_is_a_mistake() {
        assert_eq!(parse(r#"{"q":"x","expected":null}"#).unwrap().expected, None);
        for bad in [
            r#"{"q":"x"}"#,
            r#"{"expected":null}"#,
            r#"{"q":"x","expected":["a"]}"#,
            r#"{"q":"x","expected":"a","after":"b"}"#,
            "[]",
            "x",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
