//! The key of a wording: texts with the same key are the same question, so the key drops only what carries no meaning.
//!
//! Dropped are mentions, custom emoji, case, white space, punctuation, apostrophes, emoji and invisible characters. Kept are
//! repeated letters (AA, AAA), signs (C, C++, C#; = and ==; -5 and 5) and every mark (vowel signs of Hindi and Thai,
//! accents). Spellings of one letter are unified: œ and oe, æ and ae, ß and ss, İ and i, typographic apostrophes.
//!
//! The looser folding, which helps to find an entry but never makes two texts equal, is in `matching/normalise.rs`.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The key of `text`; a text of punctuation or emoji alone is its own key.
pub(crate) fn wording_key(text: &str) -> String {
    let chars: Vec<char> = canonical(&without_mentions(text)).chars().collect();
    let mut key = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| chars.get(before)).copied();
        let after = chars.get(at + 1).copied();
        if is_apostrophe(c) {
            continue;
        }
        if is_word_character(c) || is_sign(before, c, after) {
            match c {
                'œ' => key.push_str("oe"),
                'æ' => key.push_str("ae"),
                'ß' => key.push_str("ss"),
                c => key.push(c),
            }
        } else if !key.is_empty() && !key.ends_with(' ') {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    if key.is_empty() { text.trim().to_owned() } else { key }
}

/// The key as people write it who leave out accents; `None` if it has none.
///
/// Only accents of Latin and Greek letters can be left out: marks of other scripts are letters of their own.
pub(crate) fn without_accents(key: &str) -> Option<String> {
    let mut base = None;
    let is_kept = |c: &char| {
        let is_accent = is_combining_mark(*c) && base.is_some_and(is_latin_or_greek);
        if !is_combining_mark(*c) {
            base = Some(*c);
        }
        !is_accent
    };
    let plain = |c: char| match c {
        'ø' => 'o',
        'đ' => 'd',
        'ł' => 'l',
        'ı' => 'i',
        c => c,
    };
    let folded: String = key.nfd().filter(is_kept).map(plain).nfc().collect();
    (folded != key).then_some(folded)
}

/// Lower case, composed, with compatibility forms replaced (full-width letters, ligatures) but not superscripts,
/// fractions and circled numbers.
fn canonical(text: &str) -> String {
    let mut decomposed = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        match c {
            '²' | '³' | '¹' | '¼'..='¾' | '\u{2070}'..='\u{209f}' | '\u{2150}'..='\u{215f}' => {
                decomposed.push(c)
            }
            '\u{2460}'..='\u{24ff}' => decomposed.push(c),
            'İ' => decomposed.push('i'),
            '−' => decomposed.push('-'),
            c if c.is_ascii() => decomposed.push(c.to_ascii_lowercase()),
            c => decomposed.extend(std::iter::once(c).nfkd().flat_map(char::to_lowercase)),
        }
    }
    decomposed.nfc().collect()
}

/// Letters, digits and the marks on them.
pub(crate) fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Whether a character that is neither letter nor digit distinguishes questions.
fn is_sign(before: Option<char>, c: char, after: Option<char>) -> bool {
    let is = |neighbour: Option<char>, property: fn(char) -> bool| neighbour.is_some_and(property);
    let digit = |c: char| c.is_ascii_digit();
    match c {
        '+' | '=' | '<' | '#' | '%' | '&' | '@' | '^' | '°' | '$' | '¢' | '£' | '¥' | '±' | '×' | '÷' => {
            true
        }
        '\u{20a0}'..='\u{20cf}' | '\u{2200}'..='\u{22ff}' => true,
        // At the beginning of a line it marks a quotation.
        '>' => before.is_some_and(|before| before != '\n'),
        '-' => is(after, digit) && !is(before, is_word_character),
        '/' => is(before, digit) && is(after, digit),
        '*' => is(before, is_word_character) && is(after, is_word_character),
        '!' => after == Some('='),
        '|' => before == Some('|') || after == Some('|'),
        _ => false,
    }
}

/// Apostrophes as keyboards, phones and other languages write them.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '\u{2018}'..='\u{201b}' | '\u{2b9}'..='\u{2bd}' | '\u{2c8}' | '\u{2032}' | '＇')
}

