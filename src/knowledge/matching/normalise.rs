//! Folds what people type, the same way for stored wordings and for questions.
//!
//! This folding finds entries; whether two texts are the same question is decided by `knowledge/wording_key.rs`, which
//! keeps more. In this order: chat mark-up (mentions, custom emoji, links) is dropped; Unicode compatibility forms are
//! composed (NFKC: full-width letters, ligatures); invisible and direction-changing characters are dropped; letters of
//! other scripts that look Latin become Latin; everything is lower-cased and loses its accents, but not the vowel signs
//! of other scripts; whatever is neither letter, digit nor apostrophe separates words (emoji too); scripts without
//! spaces are cut into pairs of characters; an apostrophe inside an English contraction is removed, any other separates
//! words; a letter that is repeated three times or more is repeated twice, unless it is a size or a numeral; chat
//! spellings ("y r u") are written out, except letters of a formula. Typing errors are corrected in `spelling.rs`.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::knowledge::{
    matching::doubt::has_meaningful_runs,
    wording_key::{is_apostrophe, is_invisible, is_word_character, without_links, without_mentions},
};

/// The longest message that is read, in characters: what Discord lets a subscriber send.
pub(crate) const MAX_CHARS: usize = 4_000;

/// Letters that two words must share to count as the same: "convicted" and "convictions".
const STEM: usize = 5;

/// The beginning of a folded word, by which its forms are told to be the same.
pub(crate) fn stem(word: &str) -> String {
    word.chars().take(STEM).collect()
}

/// The folded words of `text`, in order.
pub(crate) fn words(text: &str) -> Vec<String> {
    let text = without_links(&without_mentions(text));
    let visible: String = text.nfkc().filter(|c| !is_invisible(*c)).take(MAX_CHARS).collect();
    let mut plain = String::with_capacity(visible.len());
    for c in visible.chars().flat_map(char::to_lowercase) {
        match c {
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            'ß' => plain.push_str("ss"),
            c if is_apostrophe(c) => plain.push('\''),
            c => plain.push(latin_lookalike(c)),
        }
    }
    let plain: String = plain.nfd().filter(|c| !is_accent(*c)).nfc().collect();
    let pieces: Vec<&str> = plain.split_whitespace().collect();
    let mut words = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let mut parts = Vec::new();
        for chunk in piece.split(|c: char| !(is_word_character(c) || c == '\'')) {
            push_split_at_apostrophes(chunk, &mut parts);
        }
        let is_variable = is_variable(&pieces, at);
        for word in parts.iter().flat_map(|word| split_unspaced(word)) {
            match is_variable && word.chars().count() == 1 {
                true => words.push(word),
                false => words.extend(expand_chat_spelling(&without_long_runs(&word))),
            }
        }
    }
    words
}

/// The folded words of `text`, joined by one space.
pub(crate) fn fold(text: &str) -> String {
    words(text).join(" ")
}

/// Whether a single letter in this piece of the text is a letter of a formula and not a chat spelling ("y" for "why").
fn is_variable(pieces: &[&str], at: usize) -> bool {
    let bare = |piece: &str| piece.trim_matches(|c: char| ".,;:!?…\"'()".contains(c)).to_owned();
    let is_operator = |piece: Option<&&str>| {
        piece.is_some_and(|piece| piece.chars().any(|c| "=+*/<>^".contains(c) || c.is_ascii_digit()))
    };
    let is_unknown_letter = |piece: &&str| {
        let piece = bare(piece);
        ["x", "z", "f", "g", "h"].contains(&piece.as_str())
    };
    bare(pieces[at]).chars().count() > 1
        || is_operator(at.checked_sub(1).and_then(|before| pieces.get(before)))
        || is_operator(pieces.get(at + 1))
        || pieces.iter().any(is_unknown_letter)
}

