//! Finds quotes in the announcement, word for word: only white space, dashes and quotation marks may differ in shape.

use super::words::words;
use crate::knowledge::content::entry::Announcement;

/// The result of looking for a quote in the announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum QuoteMatch {
    /// It is within one paragraph.
    Found {
        /// Counted from 1; `None` for the title.
        paragraph: Option<usize>,
        /// In the exact characters of the announcement.
        quote: String,
    },
    /// It runs over the end of a paragraph.
    CrossesParagraph,
    /// It is not there.
    Missing,
}

/// Looks for quotes in one announcement.
#[derive(Debug)]
pub(crate) struct QuoteFinder<'a> {
    parts: Vec<(Option<usize>, Folded<'a>)>,
    whole: String,
}

impl<'a> QuoteFinder<'a> {
    /// Prepares the title and the paragraphs of `announcement`.
    pub(crate) fn new(announcement: &'a Announcement) -> QuoteFinder<'a> {
        let title = (None, Folded::new(&announcement.title));
        let passages = announcement.passages.iter().map(|p| (Some(p.paragraph), Folded::new(&p.text)));
        let parts: Vec<_> = passages.chain([title]).collect();
        let whole = parts.iter().map(|(_, folded)| folded.text.as_str()).collect::<Vec<_>>().join(" ");
        QuoteFinder { parts, whole }
    }

    /// Looks for `quote`.
    pub(crate) fn locate(&self, quote: &str) -> QuoteMatch {
        let wanted = Folded::new(quote).text;
        if wanted.is_empty() {
            return QuoteMatch::Missing;
        }
        for (paragraph, part) in &self.parts {
            if let Some(at) = find(&part.text, &wanted) {
                return QuoteMatch::Found {
                    paragraph: *paragraph,
                    quote: part.original(at, wanted.len()).to_owned(),
                };
            }
        }
        if find(&self.whole, &wanted).is_some() { QuoteMatch::CrossesParagraph } else { QuoteMatch::Missing }
    }

    /// The part of the announcement that shares the most words with `quote`, if it shares at least half of them.
    pub(super) fn nearest(&self, quote: &str) -> Option<&str> {
        let wanted: Vec<String> = words(quote).iter().map(|word| word.text.to_lowercase()).collect();
        let mut best: Option<(usize, &str)> = None;
        for (_, part) in &self.parts {
            let original = words(part.source);
            for window in original.windows(wanted.len().min(original.len()).max(1)) {
                let mut left = wanted.clone();
                let shared = window.iter().filter(|word| {
                    let word = word.text.to_lowercase();
                    let at = left.iter().position(|other| *other == word);
                    at.is_some_and(|at| !left.swap_remove(at).is_empty())
                });
                // Of two equally similar windows, the one with the same first word shows the difference better.
                let begins_alike =
                    window.first().map(|word| word.text.to_lowercase()) == wanted.first().cloned();
                let n_shared = 2 * shared.count() + usize::from(begins_alike);
                if best.is_none_or(|(most, _)| n_shared > most)
                    && let (Some(first), Some(last)) = (window.first(), window.last())
                {
                    best = part.source.get(first.at..last.end()).map(|text| (n_shared, text));
                }
            }
        }
        best.filter(|(n_shared, _)| *n_shared >= wanted.len().max(1)).map(|(_, text)| text)
    }
}

/// The position of `wanted` in `text`, but not inside a word or number: "over 7" is not in "over 70".
fn find(text: &str, wanted: &str) -> Option<usize> {
    let inside = |a: Option<char>, b: Option<char>| matches!((a, b), (Some(a), Some(b)) if a.is_alphanumeric() && b.is_alphanumeric());
    text.match_indices(wanted).map(|(at, _)| at).find(|at| {
        let (before, rest) = text.split_at(*at);
        let after = rest.get(wanted.len()..).unwrap_or_default();
        !inside(before.chars().next_back(), wanted.chars().next())
            && !inside(wanted.chars().next_back(), after.chars().next())
    })
}

/// A text with uniform white space and quotation marks, and the original position of each byte.
#[derive(Debug)]
struct Folded<'a> {
    source: &'a str,
    text: String,
    /// For each byte of `text`, the byte of `source` it came from.
    origins: Vec<usize>,
}

