//! Content after parsing and before use: every text still has its position, so that findings can point at it.
//!
//! `parse.rs` creates it, `check.rs` checks it, and [`ParsedContent::into_content`] turns it into what the rest of the
//! crate uses.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    knowledge::content::{
        entry::{
            Announcement, Citation, Content, ContentHash, Entry, EntryDates, EntryId, Kind, Version, Wording,
        },
        finding::{Place, SourceText},
        quote::{QuoteFinder, QuoteMatch},
    },
    lang::Lang,
};

/// A text with its position in its file.
#[derive(Debug, Clone)]
pub(crate) struct Located {
    /// The text, without hidden characters.
    pub text: String,
    /// Its byte range in the file.
    pub span: Range<usize>,
}

/// One language's question and answer, from one file.
#[derive(Debug, Clone)]
pub(crate) struct ParsedVersion {
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

/// One entry, from the files of all its languages.
#[derive(Debug, Clone)]
pub(crate) struct ParsedEntry {
    /// From the file name.
    pub id: EntryId,
    /// From `kind` or `route`.
    pub kind: Kind,
    /// The main file's version.
    pub main: ParsedVersion,
    /// Versions in other languages.
    pub others: BTreeMap<Lang, ParsedVersion>,
    /// `quotes`
    pub quotes: Vec<Located>,
    /// `asks`
    pub asks: Vec<Located>,
    /// `not`
    pub not: Vec<Located>,
    /// `valid_from`
    pub valid_from: Option<(jiff::civil::Date, Range<usize>)>,
    /// `valid_until`
    pub valid_until: Option<(jiff::civil::Date, Range<usize>)>,
    /// `review_by`
    pub review_by: Option<(jiff::civil::Date, Range<usize>)>,
}

impl ParsedEntry {
    /// Every version, the English one first.
    pub(crate) fn versions(&self) -> impl Iterator<Item = (Lang, &ParsedVersion)> {
        std::iter::once((Lang::En, &self.main)).chain(self.others.iter().map(|(lang, v)| (*lang, v)))
    }

    /// The place of a text of the main file.
    pub(crate) fn place(&self, located: &Located) -> Place {
        self.main.source.place(located.span.clone())
    }

    /// Every wording with its file, the canonical questions first.
    pub(crate) fn all_wordings(&self) -> impl Iterator<Item = (&Located, &SourceText)> {
        let questions = self.versions().map(|(_, version)| (&version.question, &version.source));
        let wordings =
            self.versions().flat_map(|(_, v)| v.wordings.iter().map(|(wording, _)| (wording, &v.source)));
        questions.chain(wordings)
    }

    fn into_entry(self, finder: Option<&QuoteFinder<'_>>) -> Entry {
        let citations =
            finder.map(|finder| self.quotes.iter().filter_map(|q| cite(finder, &q.text)).collect());
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
            dates: EntryDates {
                valid_from: self.valid_from.map(|(date, _)| date),
                valid_until: self.valid_until.map(|(date, _)| date),
                review_by: self.review_by.map(|(date, _)| date),
            },
        }
    }
}

/// A whole folder, parsed.
#[derive(Debug, Clone)]
pub(crate) struct ParsedContent {
    /// From `announcement.md`.
    pub announcement: Option<Announcement>,
    /// Whether there is an `announcement.md` that cannot be parsed.
    pub announcement_is_broken: bool,
    /// Entries and routes, by id.
    pub entries: Vec<ParsedEntry>,
}

impl ParsedContent {
    /// The content without positions; quotes become citations in the exact characters of the announcement.
    pub(crate) fn into_content(self, hash: ContentHash) -> Content {
        let announcement = self.announcement;
        let finder = announcement.as_ref().map(QuoteFinder::new);
        let mut entries: Vec<Entry> =
            self.entries.into_iter().map(|entry| entry.into_entry(finder.as_ref())).collect();
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        Content { announcement, entries, hash }
    }
}

fn cite(finder: &QuoteFinder<'_>, quote: &str) -> Option<Citation> {
    match finder.locate(quote) {
        QuoteMatch::Found { paragraph, quote } => Some(Citation { paragraph, quote }),
        QuoteMatch::CrossesParagraph | QuoteMatch::Missing => None,
    }
}
