//! Finds the numbers of a text, in figures and in English and French words, as comparable values.
//!
//! "8", "eight" and "huit" are the same, and so are "1,000" and "one thousand". Round words
//! ("hundreds", "scores") are separate values.

use std::ops::Range;

use crate::knowledge::content::words::Word;

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Its byte range.
    pub(super) span: Range<usize>,
    /// `70`, `3.5`, `hundreds`.
    pub(super) value: String,
}

/// The numbers of `text`, whose words are `words`.
pub(super) fn numbers(text: &str, words: &[Word<'_>]) -> Vec<Number> {
    let mut numbers = figures(text);
    numbers.extend(spelled(words));
    numbers
}

/// Numbers in figures, without the numbers of list items.
fn figures(text: &str) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(char::is_numeric)).map(|at| at + from)
    {
        let run = |at: usize| -> &str {
            let rest = text.get(at..).unwrap_or_default();
            rest.split(|c: char| !c.is_numeric()).next().unwrap_or_default()
        };
        let first = run(start);
        let mut value = first.to_owned();
        let mut end = start + first.len();
        while let Some(separator) = text.get(end..).and_then(|rest| rest.chars().next()) {
            let next = run(end + separator.len_utf8());
            let groups = next.len() == 3 && first.len() <= 3 && !first.starts_with('0');
            match separator {
                ',' | '.' | '\'' | '’' | '\u{a0}' | '\u{202f}' | ' ' if groups => value.push_str(next),
                '.' | ',' if !next.is_empty() => value = format!("{value}.{next}"),
                _ => break,
            }
            end += separator.len_utf8() + next.len();
        }
        if !is_item(text, start, end) {
            let plain = value.trim_start_matches('0');
            let value = if plain.is_empty() { "0" } else { plain };
            numbers.push(Number { span: start..end, value: value.to_owned() });
        }
        from = end;
    }
    numbers
}

fn is_item(text: &str, start: usize, end: usize) -> bool {
    let line = text.get(..start).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
    let rest = text.get(end..).unwrap_or_default();
    line.trim_matches([' ', '>', '\t']).is_empty() && (rest.starts_with(". ") || rest.starts_with(") "))
}

