//! Removes invisible and direction-changing characters from a text.

use unicode_normalization::char::is_combining_mark;

/// The text without hidden characters, and the first of them; `None` if there is none.
pub(in crate::knowledge) fn without_hidden(text: &str) -> Option<(String, char)> {
    let is_suspect = |c: char| is_hidden(c) || matches!(c, '\u{200c}' | '\u{200d}');
    // Most texts contain none and are not copied.
    text.chars().find(|c| is_suspect(*c))?;
    let mut first = None;
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = None;
    while let Some(c) = chars.next() {
        // Joiners shape emoji and the letters of some scripts; next to an ASCII letter they have no effect.
        let joins =
            |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && !is_hidden(c) || is_combining_mark(c));
        let is_joiner = matches!(c, '\u{200c}' | '\u{200d}');
        let hides = is_hidden(c) || is_joiner && !(joins(before) && joins(chars.peek().copied()));
        if hides {
            first = first.or(Some(c));
        } else {
            kept.push(c);
        }
        before = Some(c);
    }
    first.map(|first| (kept, first))
}

/// Zero-width and control characters, and those that embed or override a direction.
fn is_hidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_changes_and_zero_width_characters_are_removed_and_the_first_is_returned() {
        let cleaned = without_hidden("a\u{202e}b\u{200b}c\u{7}");
        assert_eq!(cleaned, Some(("abc".to_owned(), '\u{202e}')));
    }

    #[test]
    fn plain_text_emoji_and_joined_letters_stay() {
        for text in ["été, déjà\n\tn'est-ce pas", "👨‍👩‍👧", "می‌خواهم", "🇷🇼 ❤️"]
        {
            assert_eq!(without_hidden(text), None, "{text}");
        }
    }

    #[test]
    fn a_joiner_inside_a_plain_word_is_removed() {
        assert_eq!(without_hidden("ad\u{200d}min"), Some(("admin".to_owned(), '\u{200d}')));
    }
}