impl<'a> Folded<'a> {
    fn new(source: &'a str) -> Folded<'a> {
        let mut folded = Folded { source, text: String::with_capacity(source.len()), origins: Vec::new() };
        for (at, c) in source.char_indices() {
            let c = match c {
                '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2bc}' | '\u{2032}' | '`' | '´' => {
                    '\''
                }
                '\u{201c}'..='\u{201f}' | '«' | '»' | '\u{2033}' => '"',
                '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                c if c.is_whitespace() => ' ',
                c => c,
            };
            if c != ' ' || !(folded.text.is_empty() || folded.text.ends_with(' ')) {
                folded.text.push(c);
                folded.origins.resize(folded.text.len(), at);
            }
        }
        folded.text.truncate(folded.text.trim_end().len());
        folded
    }

    /// The source's characters for a stretch of the folded text.
    fn original(&self, at: usize, len: usize) -> &'a str {
        let start = self.origins.get(at).copied().unwrap_or_default();
        let end = self.origins.get(at + len).copied().unwrap_or(self.source.len());
        self.source.get(start..end).unwrap_or_default().trim_end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::content::entry::Passage;

    fn announcement() -> Announcement {
        let passage = |paragraph, text: &str| Passage { paragraph, text: text.into() };
        Announcement {
            title: "We Move On".into(),
            url: String::new(),
            media_contact: String::new(),
            publisher: String::new(),
            passages: vec![
                passage(1, "After 8 years, we leave.  IJM’s model\u{a0}stays."),
                passage(2, "Over 70 were “convicted” in court."),
            ],
        }
    }

    fn located(quote: &str) -> QuoteMatch {
        QuoteFinder::new(&announcement()).locate(quote)
    }

    fn in_paragraph(paragraph: Option<usize>, quote: &str) -> QuoteMatch {
        QuoteMatch::Found { paragraph, quote: quote.into() }
    }

    #[test]
    fn white_space_and_quotation_marks_are_folded_and_the_announcements_characters_kept() {
        assert_eq!(
            located("leave. IJM's\n model stays"),
            in_paragraph(Some(1), "leave.  IJM’s model\u{a0}stays")
        );
        assert_eq!(
            located("were \"convicted\" in court."),
            in_paragraph(Some(2), "were “convicted” in court.")
        );
        assert_eq!(located("We Move On"), in_paragraph(None, "We Move On"));
    }

    #[test]
    fn case_words_and_whole_numbers_are_not_folded() {
        for quote in ["after 8 years", "After 9 years", "Over 7", "ver 70", "in cour", ""] {
            assert_eq!(located(quote), QuoteMatch::Missing, "{quote}");
        }
    }

    #[test]
    fn a_quote_over_the_end_of_a_paragraph_is_recognised() {
        assert_eq!(located("model stays. Over 70"), QuoteMatch::CrossesParagraph);
    }

    #[test]
    fn the_nearest_passage_is_found() {
        let announcement = announcement();
        let finder = QuoteFinder::new(&announcement);
        assert_eq!(finder.nearest("over 80 were convicted"), Some("Over 70 were “convicted"));
        assert_eq!(finder.nearest("something else entirely here"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_part_of_a_paragraph_is_found(from in 0usize..6, n in 1usize..4) {
            let announcement = announcement();
            let words: Vec<&str> = announcement.passages[0].text.split(' ').filter(|w| !w.is_empty()).collect();
            let quote = words[from.min(words.len() - 1)..(from + n).min(words.len())].join(" ");
            let found = QuoteFinder::new(&announcement).locate(quote.trim());
            proptest::prop_assert!(matches!(found, QuoteMatch::Found { paragraph: Some(1), .. }), "{quote:?}");
        }

        #[test]
        fn any_quote_is_answered_without_a_panic(quote in ".{0,80}") {
            let announcement = announcement();
            let finder = QuoteFinder::new(&announcement);
            finder.locate(&quote);
            finder.nearest(&quote);
        }
    }
}