/// The meaning of a number word: a count or a round word.
enum Spelled {
    Count(u64),
    Round(&'static str),
}

#[rustfmt::skip]
fn meaning(word: &str) -> Option<Spelled> {
    use Spelled::{Count, Round};
    Some(match word {
        "one" | "un" | "une" => Count(1),
        "two" | "deux" => Count(2), "three" | "trois" => Count(3), "four" | "quatre" => Count(4),
        "five" | "cinq" => Count(5), "six" => Count(6), "seven" | "sept" => Count(7), "eight" | "huit" => Count(8),
        "nine" | "neuf" => Count(9), "ten" | "dix" => Count(10), "eleven" | "onze" => Count(11),
        "twelve" | "douze" | "dozen" | "douzaine" => Count(12), "thirteen" | "treize" => Count(13),
        "fourteen" | "quatorze" => Count(14), "fifteen" | "quinze" => Count(15), "sixteen" | "seize" => Count(16),
        "seventeen" => Count(17), "eighteen" => Count(18), "nineteen" => Count(19),
        "twenty" | "vingt" | "vingts" => Count(20), "thirty" | "trente" => Count(30),
        "forty" | "quarante" => Count(40), "fifty" | "cinquante" => Count(50), "sixty" | "soixante" => Count(60),
        "seventy" => Count(70), "eighty" => Count(80), "ninety" => Count(90),
        "hundred" | "cent" | "cents" => Count(100), "thousand" | "mille" => Count(1_000),
        "million" => Count(1_000_000),
        "tens" | "dozens" | "scores" | "dizaines" | "douzaines" | "vingtaines" => Round("scores"),
        "hundreds" | "centaines" => Round("hundreds"),
        "thousands" | "milliers" => Round("thousands"),
        "millions" => Round("millions"),
        _ => return None,
    })
}

/// Numbers in words. "One" or "un" on its own is hardly ever meant as a number.
fn spelled(words: &[Word<'_>]) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut counts: Vec<(Range<usize>, u64)> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let lower = word.text.to_lowercase();
        let joins = matches!(word.gap, " " | "-" | "\u{2011}");
        // "pour cent" is a unit, not a hundred.
        let is_percent =
            lower == "cent" && at.checked_sub(1).is_some_and(|before| words[before].text == "pour");
        // "quarante et un": the word between two numbers belongs to them.
        let links = lower == "et" && joins && !counts.is_empty();
        match meaning(&lower).filter(|_| !is_percent) {
            Some(Spelled::Count(count)) => {
                let follows_et = at.checked_sub(1).is_some_and(|before| words[before].text == "et");
                let fits = joins && counts.last().is_some_and(|last| combines(last.1, count, follows_et));
                if !fits {
                    close(&mut counts, &mut numbers);
                }
                counts.push((word.at..word.end(), count));
            }
            Some(Spelled::Round(value)) => {
                close(&mut counts, &mut numbers);
                numbers.push(Number { span: word.at..word.end(), value: value.to_owned() });
            }
            None if links => {}
            None => close(&mut counts, &mut numbers),
        }
    }
    close(&mut counts, &mut numbers);
    numbers
}

/// Whether a number word can follow another in one number: "twenty five", "two hundred", "soixante dix".
fn combines(last: u64, next: u64, after_et: bool) -> bool {
    match after_et {
        true => (20..100).contains(&last) && matches!(next, 1 | 11),
        false => next >= 100 || last >= 100 || last >= 20 && next < 20 || (last, next) == (4, 20),
    }
}

fn close(counts: &mut Vec<(Range<usize>, u64)>, numbers: &mut Vec<Number>) {
    let (Some(first), Some(last)) = (counts.first(), counts.last()) else { return };
    let span = first.0.start..last.0.end;
    let is_pronoun = counts.len() == 1 && first.1 == 1;
    let (mut total, mut current) = (0u64, 0u64);
    for (_, count) in counts.drain(..) {
        match count {
            1_000.. => {
                total = total.saturating_add(current.max(1).saturating_mul(count));
                current = 0;
            }
            100 => current = current.max(1).saturating_mul(100),
            20 if current == 4 => current = 80,
            _ => current = current.saturating_add(count),
        }
    }
    if !is_pronoun {
        numbers.push(Number { span, value: total.saturating_add(current).to_string() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::content::words::words;

    fn values(text: &str) -> Vec<String> {
        numbers(text, &words(text)).into_iter().map(|number| number.value).collect()
    }

    #[test]
    fn figures_are_compared_by_value() {
        assert_eq!(values("After 8 years, in 2008, over 70."), ["8", "2008", "70"]);
        assert_eq!(
            values("1,000 and 1.000 and 1\u{202f}000 and 12 345 678"),
            ["1000", "1000", "1000", "12345678"]
        );
        assert_eq!(values("3.5 and 3,5 on 2008-01-09 at 24h"), ["3.5", "3.5", "2008", "1", "9", "24"]);
        assert_eq!(values("in 2008 100 people"), ["2008", "100"]);
    }

    #[test]
    fn numbers_of_list_items_are_ignored() {
        assert_eq!(values("1. First\n2) Second 3\n  3. Third"), ["3"]);
    }

    #[test]
    fn words_count_too() {
        assert_eq!(
            values("eight years, three of them; twenty-five, two hundred and seventy"),
            ["8", "3", "25", "200", "70"]
        );
        assert_eq!(
            values("huit ans, soixante-dix, quatre-vingts, quatre-vingt-dix, vingt et un, soixante et onze"),
            ["8", "70", "80", "90", "21", "71"]
        );
        assert_eq!(values("five thousand two hundred"), ["5200"]);
        assert_eq!(values("dix pour cent"), ["10"]);
    }

    #[test]
    fn round_words_are_separate_values() {
        assert_eq!(
            values("hundreds of victims, des centaines, scores, des dizaines"),
            ["hundreds", "hundreds", "scores", "scores"]
        );
    }

    #[test]
    fn a_lone_one_is_a_pronoun() {
        assert_eq!(values("no one, one of them, une équipe, One Stop"), Vec::<String>::new());
        assert_eq!(values("one hundred"), ["100"]);
    }

    #[test]
    fn adjacent_numbers_stay_separate() {
        assert_eq!(values("eight or nine; two, three; three two-day visits"), ["8", "9", "2", "3", "3", "2"]);
    }

    proptest::proptest! {
        #[test]
        fn numbers_are_within_the_text(text in "[0-9a-z ,.'’é\u{a0}٣-]{0,80}|(two|cent|mille|million|et| |-){0,40}") {
            for number in numbers(&text, &words(&text)) {
                proptest::prop_assert!(text.get(number.span).is_some());
            }
        }
    }
}
