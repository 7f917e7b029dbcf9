//! Content between parsing and use: every text still knows where it was written, so that findings can point at it.
//!
//! `parse.rs` makes it, `check.rs` judges it, [`Draft::into_content`] turns it into what the rest of the crate sees.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    knowledge::content::{
        entry::{Announcement, Citation, Content, ContentHash, Entry, EntryId, Kind, Version, Wording},
        finding::{Place, SourceText},
        quote::{Proof, Quotable},
    },
    lang::Lang,
};

/// A text and where it stands in its file.
#[derive(Debug, Clone)]
pub struct Located {
    /// The text, cleaned of what may not be shown.
    pub text: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// One language's question and answer, from one file.
#[derive(Debug, Clone)]
pub struct DraftVersion {
    /// The file.
    pub source: SourceText,
    /// `question`
    pub question: Located,
    /// The body.
    pub answer: Located,
    /// `allow`
    pub allow: Vec<Located>,
    /// Wordings written in this file, each with its language.
    pub wordings: Vec<(Located, Lang)>,
}

/// One entry with its files.
#[derive(Debug, Clone)]
pub struct DraftEntry {
    /// From the file's name.
    pub id: EntryId,
    /// From `kind` or `route`.
    pub kind: Kind,
    /// The main file's version.
    pub main: DraftVersion,
    /// Versions in other languages.
    pub others: BTreeMap<Lang, DraftVersion>,
    /// `quotes`
    pub quotes: Vec<Located>,
    /// `asks`
    pub asks: Vec<Located>,
    /// `not`
    pub not: Vec<Located>,
    /// `valid_until`
    pub valid_until: Option<(jiff::civil::Date, Range<usize>)>,
}

impl DraftEntry {
    /// Each version, English first.
    pub fn versions(&self) -> impl Iterator<Item = (Lang, &DraftVersion)> {
        std::iter::once((Lang::En, &self.main)).chain(self.others.iter().map(|(lang, v)| (*lang, v)))
    }

    /// A place in the main file.
    pub fn place(&self, located: &Located) -> Place {
        self.main.source.place(located.span.clone())
    }

    /// Every way of asking, canonical questions first, with the file it stands in.
    pub fn all_wordings(&self) -> impl Iterator<Item = (&Located, &SourceText)> {
        let questions = self.versions().map(|(_, version)| (&version.question, &version.source));
        let wordings =
            self.versions().flat_map(|(_, v)| v.wordings.iter().map(|(wording, _)| (wording, &v.source)));
        questions.chain(wordings)
    }

    fn into_entry(self, quotable: Option<&Quotable<'_>>) -> Entry {
        let citations =
            quotable.map(|texts| self.quotes.iter().filter_map(|q| cite(texts, &q.text)).collect());
        let texts = |list: Vec<Located>| list.into_iter().map(|located| located.text).collect();
        let mut versions = BTreeMap::new();
        let mut wordings = Vec::new();
        for (lang, version) in std::iter::once((Lang::En, self.main)).chain(self.others) {
            wordings.extend(version.wordings.into_iter().map(|(w, lang)| Wording { text: w.text, lang }));
            versions.insert(lang, Version { question: version.question.text, answer: version.answer.text });
        }
        Entry {
            id: self.id,
            kind: self.kind,
            versions,
            wordings,
            citations: citations.unwrap_or_default(),
            asks: texts(self.asks),
            not: texts(self.not),
            valid_until: self.valid_until.map(|(date, _)| date),
        }
    }
}

/// A whole folder, parsed.
#[derive(Debug, Clone)]
pub struct Draft {
    /// From `announcement.md`.
    pub announcement: Option<Announcement>,
    /// Whether there is an `announcement.md` that could not be parsed.
    pub announcement_is_broken: bool,
    /// Entries and routes, by id.
    pub entries: Vec<DraftEntry>,
}

impl Draft {
    /// The content, without places; quotes become citations in the announcement's own characters.
    pub fn into_content(self, hash: ContentHash) -> Content {
        let announcement = self.announcement;
        let quotable = announcement.as_ref().map(Quotable::new);
        let mut entries: Vec<Entry> =
            self.entries.into_iter().map(|entry| entry.into_entry(quotable.as_ref())).collect();
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        Content { announcement, entries, hash }
    }
}

fn cite(texts: &Quotable<'_>, quote: &str) -> Option<Citation> {
    match texts.locate(quote) {
        Proof::Stands { paragraph, quote } => Some(Citation { paragraph, quote }),
        Proof::Crosses | Proof::Missing => None,
    }
}