/// Accents of Latin, Greek and Cyrillic letters and the optional vowel points of Hebrew and Arabic. Marks of other
/// scripts are vowels that distinguish words.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// `word` itself, or pairs of neighbouring characters where its script does not separate words.
fn split_unspaced(word: &str) -> Vec<String> {
    if !word.contains(is_unspaced) {
        return vec![word.to_owned()];
    }
    let mut parts = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    let mut other = String::new();
    let close = |run: &mut Vec<&str>, other: &mut String, parts: &mut Vec<String>| {
        match run.len() {
            0 => {}
            1 => parts.push(run.concat()),
            _ => parts.extend(run.windows(2).map(<[&str]>::concat)),
        }
        run.clear();
        if !other.is_empty() {
            parts.push(std::mem::take(other));
        }
    };
    for grapheme in word.graphemes(true) {
        match grapheme.contains(is_unspaced) {
            true => {
                if !other.is_empty() {
                    close(&mut run, &mut other, &mut parts);
                }
                run.push(grapheme);
            }
            false => {
                if !run.is_empty() {
                    close(&mut run, &mut other, &mut parts);
                }
                other.push_str(grapheme);
            }
        }
    }
    close(&mut run, &mut other, &mut parts);
    parts
}

/// Characters of scripts that are written without spaces: Thai, Lao, Burmese, Khmer, Japanese, Chinese.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The Latin letter that `c` looks like, or `c`. Cyrillic and Greek letters that are drawn alike, after lower-casing;
/// the selection follows the confusables table of Unicode Technical Standard 39.
fn latin_lookalike(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ё' | 'ε' => 'e',
        'һ' | 'н' => 'h',
        'і' | 'ї' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' => 'm',
        'ո' | 'п' | 'η' => 'n',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ν' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'ø' => 'o',
        'đ' => 'd',
        'ł' => 'l',
        other => other,
    }
}

/// Splits a chunk at its apostrophes, except those of English contractions, which are removed.
fn push_split_at_apostrophes(chunk: &str, words: &mut Vec<String>) {
    const ENDINGS: [&str; 7] = ["t", "s", "re", "ve", "ll", "d", "m"];
    let mut pieces = chunk.split('\'').filter(|piece| !piece.is_empty()).peekable();
    let mut word = String::new();
    while let Some(piece) = pieces.next() {
        word.push_str(piece);
        let contracts = pieces.peek().is_some_and(|next| ENDINGS.contains(next) && word.len() > 1);
        if !contracts {
            words.push(std::mem::take(&mut word));
        }
    }
}

