//! Converts someone else's FAQ into a content folder: a table, JSON, YAML, TOML, a page, or a folder of tags.
//!
//! `import/rows.rs` reads rows of a question, other wordings and an answer, `import/columns.rs` finds them under other
//! people's headings, and `import/html.rs` turns HTML into Markdown. This file makes entries of the rows, and
//! `import/write.rs` writes them. What the checker would refuse is corrected, and every correction is reported as a
//! [`Note`].

mod columns;
mod error;
mod html;
mod note;
mod rows;
mod write;

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

pub use columns::Columns;
pub use error::ImportError;
pub use note::{Note, RowPlace};

use self::rows::Row;
use crate::knowledge::{
    content::{
        check::{ANSWER_CHARS, QUESTION_CHARS, WORDING_CHARS},
        entry::EntryId,
        parse::without_hidden,
        source::Limits,
    },
    wording_key::wording_key,
};

/// The result of an import.
#[derive(Debug)]
pub struct Imported {
    /// How many entries were written.
    pub n_entries: usize,
    /// How many wordings they have, including their questions.
    pub n_wordings: usize,
    /// What was changed or left out, in the order of the file.
    pub notes: Vec<Note>,
}

/// An entry to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ImportedEntry {
    id: EntryId,
    question: String,
    wordings: Vec<String>,
    answer: String,
}

/// Imports `file`, whose `columns` may have any names, into the new folder `to`.
pub fn import(file: &Path, columns: &Columns, to: &Path) -> Result<Imported, ImportError> {
    let (rows, mut notes) = rows::read(file, columns)?;
    let entries = entries(rows, &mut notes);
    let most = Limits::default().files;
    if entries.len() > most {
        return Err(ImportError::TooMany { n: entries.len(), most });
    }
    if entries.is_empty() {
        let first = notes.first().map(|note| format!("; {note}"));
        return Err(ImportError::Nothing(first.unwrap_or_default()));
    }
    write::folder(&entries, to)?;
    notes.sort_by(|a, b| a.place.cmp(&b.place));
    let n_wordings = entries.iter().map(|entry| 1 + entry.wordings.len()).sum();
    Ok(Imported { n_entries: entries.len(), n_wordings, notes })
}

/// The entry id for the id of a row. `eval` uses it to compare question lists that have the old ids.
pub(crate) fn entry_id(name: &str) -> Option<EntryId> {
    EntryId::new(name).or_else(|| EntryId::from_title(name))
}

fn entries(rows: Vec<Row>, notes: &mut Vec<Note>) -> Vec<ImportedEntry> {
    let mut ids = HashSet::new();
    // Maps a folded wording to its entry: questions come first, then alternates in the order of the file.
    let mut owners: HashMap<String, usize> = HashMap::new();
    let mut entries: Vec<(RowPlace, ImportedEntry)> = Vec::new();
    for mut row in rows {
        let place = row.place.clone();
        let texts = row.alternates.iter_mut().chain([&mut row.question, &mut row.answer]);
        let n_html = texts.filter_map(|text| html::if_html(text).map(|markdown| *text = markdown)).count();
        if n_html > 0 {
            notes.push(Note::change(&place, "HTML was converted to Markdown"));
        }
        let answer = clip(&tidy(&row.answer), ANSWER_CHARS, "the answer", &mut |message| {
            notes.push(Note::change(&place, message))
        });
        if answer.is_empty() {
            notes.push(Note::loss(&place, "the answer is empty"));
            continue;
        }
        let mut wordings: Vec<String> =
            std::iter::once(&row.question).chain(&row.alternates).map(|w| one_line(w)).collect();
        wordings.retain(|wording| !wording.is_empty());
        if wordings.is_empty() {
            notes.push(Note::loss(&place, "the question is empty"));
            continue;
        }
        let Some(at) = wordings.iter().position(|wording| !owners.contains_key(&wording_key(wording))) else {
            notes.push(Note::loss(&place, "an earlier row has the same question"));
            continue;
        };
        if at > 0 {
            notes.push(Note::change(
                &place,
                format!(
                    "an earlier row has the question `{}`; this entry now has `{}` as its question",
                    shown(&wordings[0]),
                    shown(&wordings[at])
                ),
            ));
        }
        let question = wordings.remove(at);
        let id = free_id(row.id.as_deref().unwrap_or(&question), &mut ids);
        owners.insert(wording_key(&question), entries.len());
        let clipped = clip(&question, QUESTION_CHARS, "the question", &mut |message| {
            notes.push(Note::change(&place, message))
        });
        if clipped != question {
            // The long question stays as a wording, so that it still finds the entry.
            owners.insert(wording_key(&clipped), entries.len());
            wordings.insert(0, question);
        }
        entries.push((place, ImportedEntry { id, question: clipped, wordings, answer }));
    }
    for (at, (place, entry)) in entries.iter_mut().enumerate() {
        let mut n_taken = 0;
        let mut seen = HashSet::from([wording_key(&entry.question)]);
        let mut note = |message: String| notes.push(Note::change(place, message));
        let wordings = std::mem::take(&mut entry.wordings);
        for wording in
            wordings.into_iter().map(|wording| clip(&wording, WORDING_CHARS, "a wording", &mut note))
        {
            let key = wording_key(&wording);
            if *owners.entry(key.clone()).or_insert(at) != at {
                n_taken += 1;
            } else if seen.insert(key) {
                entry.wordings.push(wording);
            }
        }
        if n_taken > 0 {
            note(format!("{n_taken} wordings left out because another entry has them"));
        }
    }
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// An id for `name` that is not taken; names without a Latin letter or digit are numbered: `entry`, `entry-2`.
fn free_id(name: &str, taken: &mut HashSet<EntryId>) -> EntryId {
    let stem = entry_id(name).map_or_else(|| "entry".to_owned(), |id| id.to_string());
    let short: String = stem.chars().take(EntryId::MAX_LEN - 8).collect();
    let numbered = (2_u32..).map(|n| format!("{short}-{n}"));
    let is_free = |id: &EntryId| id.as_str() != "announcement" && !taken.contains(id);
    let free = std::iter::once(stem.clone()).chain(numbered).filter_map(|id| EntryId::new(&id)).find(is_free);
    let free = free.expect("there are more numbers than ids taken");
    taken.insert(free.clone());
    free
}

fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = without_hidden(&text).map_or(text, |(text, _)| text);
    text.trim().to_owned()
}