/// `text` without user, role and channel mentions and custom emoji.
pub(crate) fn without_mentions(text: &str) -> String {
    replace_marks(text, " ", |inside| inside.starts_with(['@', '#', ':']) || inside.starts_with("a:"))
}

/// `text` with `replacement` for every `<…>` whose inside `is_mark`.
pub(crate) fn replace_marks(text: &str, replacement: &str, is_mark: impl Fn(&str) -> bool) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('<') {
        kept.push_str(before);
        match from.split_once('>') {
            Some((inside, after)) if is_mark(inside) => {
                kept.push_str(replacement);
                rest = after;
            }
            _ => {
                kept.push('<');
                rest = from;
            }
        }
    }
    kept + rest
}

/// `text` without web addresses.
pub(crate) fn without_links(text: &str) -> String {
    let is_link = |piece: &&str| {
        let piece = piece.trim_start_matches(['(', '"', '\'', '<']);
        piece.starts_with("http://") || piece.starts_with("https://")
    };
    text.split_inclusive(char::is_whitespace).map(|piece| if is_link(&piece) { " " } else { piece }).collect()
}

/// Zero-width, direction and variation characters, and control characters that are not white space.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
        || (c.is_control() && !c.is_whitespace())
}

fn is_latin_or_greek(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn differ(texts: &[&str]) {
        for (at, one) in texts.iter().enumerate() {
            for other in &texts[at + 1..] {
                assert_ne!(wording_key(one), wording_key(other), "{one} / {other}");
            }
        }
    }

    #[test]
    fn case_punctuation_markup_and_white_space_do_not_distinguish_wordings() {
        let key = wording_key("why are they leaving");
        for same in [
            "  Why, are  they leaving?!",
            "WHY are they ｌｅａｖｉｎｇ…",
            "<@123> why are they leaving <:sad:1> 😢",
            "why are they leav\u{200b}ing",
        ] {
            assert_eq!(wording_key(same), key, "{same}");
        }
    }

    #[test]
    fn repeated_letters_and_signs_distinguish_wordings() {
        differ(&["do you sell AA batteries", "do you sell AAA batteries", "do you sell A batteries"]);
        differ(&["part II", "part III", "part I"]);
        differ(&["what is C", "what is C++?", "what is C#?"]);
        differ(&["what does = do", "what does == do", "what does != do"]);
        differ(&["is it -5 degrees", "is it 5 degrees", "is it 5 % degrees"]);
        differ(&["50 €", "50 $", "50"]);
    }

    #[test]
    fn vowel_signs_of_other_scripts_distinguish_wordings() {
        differ(&["दान क्या है", "दिन क्या है"]);
        differ(&["माला", "मेला"]);
        differ(&["ข้าว", "ขาว", "ข่าว"]);
        assert_eq!(without_accents(&wording_key("माला")), None);
    }

    #[test]
    fn spellings_of_one_letter_do_not_distinguish_wordings() {
        for (one, other) in [
            ("le cœur", "le coeur"),
            ("Curriculum Vitæ", "curriculum vitae"),
            ("die Straße", "die STRASSE"),
            ("İstanbul", "istanbul"),
            ("oʻzbek", "o’zbek"),
            ("e\u{301}te\u{301}", "été"),
        ] {
            assert_eq!(wording_key(one), wording_key(other), "{one} / {other}");
        }
    }

    #[test]
    fn accents_can_be_left_out_but_not_exchanged() {
        assert_eq!(without_accents(&wording_key("Où êtes-vous ?")).as_deref(), Some("ou etes vous"));
        assert_ne!(wording_key("la pêche"), wording_key("la péché"));
        assert_eq!(without_accents("why"), None);
    }

    #[test]
    fn a_text_of_signs_or_emoji_alone_is_its_own_key() {
        differ(&["👍", "😂", "?", "!"]);
    }

    proptest::proptest! {
        #[test]
        fn the_key_of_a_key_is_itself(text in "\\PC{0,40}") {
            let key = wording_key(&text);
            proptest::prop_assert_eq!(wording_key(&key).is_empty(), key.is_empty());
        }
    }
}
