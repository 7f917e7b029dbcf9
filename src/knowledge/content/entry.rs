//! The content as the rest of the crate sees it: entries, routes and the announcement, parsed and plain.
//!
//! Nothing here reads files (`source.rs`), parses (`parse.rs`) or judges (`check.rs`).

use std::{collections::BTreeMap, fmt, sync::Arc};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::lang::Lang;

/// An entry's name: its file's stem, lower-case letters, digits and dashes, at most 64 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(Arc<str>);

impl serde::Serialize for EntryId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl EntryId {
    /// The longest id in bytes.
    pub const MAX_LEN: usize = 64;

    /// The id, if `name` has the form of one.
    pub fn new(name: &str) -> Option<EntryId> {
        let fits = !name.is_empty()
            && name.len() <= EntryId::MAX_LEN
            && !name.starts_with('-')
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| EntryId(name.into()))
    }

    /// The id that a title or a foreign name makes: `Why Closing?` becomes `why-closing`; `None` if nothing is left.
    pub fn from_title(title: &str) -> Option<EntryId> {
        let mut id = String::new();
        // Accents go with the decomposition: é is an e and a mark.
        for c in title.nfkd().flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c)) {
            if id.len() == EntryId::MAX_LEN {
                break;
            }
            match c {
                c if c.is_ascii_alphanumeric() => id.push(c),
                _ if id.is_empty() || id.ends_with('-') => {}
                _ => id.push('-'),
            }
        }
        EntryId::new(id.trim_end_matches('-'))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an entry is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The texts answer the question; the body is the answer.
    Answer,
    /// People ask it and the texts do not say; the body says so.
    NotCovered,
    /// A journalist's enquiry: leads to the contact card.
    Media,
    /// Someone tells of harm done to them or another, or asks for help: answered privately and with care.
    Need,
    /// Greeting, thanks, who are you: a short friendly word.
    SmallTalk,
    /// Another subject altogether.
    OffTopic,
    /// A statement between members that asks nothing.
    Chatter,
}

impl Kind {
    /// Whether the entry lies in `_routes/` rather than in the FAQ proper.
    pub fn is_route(self) -> bool {
        !matches!(self, Kind::Answer | Kind::NotCovered)
    }
}

/// One way a member may ask for an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// As written in the file.
    pub text: String,
    /// The language it is listed under.
    pub lang: Lang,
}

/// A phrase of the announcement that proves a fact of an answer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Citation {
    /// The paragraph it stands in, from 1; `None` for the title.
    pub paragraph: Option<usize>,
    /// As the announcement has it.
    pub quote: String,
}

/// Title and text of an entry in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The canonical question.
    pub question: String,
    /// The answer, in Markdown.
    pub answer: String,
}

/// One question the bot knows.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The file's stem.
    pub id: EntryId,
    /// What it is for.
    pub kind: Kind,
    /// Question and answer by language; English is always there.
    pub versions: BTreeMap<Lang, Version>,
    /// How members ask it, the canonical questions not included.
    pub wordings: Vec<Wording>,
    /// What proves the answer.
    pub citations: Vec<Citation>,
    /// Questions this entry must answer.
    pub asks: Vec<String>,
    /// Questions this entry must not answer.
    pub not: Vec<String>,
    /// The last day on which it may be answered.
    pub valid_until: Option<jiff::civil::Date>,
}

impl Entry {
    /// Question and answer in `lang`, or in English where there is no such version.
    pub fn version(&self, lang: Lang) -> &Version {
        self.versions
            .get(&lang)
            .or_else(|| self.versions.get(&Lang::En))
            .expect("the parser gives every entry an English version")
    }

    /// The canonical English question.
    pub fn question(&self) -> &str {
        &self.version(Lang::En).question
    }

    /// Every way of asking: the canonical questions, then the wordings.
    pub fn all_wordings(&self) -> impl Iterator<Item = (&str, Lang)> {
        let canonical = self.versions.iter().map(|(lang, version)| (version.question.as_str(), *lang));
        canonical.chain(self.wordings.iter().map(|w| (w.text.as_str(), w.lang)))
    }

    /// Whether it may no longer be answered on `today`.
    pub fn is_expired(&self, today: jiff::civil::Date) -> bool {
        self.valid_until.is_some_and(|last| today > last)
    }
}

/// One paragraph of the announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// From 1.
    pub paragraph: usize,
    /// Its text, word for word.
    pub text: String,
}

/// The announcement: the only source of facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Its title.
    pub title: String,
    /// Where it was published.
    pub url: String,
    /// Where the media write to.
    pub media_contact: String,
    /// Who published it.
    pub publisher: String,
    /// Its paragraphs in order.
    pub passages: Vec<Passage>,
}

/// All content of one folder, parsed: what a generation is built from.
#[derive(Debug, Clone)]
pub struct Content {
    /// `None` for an imported FAQ.
    pub announcement: Option<Announcement>,
    /// Entries and routes, by id.
    pub entries: Vec<Entry>,
    /// Hash over every file's path and bytes.
    pub hash: ContentHash,
}

impl Content {
    /// The entry of that id.
    pub fn entry(&self, id: &EntryId) -> Option<&Entry> {
        self.entries.binary_search_by(|entry| entry.id.cmp(id)).ok().map(|at| &self.entries[at])
    }
}

/// A BLAKE3 hash of what was read, 16 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ContentHash(pub String);

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
