//! Turns someone else's FAQ, a JSONL or CSV file, into a folder of entry files that `--faq DIR` works on.
//!
//! JSONL has one object a line, `{"id","question","alternates":[…],"answer"}`; CSV has columns of the same names, with
//! `|` between alternates. The rows are read in `import/rows.rs`, made into entries here and written in
//! `import/write.rs`. What the checker would refuse is put right on the way, and every such change is told.

mod rows;
mod write;

use std::{
    collections::{HashMap, HashSet},
    fmt,
    path::{Path, PathBuf},
};

use self::rows::Row;
use crate::knowledge::content::{
    check::{ANSWER_CHARS, QUESTION_CHARS, WORDING_CHARS, fold},
    entry::EntryId,
    parse::without_hidden,
    source::Limits,
};

/// What came of an import.
#[derive(Debug)]
pub struct Imported {
    /// Entries written.
    pub n_entries: usize,
    /// Their questions and wordings.
    pub n_wordings: usize,
    /// What was changed or left out.
    pub notes: Vec<Note>,
}

/// A change the importer made to a row.
#[derive(Debug, PartialEq, Eq)]
pub struct Note {
    /// The row's line in the file.
    pub line: u64,
    /// What was done.
    pub message: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's word.
        source: std::io::Error,
    },
    /// The folder cannot be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// What was written.
        path: PathBuf,
        /// The system's word.
        source: std::io::Error,
    },
    /// The file is neither of the two forms.
    #[error("{0} is neither .jsonl nor .csv")]
    Format(PathBuf),
    /// A column is missing.
    #[error("the CSV file has no column `{missing}`; its columns are {found}")]
    Column {
        /// The missing one.
        missing: &'static str,
        /// Those there are.
        found: String,
    },
    /// The folder holds something.
    #[error("{0} is not empty; import into a new folder")]
    NotEmpty(PathBuf),
    /// A folder cannot hold that many files.
    #[error("the file has {n} entries, at most {most} fit into a folder")]
    TooMany {
        /// How many there are.
        n: usize,
        /// How many there may be.
        most: usize,
    },
    /// No row makes an entry.
    #[error("the file has no row that makes an entry{0}")]
    Nothing(String),
}

/// An entry to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Draft {
    id: EntryId,
    question: String,
    wordings: Vec<String>,
    answer: String,
}

/// Imports `file` into the new folder `to`.
pub fn import(file: &Path, to: &Path) -> Result<Imported, ImportError> {
    let (rows, mut notes) = rows::read(file)?;
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
    notes.sort_by_key(|note| note.line);
    let n_wordings = entries.iter().map(|entry| 1 + entry.wordings.len()).sum();
    Ok(Imported { n_entries: entries.len(), n_wordings, notes })
}

/// The entry id that a row's id becomes, so that a list of questions with the old ids can be compared.
pub fn entry_id(name: &str) -> Option<EntryId> {
    EntryId::new(name).or_else(|| EntryId::from_title(name))
}