/// `word` with runs of a letter shortened to two.
fn without_long_runs(word: &str) -> String {
    if has_meaningful_runs(word) {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    let (mut last, mut run) = (None, 0);
    for c in word.chars() {
        run = if last == Some(c) { run + 1 } else { 1 };
        last = Some(c);
        if run <= 2 || c.is_ascii_digit() {
            out.push(c);
        }
    }
    out
}

/// Chat spellings and their meanings. None of them is a word of English, French, Kinyarwanda or Swahili.
const CHAT_SPELLINGS: &[(&str, &str)] = &[
    ("abt", "about"),
    ("b4", "before"),
    ("bc", "because"),
    ("bcoz", "because"),
    ("bcuz", "because"),
    ("cuz", "because"),
    ("coz", "because"),
    ("cos", "because"),
    ("dat", "that"),
    ("dem", "them"),
    ("dey", "they"),
    ("didnt", "did not"),
    ("doesnt", "does not"),
    ("dont", "do not"),
    ("dunno", "do not know"),
    ("gimme", "give me"),
    ("gonna", "going to"),
    ("govt", "government"),
    ("gov", "government"),
    ("gotta", "have to"),
    ("hasnt", "has not"),
    ("havent", "have not"),
    ("hv", "have"),
    ("idk", "i do not know"),
    ("isnt", "is not"),
    ("arent", "are not"),
    ("wasnt", "was not"),
    ("werent", "were not"),
    ("wont", "will not"),
    ("cant", "can not"),
    ("couldnt", "could not"),
    ("wouldnt", "would not"),
    ("shouldnt", "should not"),
    ("info", "information"),
    ("kinda", "kind of"),
    ("lemme", "let me"),
    ("msg", "message"),
    ("org", "organisation"),
    ("organization", "organisation"),
    ("organizations", "organisations"),
    ("outta", "out of"),
    ("pls", "please"),
    ("plz", "please"),
    ("ppl", "people"),
    ("pple", "people"),
    ("q", "question"),
    ("r", "are"),
    ("rn", "right now"),
    ("rly", "really"),
    ("sm1", "someone"),
    ("sum1", "someone"),
    ("tbh", "to be honest"),
    ("thx", "thanks"),
    ("thnx", "thanks"),
    ("tho", "though"),
    ("u", "you"),
    ("ur", "your"),
    ("urs", "yours"),
    ("w8", "wait"),
    ("wanna", "want to"),
    ("wat", "what"),
    ("wats", "what is"),
    ("whats", "what is"),
    ("wen", "when"),
    ("wer", "where"),
    ("whr", "where"),
    ("wht", "what"),
    ("whn", "when"),
    ("wut", "what"),
    ("wud", "would"),
    ("y", "why"),
    ("yall", "you all"),
    ("yrs", "years"),
    ("centre", "center"),
    ("centres", "centers"),
    ("pk", "pourquoi"),
    ("pkoi", "pourquoi"),
    ("pq", "pourquoi"),
    ("qd", "quand"),
    ("svp", "s il vous plait"),
    ("stp", "s il te plait"),
];

fn expand_chat_spelling(word: &str) -> Vec<String> {
    match CHAT_SPELLINGS.iter().find(|(short, _)| *short == word) {
        Some((_, long)) => long.split(' ').map(str::to_owned).collect(),
        None => vec![word.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_the_same_fold_to_the_same_words() {
        let plain = fold("why are they leaving Rwanda");
        for typed in [
            "WHY are they leaving Rwanda?!",
            "y r they leaving   rwanda",
            "ｗｈｙ are they ｌｅａｖｉｎｇ rwanda",
            "why are they leaving rwаndа 😢",
            "wh\u{200b}y are they leaving <:sad:123> rw\u{202e}anda",
            "<@123> why are they leaving Rwanda https://example.org/x",
        ] {
            assert_eq!(fold(typed), plain, "{typed}");
        }
    }

    #[test]
    fn contractions_are_joined_and_other_apostrophes_separate_words() {
        assert_eq!(fold("they're"), "theyre");
        assert_eq!(fold("l’annonce d'IJM"), "l annonce d ijm");
        assert_eq!(fold("abapfakazi n'imfubyi"), "abapfakazi n imfubyi");
        assert_eq!(fold("Didn't you"), "did not you");
    }

    #[test]
    fn sizes_and_numerals_keep_their_letters() {
        assert_eq!(words("AAA XXXL III VIII"), ["aaa", "xxxl", "iii", "viii"]);
    }

    #[test]
    fn letters_of_a_formula_are_no_chat_spellings() {
        assert_eq!(fold("y r u leaving"), "why are you leaving");
        assert_eq!(fold("why, y?"), "why why");
        assert_eq!(fold("y+(y+25)"), "y y 25");
        assert_eq!(fold("solve y = 3"), "solve y 3");
        assert_eq!(fold("what are x and y"), "what are x and y");
    }

    #[test]
    fn vowel_signs_stay_and_scripts_without_spaces_are_cut() {
        assert_eq!(words("दान दिन"), ["दान", "दिन"]);
        assert_ne!(words("ข้าว"), words("ขาว"));
        assert_eq!(words("为什么离开"), ["为什", "什么", "么离", "离开"]);
        assert_eq!(words("IJMはなぜ"), ["ijm", "はな", "なぜ"]);
    }

    #[test]
    fn ligatures_and_apostrophes_have_one_spelling() {
        assert_eq!(fold("le cœur"), fold("le coeur"));
        assert_eq!(fold("Straße"), fold("STRASSE"));
        assert_eq!(fold("İstanbul"), fold("istanbul"));
        assert_eq!(fold("lʻannonce"), fold("l'annonce"));
    }

    #[test]
    fn accents_and_stretched_letters_do_not_matter() {
        assert_eq!(fold("Où êtes-vous"), "ou etes vous");
        assert_eq!(fold("sooooo why"), "soo why");
        assert_eq!(fold("1000000"), "1000000");
    }
}