fn one_line(text: &str) -> String {
    tidy(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most `most` characters, cut between words.
fn clip(text: &str, most: usize, what: &str, note: &mut dyn FnMut(String)) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    note(format!("{what} is longer than {most} characters and was cut"));
    let head: String = text.chars().take(most - 1).collect();
    let whole = head.rsplit_once(char::is_whitespace).map_or(head.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end())
}

fn shown(text: &str) -> String {
    clip(text, 60, "", &mut |_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u64, id: &str, question: &str, alternates: &[&str]) -> Row {
        Row {
            place: RowPlace::Line(line),
            id: Some(id.into()),
            question: question.into(),
            alternates: alternates.iter().map(|a| (*a).into()).collect(),
            answer: "Answer.".into(),
        }
    }

    #[test]
    fn a_wording_belongs_to_the_entry_whose_question_it_is_or_else_to_the_first() {
        let mut notes = Vec::new();
        let rows = vec![
            row(1, "a", "First?", &["second", "shared", "First"]),
            row(2, "b", "Second?", &["Shared!", "own"]),
            row(3, "c", "second", &["SECOND?"]),
            row(4, "d", "first", &["fourth"]),
        ];
        let entries = entries(rows, &mut notes);
        let all: Vec<(&str, &str, &[String])> =
            entries.iter().map(|d| (d.id.as_str(), d.question.as_str(), d.wordings.as_slice())).collect();
        assert_eq!(
            all,
            [
                ("a", "First?", &["shared".to_owned()][..]),
                ("b", "Second?", &["own".to_owned()][..]),
                ("d", "fourth", &[][..]),
            ]
        );
        assert_eq!(
            notes.iter().map(|note| note.place.clone()).collect::<Vec<_>>(),
            [3, 4, 1, 2, 4].map(RowPlace::Line)
        );
    }

    #[test]
    fn foreign_ids_become_entry_ids_and_stay_apart() {
        let mut taken = HashSet::new();
        let mut id = |name| free_id(name, &mut taken).to_string();
        assert_eq!(id("card_arrival"), "card-arrival");
        assert_eq!(id("Card Arrival?"), "card-arrival-2");
        assert_eq!(id("announcement"), "announcement-2");
        assert_eq!((id("ما هذا؟"), id("为什么")), ("entry".to_owned(), "entry-2".to_owned()));
    }

    #[test]
    fn long_texts_are_cut_between_words_with_a_note() {
        let mut notes = Vec::new();
        let long = "word ".repeat(100);
        let entries = entries(vec![row(7, "a", &long, &[])], &mut notes);
        assert!(entries[0].question.chars().count() <= QUESTION_CHARS);
        assert!(entries[0].question.ends_with("word…"));
        assert_eq!(entries[0].wordings.len(), 1);
        assert!(entries[0].wordings[0].chars().count() <= WORDING_CHARS);
        assert_eq!(notes.len(), 2);
    }
}
