//! Cuts texts to Discord's limits: never inside a visible character, never with a code block left open.
//!
//! Lengths are counted in UTF-16 units, the strictest count that any of Discord's clients uses.

use unicode_segmentation::UnicodeSegmentation;

const FENCE: &str = "```";
const CLOSING: &str = "\n```";
const ELLIPSIS: char = '…';

/// The length of a text as Discord counts it.
pub(super) fn len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// A text of several lines in at most `max` UTF-16 units.
pub(super) fn cut(text: &str, max: usize) -> String {
    let text = clean(text);
    let is_whole = len(&text) <= max;
    if is_whole && !is_open(&text) {
        return text;
    }
    let has_fence = text.contains(FENCE) && max > CLOSING.len() + 1;
    let reserve = usize::from(!is_whole) + if has_fence { CLOSING.len() } else { 0 };
    let mut kept = front(&text, max.saturating_sub(reserve));
    if !is_whole && max > 0 {
        kept.push(ELLIPSIS);
    }
    if has_fence && is_open(&kept) {
        kept.push_str(CLOSING);
    }
    kept
}

/// A text of one line in at most `max` UTF-16 units.
pub(super) fn line(text: &str, max: usize) -> String {
    let text = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if len(&text) <= max {
        return text;
    }
    let mut kept = front(&text, max.saturating_sub(1));
    if max > 0 {
        kept.push(ELLIPSIS);
    }
    kept
}

/// The text without bidirectional controls, which could reverse the reading order, and without control characters.
pub(super) fn clean(text: &str) -> String {
    let is_bidi = |c: char| matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|&c| !is_bidi(c) && (!c.is_control() || c == '\n' || c == '\t')).collect()
}

/// The longest prefix that fits, cut between words if a word ends nearby.
fn front(text: &str, max: usize) -> String {
    let (mut kept, mut used, mut next) = (String::new(), 0, None);
    for grapheme in text.graphemes(true) {
        used += len(grapheme);
        if used > max {
            next = Some(grapheme);
            break;
        }
        kept.push_str(grapheme);
    }
    let Some(next) = next else { return kept };
    if kept.is_empty() {
        // One character with more combining marks than the limit: it can only be cut between scalars.
        return scalars(text, max);
    }
    if next == "`" {
        // Half a fence would show as stray backticks.
        kept.truncate(kept.trim_end_matches('`').len());
    }
    if !next.starts_with(char::is_whitespace)
        && let Some((words, rest)) = kept.rsplit_once(char::is_whitespace)
        && rest.len() <= 30
        && words.len() >= kept.len() / 2
    {
        kept.truncate(words.len());
    }
    kept.truncate(kept.trim_end().len());
    kept
}

fn scalars(text: &str, max: usize) -> String {
    let mut used = 0;
    text.chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= max
        })
        .collect()
}

fn is_open(text: &str) -> bool {
    text.matches(FENCE).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_keeps_to_any_limit(text in "(?s).{0,400}", max in 0usize..300) {
            prop_assert!(len(&cut(&text, max)) <= max);
            prop_assert!(len(&line(&text, max)) <= max);
        }

        #[test]
        fn no_code_block_is_left_open(text in "([a-z \n]|```|👩‍👩‍👧|é){0,200}", max in 10usize..120) {
            prop_assert!(!is_open(&cut(&text, max)), "{}", cut(&text, max));
        }
    }

    #[test]
    fn a_family_emoji_is_kept_whole_or_left_out() {
        assert_eq!(cut("👩‍👩‍👧👩‍👩‍👧", 10), "👩‍👩‍👧…");
        assert_eq!(cut("👩‍👩‍👧👩‍👩‍👧", 16), "👩‍👩‍👧👩‍👩‍👧");
    }

    #[test]
    fn a_text_is_cut_between_words() {
        assert_eq!(cut("eight years of work in Rwanda", 20), "eight years of work…");
    }

    #[test]
    fn an_open_code_block_is_closed() {
        assert_eq!(cut("```\nlet answer = 42;", 100), "```\nlet answer = 42;\n```");
        assert_eq!(cut("```\naaaaaaaaaaaaaaaaaaaa\n```", 16), "```\naaaaaaa…\n```");
    }

    #[test]
    fn characters_that_turn_the_reading_order_are_dropped() {
        assert_eq!(clean("a\u{202E}b\u{2066}c\u{0}d\r\ne"), "abcd\ne");
    }
}
