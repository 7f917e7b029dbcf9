//! Picks the one passage of an entry that proves best what was asked, so that a reply shows one and not all. Pure.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use crate::{
    knowledge::{
        content::entry::{Citation, Entry},
        matching::normalise,
    },
    lang::Lang,
};

/// What a word of the question counts against one of the entry's own question and first sentence.
const ASKED_WEIGHT: f32 = 4.0;
/// The most characters of a quote that a reply shows.
const MAX_QUOTE: usize = 110;
/// Shorter words say little about a subject.
const MIN_LETTERS: usize = 4;

/// The citation of `entry` that proves best what `question` asks; `None` if it has none.
///
/// What the question and the entry's own question and first sentence share with a quote counts, the more the fewer other
/// quotes share it; a short quote is better than a long one with the same words. Of a long quote the clauses are shown
/// that share most, word for word.
pub(in crate::bot) fn best(entry: &Entry, question: &str) -> Option<Citation> {
    let version = entry.version(Lang::En);
    let opening = version.answer.unicode_sentences().next().unwrap_or_default();
    let asked = stems(question);
    let own: BTreeSet<String> = stems(&version.question).into_iter().chain(stems(opening)).collect();
    let quotes: Vec<BTreeSet<String>> =
        entry.citations.iter().map(|citation| stems(&citation.quote)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    quotes.iter().flatten().for_each(|stem| *counts.entry(stem).or_default() += 1);
    let score = |at: usize| -> f32 {
        let weight = |stem: &String| {
            let rarity =
                (1.0 + quotes.len() as f32 / counts.get(stem.as_str()).copied().unwrap_or(1) as f32).ln();
            let is_asked = f32::from(u8::from(asked.contains(stem)));
            rarity * (ASKED_WEIGHT * is_asked + f32::from(u8::from(own.contains(stem))))
        };
        let n_letters = entry.citations[at].quote.chars().count().max(1) as f32;
        quotes[at].iter().map(weight).sum::<f32>() / n_letters.sqrt()
    };
    // The first of equals: authors put the main proof first.
    let best = (0..quotes.len()).rev().max_by(|one, other| score(*one).total_cmp(&score(*other)))?;
    let citation = entry.citations.get(best)?;
    let quote = clauses(&citation.quote, |text| {
        let stems = stems(text);
        let n_asked = stems.intersection(&asked).count() as f32;
        ASKED_WEIGHT * n_asked + stems.intersection(&own).count() as f32
    });
    Some(Citation { paragraph: citation.paragraph, quote })
}

/// Whether a reply shows all that proves `entry`.
pub(in crate::bot) fn is_all_shown(entry: &Entry) -> bool {
    match entry.citations.as_slice() {
        [] => true,
        [only] => only.quote.chars().count() <= MAX_QUOTE,
        _ => false,
    }
}

/// The run of clauses of `quote` that scores best and has at most [`MAX_QUOTE`] characters; the first of equals.
fn clauses(quote: &str, score: impl Fn(&str) -> f32) -> String {
    if quote.chars().count() <= MAX_QUOTE {
        return quote.to_owned();
    }
    let pieces: Vec<&str> = quote.split_inclusive([',', ';']).collect();
    let run = |start: usize| {
        let mut n_chars = 0;
        let fits = |piece: &&&str| {
            n_chars += piece.chars().count();
            n_chars <= MAX_QUOTE
        };
        let n_fitting = pieces[start..].iter().take_while(fits).count().max(1);
        let text: String = pieces[start..start + n_fitting].concat();
        text.trim().trim_end_matches([',', ';']).to_owned()
    };
    let runs: Vec<String> = (0..pieces.len()).map(run).collect();
    let best = runs.iter().rev().max_by(|one, other| score(one).total_cmp(&score(other)));
    best.cloned().unwrap_or_else(|| quote.to_owned())
}

/// The sentence of `paragraph` that is nearest to `question`, with as many of those after it as fit in `max` characters.
pub(in crate::bot) fn excerpt(paragraph: &str, question: &str, max: usize) -> String {
    if paragraph.chars().count() <= max {
        return paragraph.to_owned();
    }
    let sentences: Vec<&str> =
        paragraph.unicode_sentences().map(str::trim).filter(|s| !s.is_empty()).collect();
    let asked = stems(question);
    let shared = |at: usize| stems(sentences[at]).intersection(&asked).count();
    let best = (0..sentences.len()).rev().max_by_key(|at| shared(*at)).unwrap_or(0);
    let mut n_chars = 0;
    let fitting = sentences[best..].iter().take_while(|sentence| {
        n_chars += sentence.chars().count() + 1;
        n_chars <= max
    });
    let kept: Vec<&str> = fitting.copied().collect();
    let end = best + kept.len().max(1);
    let kept = if kept.is_empty() { sentences[best].to_owned() } else { kept.join(" ") };
    let (before, after) = (if best > 0 { "… " } else { "" }, if end < sentences.len() { " …" } else { "" });
    format!("{before}{kept}{after}")
}

fn stems(text: &str) -> BTreeSet<String> {
    let words = normalise::words(text).into_iter();
    let telling =
        words.filter(|word| word.chars().count() >= MIN_LETTERS || word.chars().all(|c| c.is_ascii_digit()));
    telling.map(|word| normalise::stem(&word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::content::{
        finding::Findings,
        load,
        source::{Bundle, SourceFile},
    };

    fn entry() -> Entry {
        let files = [
            (
                "announcement.md",
                "+++\ntitle = \"Closing\"\nurl = \"https://library.example/closing\"\nmedia_contact = \"press@library.example\"\n\
                 publisher = \"The library\"\n+++\nThe building is old and the roof leaks. The town builds a new hall. \
                 Readers borrowed over 300 books.\n",
            ),
            (
                "why.md",
                "+++\nquestion = \"Why does the library close?\"\nquotes = [\"The town builds a new hall\", \"the roof leaks\", \
                 \"Readers borrowed over 300 books\"]\n+++\nThe town builds a new hall. Over 300 books were borrowed, and the roof leaks.\n",
            ),
        ];
        let file =
            |(path, text): (&str, &str)| SourceFile { path: path.into(), bytes: text.as_bytes().into() };
        let bundle = Bundle::new(files.into_iter().map(file).collect(), Findings::new());
        load::validate(&bundle, jiff::civil::date(2026, 8, 1)).unwrap().content.entries.remove(0)
    }

    #[test]
    fn the_passage_is_picked_for_the_question() {
        let entry = entry();
        let shown = |question: &str| best(&entry, question).unwrap().quote;
        assert_eq!(shown("why do you close"), "The town builds a new hall");
        assert_eq!(shown("is it because of the leaking roof?"), "the roof leaks");
        assert_eq!(
            shown("do you close because so many books were borrowed?"),
            "Readers borrowed over 300 books"
        );
        assert_eq!(shown("pourquoi fermez-vous ?"), "The town builds a new hall");
    }

    #[test]
    fn of_a_long_quote_the_clauses_nearest_to_the_question_are_shown_word_for_word() {
        let quote = format!("{}, the Mill Pond hall, {}", "a ".repeat(40).trim(), "b ".repeat(40).trim());
        let shown =
            |about: &'static str| clauses(&quote, move |text| f32::from(u8::from(text.contains(about))));
        assert!(shown("b").starts_with("the Mill Pond hall, b b") && quote.contains(&shown("b")));
        assert!(shown("a a").starts_with("a a") && quote.contains(&shown("a a")));
        assert_eq!(clauses("short, and sweet", |_| 0.0), "short, and sweet");
    }

    #[test]
    fn a_long_paragraph_is_cut_to_the_sentences_that_are_nearest() {
        let text = "It rains. The roof leaks. The books are wet. Nobody reads.";
        assert_eq!(excerpt(text, "is the roof fine", 100), text);
        assert_eq!(excerpt(text, "is the roof fine", 36), "… The roof leaks. The books are wet. …");
        assert_eq!(excerpt(text, "nothing of it", 12), "It rains. …");
        assert_eq!(excerpt(text, "wet books?", 3), "… The books are wet. …");
    }
}
