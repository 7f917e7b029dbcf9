//! Cleans what a person typed before it is put into a mail, above all into a header.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// One line in NFC of at most `cap` characters: without control characters or direction overrides, with single spaces.
pub fn line(typed: &str, cap: usize) -> String {
    let spaced: String =
        typed.nfc().filter(|c| !is_direction(*c)).map(|c| if is_break(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    capped(&words.join(" "), cap)
}

/// Several lines in NFC of at most `cap` characters, separated by `\n`. Other control characters become spaces.
pub fn lines(typed: &str, cap: usize) -> String {
    let unified = typed.replace("\r\n", "\n").replace('\r', "\n");
    let clean: String =
        unified.nfc().map(|c| if c != '\n' && c != '\t' && is_break(c) { ' ' } else { c }).collect();
    capped(clean.trim(), cap)
}

/// The beginning of a text within `cap` characters. A letter is never separated from its accents.
fn capped(text: &str, cap: usize) -> String {
    let mut used = 0;
    let fits = |grapheme: &&str| {
        used += grapheme.chars().count();
        used <= cap
    };
    text.graphemes(true).take_while(fits).collect::<String>().trim_end().to_owned()
}

/// Control characters and Unicode's own two line separators.
fn is_break(c: char) -> bool {
    c.is_control() || c == '\u{2028}' || c == '\u{2029}'
}

/// Embeddings, overrides and isolates, which make a header look different from what it says.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn line_ends_of_every_kind_become_spaces() {
        for end in ["\r\n", "\r", "\n", "\u{85}", "\u{2028}", "\u{b}", "\0", "\u{7f}"] {
            assert_eq!(line(&format!("Bcc: a{end}b"), 100), "Bcc: a b", "{end:?}");
        }
    }

    #[test]
    fn several_lines_keep_their_ends_and_lose_other_controls() {
        assert_eq!(lines("a\r\n.\r\nMAIL FROM\rb\nc\0d", 100), "a\n.\nMAIL FROM\nb\nc d");
    }

    #[test]
    fn a_cap_never_separates_a_letter_from_its_marks() {
        let family = "👨‍👩‍👧‍👦";
        assert_eq!(line(&format!("ab{family}"), 4), "ab");
        assert_eq!(line("e\u{301}a", 1), "é");
    }

    proptest! {
        #[test]
        fn any_text_is_clean_and_within_the_cap(text in any::<String>(), cap in 0_usize..300) {
            let one = line(&text, cap);
            prop_assert!(one.chars().count() <= cap);
            prop_assert!(!one.chars().any(|c| c.is_control()));
            prop_assert_eq!(line(&one, cap), one.clone());
            let many = lines(&text, cap);
            prop_assert!(many.chars().count() <= cap);
            prop_assert!(!many.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
        }
    }
}
