//! One file of an entry, taken apart into what stands before, the front matter and the body, and put together again.

use std::ops::Range;

use toml_edit::DocumentMut;

use super::{EditError, EntryText, toml};
use crate::{
    knowledge::content::finding::{Code, Finding, Place},
    lang::Lang,
};

/// A file that is being edited.
pub(super) struct File {
    /// The whole text before the edit.
    raw: String,
    front: Range<usize>,
    /// From the end of the second `+++` line to the end of the file.
    body: Range<usize>,
    document: DocumentMut,
    is_front_changed: bool,
    answer: Option<String>,
}

impl File {
    /// Takes a file apart. The caller has parsed it without errors.
    pub(super) fn read(bytes: &[u8]) -> Result<File, EditError> {
        let raw = std::str::from_utf8(bytes).map_err(|_| broken("the file is not UTF-8"))?;
        // A file with the line ends of old Macs is rewritten with line feeds.
        let has_lone_returns = raw.replace("\r\n", "").contains('\r');
        let raw =
            if has_lone_returns { raw.replace("\r\n", "\n").replace('\r', "\n") } else { raw.to_owned() };
        let (front, body) = delimit(&raw).ok_or_else(|| broken("the file has no front matter"))?;
        let text = raw.get(front.clone()).unwrap_or_default().replace("\r\n", "\n");
        let document = text.parse().map_err(|_| broken("the front matter is not valid TOML"))?;
        Ok(File { raw, front, body, document, is_front_changed: false, answer: None })
    }

    pub(super) fn set_question(&mut self, old: &str, new: &str) {
        if old != new {
            toml::set_text(&mut self.document, "question", new);
            self.is_front_changed = true;
        }
    }

    pub(super) fn set_answer(&mut self, old: &str, new: &str) {
        if old != new {
            self.answer = Some(new.to_owned());
        }
    }

    /// Makes the list `key` hold `new`: what is in `old` only is removed, what is in `new` only is added at the end.
    pub(super) fn set_list(&mut self, key: &str, old: &[String], new: &[String]) {
        let removed: Vec<String> = old.iter().filter(|text| !new.contains(text)).cloned().collect();
        let added: Vec<String> = new.iter().filter(|text| !old.contains(text)).cloned().collect();
        self.is_front_changed |= !(removed.is_empty() && added.is_empty());
        toml::remove_from_list(&mut self.document, key, &removed);
        toml::add_to_list(&mut self.document, key, &added);
    }

    /// Whether its wordings are a table with a list per language.
    pub(super) fn has_wording_table(&self) -> bool {
        toml::has_wording_table(&self.document)
    }

    /// Adds wordings to the table of the English file, or to its list if `lang` is English.
    pub(super) fn add_wordings(&mut self, lang: Lang, added: &[String]) {
        if !added.is_empty() {
            toml::add_wordings(&mut self.document, lang, added);
            self.is_front_changed = true;
        }
    }

    /// Adds wordings to the list of a version's own file.
    pub(super) fn add_own_wordings(&mut self, added: &[String]) {
        if !added.is_empty() {
            toml::add_to_list(&mut self.document, "also_asked", added);
            self.is_front_changed = true;
        }
    }

    /// Removes wordings of `lang` wherever they are in the file.
    pub(super) fn remove_wordings(&mut self, lang: Lang, removed: &[String]) {
        self.is_front_changed |= toml::remove_wordings(&mut self.document, lang, removed);
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        let part = |range: Range<usize>| self.raw.get(range).unwrap_or_default();
        let front = part(self.front.clone());
        let newline = if front.contains("\r\n") { "\r\n" } else { "\n" };
        let mut text = part(0..self.front.start).to_owned();
        match self.is_front_changed {
            true => {
                let mut changed = self.document.to_string();
                if !changed.is_empty() && !changed.ends_with('\n') {
                    changed.push('\n');
                }
                text.push_str(&changed.replace('\n', newline));
            }
            false => text.push_str(front),
        }
        text.push_str(part(self.front.end..self.body.start));
        match &self.answer {
            Some(answer) => {
                if !text.ends_with('\n') {
                    text.push_str(newline);
                }
                text.push_str(&answer.replace('\n', newline));
                text.push_str(newline);
            }
            None => text.push_str(part(self.body.clone())),
        }
        text.into_bytes()
    }
}

/// The English file of a new entry; `is_covered`: the announcement answers it.
pub(super) fn create(text: &EntryText, is_covered: bool) -> String {
    let mut document = DocumentMut::new();
    toml::set_text(&mut document, "question", &text.question);
    if !is_covered {
        toml::set_text(&mut document, "kind", "not_covered");
    }
    toml::add_to_list(&mut document, "quotes", &text.quotes);
    if !text.wordings.is_empty() {
        toml::add_wordings(&mut document, Lang::En, &text.wordings);
    }
    written(&document, text)
}

/// The file of a new version in another language.
pub(super) fn create_version(text: &EntryText) -> String {
    let mut document = DocumentMut::new();
    toml::set_text(&mut document, "question", &text.question);
    toml::add_to_list(&mut document, "also_asked", &text.wordings);
    written(&document, text)
}

fn written(document: &DocumentMut, text: &EntryText) -> String {
    format!("+++\n{document}+++\n{}\n", text.answer)
}

/// The ranges of the front matter, and of everything after its second `+++` line.
fn delimit(raw: &str) -> Option<(Range<usize>, Range<usize>)> {
    let (mut at, mut front) = (0, None);
    for line in raw.split_inclusive('\n') {
        let start = at;
        at += line.len();
        match (line.trim_start_matches('\u{feff}').trim_end(), front) {
            ("+++", None) => front = Some(at),
            ("+++", Some(from)) => return Some((from..start, at..raw.len())),
            _ => {}
        }
    }
    None
}

fn broken(message: &str) -> EditError {
    EditError::Broken(Finding::new(Code::NoFrontMatter, Place::file(""), message).into())
}