fn entries(rows: Vec<Row>, notes: &mut Vec<Note>) -> Vec<Draft> {
    let mut ids = HashSet::new();
    // Who has a wording: every question first, then alternates in the order of the file.
    let mut owners: HashMap<String, usize> = HashMap::new();
    let mut drafts: Vec<(u64, Draft)> = Vec::new();
    for row in rows {
        let line = row.line;
        let mut note = |message: String| notes.push(Note { line, message });
        let answer = clip(&tidy(&row.answer), ANSWER_CHARS, "the answer", &mut note);
        if answer.is_empty() {
            note("left out: the answer is empty".to_owned());
            continue;
        }
        let mut ways: Vec<String> =
            std::iter::once(&row.question).chain(&row.alternates).map(|w| one_line(w)).collect();
        ways.retain(|way| !way.is_empty());
        let Some(at) = ways.iter().position(|way| !owners.contains_key(&fold(way))) else {
            note("left out: it has no question that no row before it has".to_owned());
            continue;
        };
        if at > 0 {
            note(format!("`{}` is taken, the question is now `{}`", shown(&ways[0]), shown(&ways[at])));
        }
        let question = ways.remove(at);
        let Some(id) = free_id(row.id.as_deref().unwrap_or(&question), &mut ids) else {
            note("left out: its id has no letter or digit in it".to_owned());
            continue;
        };
        owners.insert(fold(&question), drafts.len());
        let clipped = clip(&question, QUESTION_CHARS, "the question", &mut note);
        if clipped != question {
            // The whole of it still helps to find the entry, and the short one is a wording of its own.
            owners.insert(fold(&clipped), drafts.len());
            ways.insert(0, question);
        }
        drafts.push((line, Draft { id, question: clipped, wordings: ways, answer }));
    }
    for (at, (line, draft)) in drafts.iter_mut().enumerate() {
        let mut n_taken = 0;
        let mut seen = HashSet::from([fold(&draft.question)]);
        let mut note = |message: String| notes.push(Note { line: *line, message });
        let ways = std::mem::take(&mut draft.wordings);
        for way in ways.into_iter().map(|way| clip(&way, WORDING_CHARS, "a wording", &mut note)) {
            let key = fold(&way);
            if *owners.entry(key.clone()).or_insert(at) != at {
                n_taken += 1;
            } else if seen.insert(key) {
                draft.wordings.push(way);
            }
        }
        if n_taken > 0 {
            note(format!("wordings left out because another entry has them: {n_taken}"));
        }
    }
    drafts.into_iter().map(|(_, draft)| draft).collect()
}

fn free_id(name: &str, taken: &mut HashSet<EntryId>) -> Option<EntryId> {
    let id = entry_id(name)?;
    let numbered = (2..).map_while(|n| {
        let stem: String = id.as_str().chars().take(EntryId::MAX_LEN - 8).collect();
        EntryId::new(&format!("{stem}-{n}"))
    });
    let is_free = |id: &EntryId| id.as_str() != "announcement" && !taken.contains(id);
    let free = std::iter::once(id.clone()).chain(numbered).find(is_free)?;
    taken.insert(free.clone());
    Some(free)
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
            line,
            id: Some(id.into()),
            question: question.into(),
            alternates: alternates.iter().map(|a| (*a).into()).collect(),
            answer: "Answer.".into(),
        }
    }

    #[test]
    fn a_wording_belongs_to_the_entry_whose_question_it_is_and_else_to_the_first() {
        let mut notes = Vec::new();
        let rows = vec![
            row(1, "a", "First?", &["second", "shared", "First"]),
            row(2, "b", "Second?", &["Shared!", "own"]),
            row(3, "c", "second", &["SECOND?"]),
            row(4, "d", "first", &["fourth"]),
        ];
        let drafts = entries(rows, &mut notes);
        let all: Vec<(&str, &str, &[String])> =
            drafts.iter().map(|d| (d.id.as_str(), d.question.as_str(), d.wordings.as_slice())).collect();
        assert_eq!(
            all,
            [
                ("a", "First?", &["shared".to_owned()][..]),
                ("b", "Second?", &["own".to_owned()][..]),
                ("d", "fourth", &[][..]),
            ]
        );
        assert_eq!(notes.iter().map(|note| note.line).collect::<Vec<_>>(), [3, 4, 1, 2, 4]);
    }

    #[test]
    fn foreign_ids_become_entry_ids_and_stay_apart() {
        let mut taken = HashSet::new();
        let mut id = |name| free_id(name, &mut taken).map(|id| id.to_string());
        assert_eq!(id("card_arrival").as_deref(), Some("card-arrival"));
        assert_eq!(id("Card Arrival?").as_deref(), Some("card-arrival-2"));
        assert_eq!(id("announcement").as_deref(), Some("announcement-2"));
        assert_eq!(id("???"), None);
    }

    #[test]
    fn long_texts_are_cut_between_words_and_it_is_said() {
        let mut notes = Vec::new();
        let long = "word ".repeat(100);
        let drafts = entries(vec![row(7, "a", &long, &[])], &mut notes);
        assert!(drafts[0].question.chars().count() <= QUESTION_CHARS);
        assert!(drafts[0].question.ends_with("word…"));
        assert_eq!(drafts[0].wordings.len(), 1);
        assert!(drafts[0].wordings[0].chars().count() <= WORDING_CHARS);
        assert_eq!(notes.len(), 2);
    }
}
