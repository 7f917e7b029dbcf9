//! Takes out of a question what may identify somebody: addresses, links, mentions, numbers, keys.

use crate::{bot::echo, knowledge::wording_key::replace_marks};

/// Stands for what was taken out.
const BLANK: &str = "…";
/// Characters of the longest question whose words are kept. A longer one is a story.
const MAX_CHARS: usize = 200;
/// A word without a space that is longer than this is no word: a key, a token, a code.
const MAX_WORD: usize = 30;

/// The words of a question that may be kept; `None` if it is too long or nothing is left.
pub(super) fn redact(question: &str) -> Option<String> {
    if question.chars().count() > MAX_CHARS {
        return None;
    }
    let visible = echo::clean(&without_brackets(question));
    let mut kept: Vec<String> = Vec::new();
    for word in visible.split_whitespace() {
        let word = if is_private(word) { BLANK.to_owned() } else { without_numbers(word) };
        match kept.last_mut() {
            // A number of several words is one blank, whatever follows it.
            Some(last) if last == BLANK && word.starts_with(BLANK) => *last = word,
            _ => kept.push(word),
        }
    }
    let has_word = kept.iter().any(|word| word.chars().any(char::is_alphabetic));
    has_word.then(|| kept.join(" "))
}

/// The text with a blank for each mention, custom emoji, time stamp or link in angle brackets.
fn without_brackets(text: &str) -> String {
    replace_marks(text, &format!(" {BLANK} "), |inside| !inside.contains(char::is_whitespace))
}

/// Whether a word is an address, a link, a name on a platform, or a key.
fn is_private(word: &str) -> bool {
    let lower = word.to_lowercase();
    let is_link = lower.contains("://") || lower.contains("www.") || lower.contains("](");
    is_link || word.contains('@') || has_domain(&lower) || word.chars().count() > MAX_WORD
}

/// Whether a word holds something like `paper.example`: two letters or more on either side of a full stop.
fn has_domain(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let ends_in_letters = |part: &str| part.chars().rev().take_while(|c| c.is_alphanumeric()).count() >= 2;
    let begins_in_letters = |part: &str| part.chars().take_while(|c| c.is_alphabetic()).count() >= 2;
    parts.windows(2).any(|pair| ends_in_letters(pair[0]) && begins_in_letters(pair[1]))
}

/// The word with a blank for each number, whatever joins its digits.
fn without_numbers(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let is_joint = |at: usize| {
        matches!(chars[at], '.' | ',' | '-' | '/' | ':' | '\'' | '(' | ')' | '+')
            && chars.get(at + 1).is_some_and(|c| c.is_numeric())
    };
    let mut kept = String::with_capacity(word.len());
    for (at, c) in chars.iter().enumerate() {
        if c.is_numeric() || is_joint(at) {
            if !kept.ends_with(BLANK) {
                kept.push_str(BLANK);
            }
        } else {
            kept.push(*c);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_numbers_mentions_and_links_are_blanked() {
        for (typed, kept) in [
            ("Where can I park?", "Where can I park?"),
            ("Call me at +250 788 123 456, please", "Call me at …, please"),
            ("I am ann@paper.example, why?", "I am … why?"),
            ("is <@123456> or <#77> or <:smile:9> it", "is … or … or … it"),
            ("is @ann right about https://x.example/a?b=1", "is … right about …"),
            ("see www.paper.example or paper.example/x today", "see … or … today"),
            ("[here](http://x.example) it is", "… it is"),
            ("who lives in 12 Mill Street, 3rd floor", "who lives in … Mill Street, …rd floor"),
            ("on 2026-11-30 at 12:30 for $1,000.50", "on … at … for $…"),
            ("numéro ٣٤٥ ou ²", "numéro … ou …"),
            ("my key is abcdefghijklmnopqrstuvwxyzabcdefghij", "my key is …"),
            ("e.g. the U.S. office", "e.g. the U.S. office"),
            ("a\u{202e}b why", "ab why"),
        ] {
            assert_eq!(redact(typed).as_deref(), Some(kept), "{typed}");
        }
    }

    #[test]
    fn stories_and_texts_without_words_are_not_kept() {
        assert_eq!(redact(&"why ".repeat(60)), None);
        for empty in ["", "  ", "??", "123 456", "<@1>", "ann@paper.example"] {
            assert_eq!(redact(empty), None, "{empty}");
        }
    }
}
