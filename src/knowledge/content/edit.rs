//! Edits an entry in the files of a folder: adds, changes or removes it. Order and comments of the front matter stay, and
//! what an edit does not touch stays byte for byte.
//!
//! Everything here works on files in memory; `edit/disk.rs` reads and writes them. `edit/file.rs` changes one file,
//! `edit/toml.rs` its front matter.

pub(crate) mod disk;
mod file;
#[cfg(test)]
mod tests;
mod toml;

use crate::{
    knowledge::content::{
        entry::{ContentHash, EntryId},
        finding::Findings,
        parse::{parse, without_hidden},
        source::{Bundle, SourceFile},
    },
    lang::Lang,
};

/// One language of an entry, as it is edited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct EntryText {
    /// The canonical question.
    pub(crate) question: String,
    /// The answer, in Markdown.
    pub(crate) answer: String,
    /// The other wordings of that language.
    pub(crate) wordings: Vec<String>,
    /// The quotes that prove the answer; only the English version has any.
    pub(crate) quotes: Vec<String>,
}

/// What becomes of one file.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct FileChange {
    /// The path relative to the folder.
    pub(crate) path: String,
    /// The content before; `None`: there was no such file.
    pub(crate) before: Option<Vec<u8>>,
    /// The content after; `None`: the file is removed.
    pub(crate) after: Option<Vec<u8>>,
}

impl std::fmt::Debug for FileChange {
    /// The path alone: what a person typed never reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.path)
    }
}

/// Why an edit is not possible.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EditError {
    /// The entry does not exist.
    #[error("there is no such entry")]
    Missing,
    /// A file of the entry has errors and must be corrected first.
    #[error("a file of the entry has errors")]
    Broken(Findings),
}

/// The files of an entry.
struct EntryFiles<'a> {
    bundle: &'a Bundle,
    id: &'a EntryId,
}

impl<'a> EntryFiles<'a> {
    fn path(&self, lang: Lang) -> String {
        match lang {
            Lang::En => format!("{}.md", self.id),
            other => format!("{}/{}.md", other.code(), self.id),
        }
    }

    fn bytes(&self, lang: Lang) -> Option<&'a [u8]> {
        let path = self.path(lang);
        self.bundle.files.iter().find(|file| file.path == path).map(|file| file.bytes.as_slice())
    }

    fn change(&self, lang: Lang, after: Option<Vec<u8>>) -> Option<FileChange> {
        let before = self.bytes(lang).map(<[u8]>::to_vec);
        (before != after).then(|| FileChange { path: self.path(lang), before, after })
    }
}

/// The files that hold `lang` of the entry, in every folder in which they may be.
fn paths(id: &EntryId) -> Vec<String> {
    let files = EntryFiles { bundle: &Bundle::new(Vec::new(), Findings::new()), id };
    Lang::ALL.into_iter().map(|lang| files.path(lang)).collect()
}

/// A hash of every file of the entry; `None` if there is none. A draft that was read from other files is a conflict.
pub(crate) fn hash(bundle: &Bundle, id: &EntryId) -> Option<ContentHash> {
    let paths = paths(id);
    let files: Vec<SourceFile> =
        bundle.files.iter().filter(|file| paths.contains(&file.path)).cloned().collect();
    (!files.is_empty()).then(|| Bundle::new(files, Findings::new()).hash)
}

/// The entry in `lang` as its files have it; question and answer are empty where there is no version in `lang`.
///
/// # Errors
/// If there is no such entry, or one of its files cannot be parsed.
pub(crate) fn open(bundle: &Bundle, id: &EntryId, lang: Lang) -> Result<EntryText, EditError> {
    let files = EntryFiles { bundle, id };
    files.bytes(Lang::En).ok_or(EditError::Missing)?;
    let own = Lang::ALL.into_iter().filter_map(|lang| {
        files.bytes(lang).map(|bytes| SourceFile { path: files.path(lang), bytes: bytes.to_vec() })
    });
    let (parsed, findings) = parse(&Bundle::new(own.collect(), Findings::new()));
    let entry = parsed.entries.into_iter().next().filter(|_| findings.n_errors() == 0);
    let entry = entry.ok_or(EditError::Broken(findings))?;
    let version = entry.versions().find(|(of, _)| *of == lang).map(|(_, version)| version);
    let wordings = entry.versions().flat_map(|(_, version)| &version.wordings);
    let wordings = wordings.filter(|(_, of)| *of == lang).map(|(wording, _)| wording.text.clone());
    let quotes = entry.quotes.iter().filter(|_| lang == Lang::En).map(|quote| quote.text.clone());
    Ok(EntryText {
        question: version.map(|version| version.question.text.clone()).unwrap_or_default(),
        answer: version.map(|version| version.answer.text.clone()).unwrap_or_default(),
        wordings: wordings.collect(),
        quotes: quotes.collect(),
    })
}

/// A new entry; `is_covered`: the announcement answers it, or there is none.
pub(crate) fn add(id: &EntryId, text: &EntryText, is_covered: bool) -> Vec<FileChange> {
    let text = tidied(text);
    let path = format!("{id}.md");
    vec![FileChange { path, before: None, after: Some(file::create(&text, is_covered).into_bytes()) }]
}

