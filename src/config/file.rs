//! First pass: the text of `bot.toml`, value by value, so that every fault has a line and a caret.
//!
//! This pass exists because the `config` crate, which merges file and environment, reports keys without lines.

use std::{collections::BTreeMap, ops::Range};

use serde::Deserialize;
use toml::{
    Spanned, Table, Value,
    de::{DeTable, DeValue, ValueDeserializer},
};

use crate::config::{
    fault::{Code, Fault, Location},
    keys, types,
};

/// The settings in a file.
#[derive(Default)]
pub(super) struct Parsed {
    /// The values that fit their settings.
    pub(super) values: Table,
    /// The byte range of each value.
    pub(super) spans: BTreeMap<String, Range<usize>>,
    /// The faults of all other values.
    pub(super) faults: Vec<Fault>,
}

/// Reads `text`.
pub(super) fn parse(text: &str) -> Parsed {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut parsed = Parsed::default();
    if errors.is_empty() {
        parsed.values = table(text, "", document.into_inner(), &mut parsed.spans, &mut parsed.faults);
        return parsed;
    }
    // The parser only guesses after a syntax error, so no other fault is reported until the file is valid TOML.
    let mut last_line = None;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let line = text.get(..span.start).map(|before| before.matches('\n').count());
        if line != last_line {
            parsed.faults.push(Fault::new(
                Code::Syntax,
                Location::Span(span),
                format!("not TOML: {}", error.message()),
            ));
        }
        last_line = line;
    }
    parsed
}

fn table(
    text: &str,
    prefix: &str,
    document: DeTable<'_>,
    spans: &mut BTreeMap<String, Range<usize>>,
    faults: &mut Vec<Fault>,
) -> Table {
    let mut accepted = Table::new();
    for (name, value) in document {
        let path = if prefix.is_empty() {
            name.get_ref().to_string()
        } else {
            format!("{prefix}.{}", name.get_ref())
        };
        let span = value.span();
        let is_table = value.get_ref().is_table();
        if keys::is_section(&path) {
            if let DeValue::Table(inner) = value.into_inner() {
                let inner = table(text, &path, inner, spans, faults);
                accepted.insert(name.get_ref().to_string(), Value::Table(inner));
            } else {
                let message = format!("{path} is a section, expected [{path}] with its settings below");
                faults.push(Fault::new(Code::WrongType, Location::Span(name.span()), message));
            }
        } else if keys::find(&path).is_none() {
            faults.push(unknown(&path, is_table, name.span()));
        } else {
            match fitting(text, &path, value) {
                Ok(value) => {
                    spans.insert(path, span);
                    accepted.insert(name.get_ref().to_string(), value);
                }
                Err(fault) => faults.push(fault),
            }
        }
    }
    accepted
}

fn fitting(text: &str, path: &str, value: Spanned<DeValue<'_>>) -> Result<Value, Fault> {
    let span = value.span();
    let written = shortened(text.get(span.clone()).unwrap_or_default());
    let wrong = |expected: String| {
        Fault::new(
            Code::WrongType,
            Location::Span(span.clone()),
            format!("{path} is {written}, expected {expected}"),
        )
    };
    let value =
        Value::deserialize(ValueDeserializer::from(value)).map_err(|e| wrong(e.message().to_owned()))?;
    match types::mismatch(path, value.clone()) {
        Some(expected) => Err(wrong(expected)),
        None => Ok(value),
    }
}

fn unknown(path: &str, is_table: bool, span: Range<usize>) -> Fault {
    let what = if is_table { "section" } else { "setting" };
    let fault = Fault::new(Code::UnknownKey, Location::Span(span), format!("there is no {what} {path}"));
    if is_secret_name(path) {
        return fault.hint(
            "secrets do not belong in this file: use DISCORD_TOKEN or SMTP_PASSWORD in the environment, \
             or DISCORD_TOKEN_FILE or SMTP_PASSWORD_FILE",
        );
    }
    match keys::nearest(path, is_table) {
        Some(nearest) => fault.hint(format!("did you mean {nearest}?")),
        None => fault,
    }
}

/// The text with everything masked that may be a secret. Faults quote their line, and a token must not reach the log.
pub(super) fn without_secrets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.split_once('=') {
            Some((name, value)) if is_secret_name(name) => {
                out.push_str(name);
                out.push('=');
                // One character per byte, so that every span stays valid.
                out.extend(
                    value.bytes().map(|byte| if byte.is_ascii_whitespace() { byte as char } else { '*' }),
                );
            }
            _ => out.push_str(line),
        }
    }
    out
}

fn is_secret_name(name: &str) -> bool {
    let name = name.to_lowercase();
    ["token", "password", "passwd", "secret"].iter().any(|word| name.contains(word))
}

/// The first line of a value, at most 40 characters.
fn shortened(written: &str) -> String {
    let line = written.lines().next().unwrap_or_default();
    let short: String = line.chars().take(40).collect();
    if short.len() < written.len() { format!("{short}…") } else { short }
}
