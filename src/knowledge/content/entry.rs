//! The content as the rest of the crate sees it: entries, routes and the announcement, as plain values.
//!
//! Reading files is in `source.rs`, parsing in `parse.rs` and checking in `check.rs`.

use std::{collections::BTreeMap, fmt, sync::Arc};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::lang::Lang;

/// An entry's id: the stem of its file name; lower-case letters, digits and dashes, at most 64 bytes.
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

    /// The id `name`, or `None` if it is not a valid id.
    pub fn new(name: &str) -> Option<EntryId> {
        let fits = !name.is_empty()
            && name.len() <= EntryId::MAX_LEN
            && !name.starts_with('-')
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| EntryId(name.into()))
    }

    /// Derives an id from a title or a foreign name: `Why Closing?` becomes `why-closing`. `None` if no character is left.
    pub fn from_title(title: &str) -> Option<EntryId> {
        let mut id = String::new();
        // Decomposition separates accents from their letters: é becomes an e and a mark.
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

/// The kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The announcement answers the question; the body is the answer.
    Answer,
    /// People ask it, but the announcement does not say; the body says so.
    NotCovered,
    /// A journalist's enquiry: the reply is the contact card.
    Media,
    /// Someone reports harm done to them or to another person, or asks for help: answered privately and with care.
    Need,
    /// Greetings, thanks, "who are you": a short friendly reply.
    SmallTalk,
    /// A different subject.
    OffTopic,
    /// A statement between members that asks nothing.
    Chatter,
}

impl Kind {
    /// Whether entries of this kind are in `_routes/` rather than in the FAQ itself.
    pub fn is_route(self) -> bool {
        !matches!(self, Kind::Answer | Kind::NotCovered)
    }
}

/// One way in which a member may ask for an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// As written in the file.
    pub text: String,
    /// Its language.
    pub lang: Lang,
}

/// A phrase of the announcement that proves a fact of an answer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Citation {
    /// The paragraph it is in, counted from 1; `None` for the title.
    pub paragraph: Option<usize>,
    /// In the exact characters of the announcement.
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
    /// Its kind.
    pub kind: Kind,
    /// Question and answer by language; there is always an English version.
    pub versions: BTreeMap<Lang, Version>,
    /// How members ask it, without the canonical questions.
    pub wordings: Vec<Wording>,
    /// The quotes that prove the answer.
    pub citations: Vec<Citation>,
    /// Questions this entry must answer.
    pub asks: Vec<String>,
    /// Questions this entry must not answer.
    pub not: Vec<String>,
    /// When it may be shown, and when it should be reviewed.
    pub dates: EntryDates,
}

/// The dates of an entry; each may be left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EntryDates {
    /// The first day on which it may be shown.
    pub valid_from: Option<jiff::civil::Date>,
    /// The last day on which it may be shown.
    pub valid_until: Option<jiff::civil::Date>,
    /// The day by which somebody should read it again.
    pub review_by: Option<jiff::civil::Date>,
}

impl Entry {
    /// The version in `lang`, or the English one if there is none.
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

    /// Every wording with its language: the canonical questions first, then the others.
    pub fn all_wordings(&self) -> impl Iterator<Item = (&str, Lang)> {
        let canonical = self.versions.iter().map(|(lang, version)| (version.question.as_str(), *lang));
        canonical.chain(self.wordings.iter().map(|w| (w.text.as_str(), w.lang)))
    }

    /// Identifies what is shown of it in `lang`: it changes with the answer, its quotes or its kind, and not with the
    /// wordings.
    pub fn revision(&self, lang: Lang) -> String {
        let mut hasher = blake3::Hasher::new();
        let version = self.version(lang);
        let kind = if self.kind == Kind::NotCovered { "not_covered" } else { "answer" };
        let quotes = self.citations.iter().map(|citation| citation.quote.as_str());
        for part in [kind, version.answer.trim()].into_iter().chain(quotes) {
            for word in part.split_whitespace() {
                hasher.update(word.as_bytes()).update(b" ");
            }
            hasher.update(&[0]);
        }
        hasher.finalize().to_hex().chars().take(16).collect()
    }

    /// Whether it may be shown on `today`.
    pub fn is_valid_on(&self, today: jiff::civil::Date) -> bool {
        let EntryDates { valid_from, valid_until, .. } = self.dates;
        valid_from.is_none_or(|first| first <= today) && valid_until.is_none_or(|last| today <= last)
    }

    /// Whether somebody should have read it again before `today`.
    pub fn is_review_overdue(&self, today: jiff::civil::Date) -> bool {
        self.dates.review_by.is_some_and(|day| day < today)
    }
}

/// One paragraph of the announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its number, counted from 1.
    pub paragraph: usize,
    /// Its text, word for word.
    pub text: String,
}

/// The announcement, the only source of facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Its title.
    pub title: String,
    /// The address at which it was published.
    pub url: String,
    /// The mail address for the media.
    pub media_contact: String,
    /// Who published it.
    pub publisher: String,
    /// Its paragraphs in order.
    pub passages: Vec<Passage>,
}

/// The content of one folder, from which a generation is built.
#[derive(Debug, Clone)]
pub struct Content {
    /// `None` for an imported FAQ.
    pub announcement: Option<Announcement>,
    /// Entries and routes, sorted by id.
    pub entries: Vec<Entry>,
    /// A hash of the path and the bytes of every file.
    pub hash: ContentHash,
}

impl Content {
    /// The entry with this id.
    pub fn entry(&self, id: &EntryId) -> Option<&Entry> {
        self.entries.binary_search_by(|entry| entry.id.cmp(id)).ok().map(|at| &self.entries[at])
    }

    /// Which texts answers can come from; a folder of routes alone is a FAQ without answers.
    pub(crate) fn texts(&self) -> Texts {
        match (&self.announcement, self.entries.iter().any(|entry| !entry.kind.is_route())) {
            (Some(_), true) => Texts::Both,
            (Some(_), false) => Texts::Announcement,
            (None, _) => Texts::Faq,
        }
    }
}

/// The texts that answers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Texts {
    /// The announcement and its FAQ.
    Both,
    /// The announcement alone.
    Announcement,
    /// A FAQ without an announcement.
    Faq,
}

/// The first 16 hexadecimal digits of a BLAKE3 hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ContentHash(pub String);

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
