//! Reads typed values from a front matter, with a finding for every wrong type, empty text and unknown key.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{clean::without_hidden, front_matter::Parts, nearest};
use crate::{
    knowledge::content::{
        finding::{Code, Finding, Findings, Place},
        parsed::Located,
    },
    lang::Lang,
};

type Value<'i> = Spanned<DeValue<'i>>;

/// The front matter of one file, read key by key.
pub(super) struct Fields<'p, 'i> {
    parts: &'p Parts,
    table: DeTable<'i>,
    known: Vec<&'static str>,
    /// Collects the findings.
    pub(super) findings: &'p mut Findings,
}

impl<'p> Fields<'p, 'p> {
    /// The front matter of `parts`; `None`, with findings, if it is not valid TOML.
    pub(super) fn new(parts: &'p Parts, findings: &'p mut Findings) -> Option<Fields<'p, 'p>> {
        let table = parts.table(findings)?;
        Some(Fields { parts, table, known: Vec::new(), findings })
    }

    /// Whether the key is there and has not been read yet.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn take(&mut self, key: &'static str) -> Option<Value<'p>> {
        self.known.push(key);
        self.table.remove(key)
    }

    /// An optional text.
    pub(super) fn text(&mut self, key: &'static str) -> Option<Located> {
        let value = self.take(key)?;
        self.string(key, &value)
    }

    /// A required text.
    pub(super) fn required(&mut self, key: &'static str, example: &str) -> Option<Located> {
        if !self.has(key) {
            self.known.push(key);
            let at = self.parts.front.start;
            let place = self.parts.source.place(at.saturating_sub(4)..at.saturating_sub(1));
            let finding = Finding::new(Code::MissingKey, place, format!("`{key}` is missing"));
            self.findings.push(finding.hint(format!("write `{key} = \"{example}\"`")));
            return None;
        }
        self.text(key)
    }

    /// A list of texts; empty if the key is missing.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<Located> {
        match self.take(key) {
            Some(value) => self.list(key, value),
            None => Vec::new(),
        }
    }

    /// Wordings: a list in `lang` or, if `by_language`, a table with a list per language.
    pub(super) fn wordings(
        &mut self,
        key: &'static str,
        lang: Lang,
        by_language: bool,
    ) -> Vec<(Located, Lang)> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) if by_language => {
                let mut wordings = Vec::new();
                for (code, value) in table {
                    match Lang::ALL.into_iter().find(|lang| lang.code() == *code.get_ref()) {
                        Some(lang) => {
                            wordings.extend(self.list(key, value).into_iter().map(|text| (text, lang)));
                        }
                        None => self.unknown_language(key, code.get_ref(), code.span()),
                    }
                }
                // The table is sorted by code, but `Evidence::wording` counts in the order of the file.
                wordings.sort_by_key(|(text, _)| text.span.start);
                wordings
            }
            list => self.list(key, Spanned::new(span, list)).into_iter().map(|text| (text, lang)).collect(),
        }
    }

    /// An optional date.
    pub(super) fn date(&mut self, key: &'static str) -> Option<(jiff::civil::Date, Range<usize>)> {
        let value = self.take(key)?;
        let date = match value.get_ref().as_datetime().map(|d| (d.date, d.time)) {
            Some((Some(date), None)) => {
                let small = |n: u8| i8::try_from(n).ok();
                match (i16::try_from(date.year).ok(), small(date.month), small(date.day)) {
                    (Some(year), Some(month), Some(day)) => jiff::civil::Date::new(year, month, day).ok(),
                    _ => None,
                }
            }
            _ => None,
        };
        if date.is_none() {
            let finding = Finding::new(
                Code::WrongType,
                self.place(&value),
                match value.get_ref() {
                    DeValue::Datetime(_) => format!("`{key}` is not a date of the calendar without a time"),
                    other => format!("`{key}` is {}, expected a date", a(other)),
                },
            );
            self.findings.push(
                finding.hint(format!("write it without quotes and without a time: `{key} = 2027-12-31`")),
            );
        }
        date.map(|date| (date, self.span(&value)))
    }

    /// Reports every key that has not been read.
    pub(super) fn finish(self) {
        for key in self.table.keys() {
            let span = key.span();
            let place = self.parts.source.place(self.shift(span));
            let finding =
                Finding::new(Code::UnknownKey, place, format!("`{}` has no meaning here", key.get_ref()));
            self.findings.push(
                match (key.get_ref().as_ref(), nearest(key.get_ref(), self.known.iter().copied())) {
                    ("route", _) => finding.hint("put routes into the folder `_routes`"),
                    ("kind", _) => finding.hint("use `route` instead in `_routes`"),
                    (_, Some(near)) => finding.hint(format!("did you mean `{near}`?")),
                    (_, None) => finding.hint(format!("the keys here are {}", listed(&self.known))),
                },
            );
        }
    }

    fn unknown_language(&mut self, key: &str, code: &str, span: Range<usize>) {
        let place = self.parts.source.place(self.shift(span));
        let finding = Finding::new(Code::UnknownKey, place, format!("`{code}` is not a language of `{key}`"));
        let hint = match self.known.contains(&code) || matches!(code, "asks" | "not" | "quotes" | "allow") {
            true => format!("everything below `[{key}]` belongs to it: move `{code}` above that line"),
            false => format!("the languages are {}", listed(&Lang::ALL.map(Lang::code))),
        };
        self.findings.push(finding.hint(hint));
    }

    fn list(&mut self, key: &'static str, value: Value<'p>) -> Vec<Located> {
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| self.item(key, item)).collect(),
            other => {
                let finding = Finding::new(
                    Code::WrongType,
                    self.place(&value),
                    format!("`{key}` is {}, expected a list of strings", a(other)),
                );
                self.findings.push(finding.hint(format!("write `{key} = [\"…\", \"…\"]`")));
                Vec::new()
            }
        }
    }

    fn item(&mut self, key: &'static str, item: &Value<'p>) -> Option<Located> {
        let located = self.string(key, item)?;
        if located.text.is_empty() {
            let finding =
                Finding::new(Code::EmptyText, self.place(item), format!("an item of `{key}` is empty"));
            self.findings.push(finding.hint("remove it"));
            return None;
        }
        Some(located)
    }

    fn string(&mut self, key: &'static str, value: &Value<'p>) -> Option<Located> {
        let Some(text) = value.get_ref().as_str() else {
            let message = format!("`{key}` is {}, expected a string", a(value.get_ref()));
            let finding = Finding::new(Code::WrongType, self.place(value), message);
            self.findings.push(finding.hint("put text in double quotes"));
            return None;
        };
        let span = self.span(value);
        Some(tidy(text, span, self.parts, self.findings))
    }

    fn place(&self, value: &Value<'_>) -> Place {
        self.parts.source.place(self.span(value))
    }

    /// The byte range of a value in the file.
    fn span(&self, value: &Value<'_>) -> Range<usize> {
        self.shift(value.span())
    }

    fn shift(&self, span: Range<usize>) -> Range<usize> {
        span.start + self.parts.front.start..span.end + self.parts.front.start
    }
}

/// The text without surrounding white space and without hidden characters, which are reported.
pub(super) fn tidy(text: &str, span: Range<usize>, parts: &Parts, findings: &mut Findings) -> Located {
    let text = text.trim();
    match without_hidden(text) {
        None => Located { text: text.to_owned(), span },
        Some((text, first)) => {
            let raw = parts.source.text().get(span.clone()).unwrap_or_default();
            let at = raw
                .find(first)
                .map_or(span.clone(), |at| span.start + at..span.start + at + first.len_utf8());
            let message = format!("the text contains the invisible character U+{:04X}", u32::from(first));
            let finding = Finding::new(Code::HiddenCharacter, parts.source.place(at), message);
            findings.push(finding.hint("it is removed when the file is read; delete it here"));
            Located { text: text.trim().to_owned(), span }
        }
    }
}

/// The type of a value, with its article.
fn a(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