/// Changes `lang` of an entry, or adds it. Wordings stay in the file they are in; new ones are added to the table of the
/// English file if it has one, and otherwise to the version's own file.
///
/// # Errors
/// If there is no such entry, or one of its files cannot be parsed.
pub(crate) fn change(
    bundle: &Bundle,
    id: &EntryId,
    lang: Lang,
    text: &EntryText,
) -> Result<Vec<FileChange>, EditError> {
    let (old, new) = (open(bundle, id, lang)?, tidied(text));
    let files = EntryFiles { bundle, id };
    let added: Vec<String> =
        new.wordings.iter().filter(|wording| !old.wordings.contains(wording)).cloned().collect();
    let removed: Vec<String> =
        old.wordings.iter().filter(|wording| !new.wordings.contains(wording)).cloned().collect();
    let main = files.bytes(Lang::En).ok_or(EditError::Missing)?;
    let mut main = file::File::read(main)?;
    let mut changes = Vec::new();
    if lang == Lang::En {
        main.set_question(&old.question, &new.question);
        main.set_answer(&old.answer, &new.answer);
        main.set_list("quotes", &old.quotes, &new.quotes);
        main.remove_wordings(lang, &removed);
        main.add_wordings(lang, &added);
    } else {
        let is_in_table = main.has_wording_table();
        if is_in_table {
            main.add_wordings(lang, &added);
        }
        main.remove_wordings(lang, &removed);
        let own = if is_in_table { Vec::new() } else { added };
        let version = match files.bytes(lang) {
            Some(bytes) => {
                let mut version = file::File::read(bytes)?;
                version.set_question(&old.question, &new.question);
                version.set_answer(&old.answer, &new.answer);
                version.remove_wordings(lang, &removed);
                version.add_own_wordings(&own);
                version.into_bytes()
            }
            None => file::create_version(&EntryText { wordings: own, ..new }).into_bytes(),
        };
        changes.extend(files.change(lang, Some(version)));
    }
    changes.extend(files.change(Lang::En, Some(main.into_bytes())));
    Ok(changes)
}

/// Adds one wording to an entry, whether there is a version in its language or not.
///
/// # Errors
/// If there is no such entry, or one of its files cannot be parsed.
pub(crate) fn teach(
    bundle: &Bundle,
    id: &EntryId,
    lang: Lang,
    wording: &str,
) -> Result<Vec<FileChange>, EditError> {
    let mut text = open(bundle, id, lang)?;
    let files = EntryFiles { bundle, id };
    if lang == Lang::En || files.bytes(lang).is_some() {
        text.wordings.push(wording.to_owned());
        return change(bundle, id, lang, &text);
    }
    let mut main = file::File::read(files.bytes(Lang::En).ok_or(EditError::Missing)?)?;
    let wording = tidy(wording);
    if !text.wordings.contains(&wording) {
        main.add_wordings(lang, &[wording]);
    }
    Ok(files.change(Lang::En, Some(main.into_bytes())).into_iter().collect())
}

/// Removes every version of an entry.
///
/// # Errors
/// If there is no such entry.
pub(crate) fn remove(bundle: &Bundle, id: &EntryId) -> Result<Vec<FileChange>, EditError> {
    let files = EntryFiles { bundle, id };
    files.bytes(Lang::En).ok_or(EditError::Missing)?;
    // The English file last: a version without it is an error, and an entry without versions is none.
    Ok(Lang::ALL.into_iter().rev().filter_map(|lang| files.change(lang, None)).collect())
}

/// The files after `changes`.
pub(crate) fn apply(bundle: &Bundle, changes: &[FileChange]) -> Bundle {
    let is_changed = |file: &&SourceFile| changes.iter().any(|change| change.path == file.path);
    let kept = bundle.files.iter().filter(|file| !is_changed(file)).cloned();
    let written = changes.iter().filter_map(|change| {
        let bytes = change.after.clone()?;
        Some(SourceFile { path: change.path.clone(), bytes })
    });
    Bundle::new(kept.chain(written).collect(), bundle.findings.clone())
}

/// The changes that lead from one state of the folder to another.
pub(crate) fn between(from: &Bundle, to: &Bundle) -> Vec<FileChange> {
    let find = |bundle: &Bundle, path: &str| {
        let at = bundle.files.binary_search_by(|file| file.path.as_str().cmp(path));
        at.ok().map(|at| bundle.files[at].bytes.clone())
    };
    let mut paths: Vec<&str> = from.files.iter().chain(&to.files).map(|file| file.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    let changes = paths.into_iter().map(|path| FileChange {
        path: path.to_owned(),
        before: find(from, path),
        after: find(to, path),
    });
    changes.filter(|change| change.before != change.after).collect()
}

/// The text as the parser will read it back: line feeds only, without surrounding white space and hidden characters.
fn tidy(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = unified.trim();
    without_hidden(text).map_or_else(|| text.to_owned(), |(text, _)| text.trim().to_owned())
}

fn tidied(text: &EntryText) -> EntryText {
    let list = |list: &[String]| {
        let mut tidied: Vec<String> = Vec::new();
        for text in list.iter().map(|text| tidy(text)).filter(|text| !text.is_empty()) {
            if !tidied.contains(&text) {
                tidied.push(text);
            }
        }
        tidied
    };
    EntryText {
        question: tidy(&text.question),
        answer: tidy(&text.answer),
        wordings: list(&text.wordings),
        quotes: list(&text.quotes),
    }
}
