//! One documented folding of what people type, the same for stored wordings and for questions.
//!
//! In this order: chat mark-up (mentions, custom emoji, links) is dropped; Unicode compatibility forms are composed
//! (NFKC: full-width letters, ligatures); invisible and direction-changing characters are dropped; letters of other
//! scripts that look Latin become Latin; everything is lower-cased and loses its accents; typographic apostrophes
//! become plain; whatever is neither letter, digit nor apostrophe parts words (emoji too); a letter that stands three
//! times or more in a row stands twice; an apostrophe inside an English contraction goes, any other parts words;
//! chat spellings ("y r u") are written out. Spelling mistakes are not mended here: see `spelling.rs`.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest message that is looked at, in characters: what Discord lets a member send.
pub const MAX_CHARS: usize = 2_000;

/// The folded words of `text`, in order.
pub fn words(text: &str) -> Vec<String> {
    let visible: String = without_markup(text).nfkc().filter(|c| !is_invisible(*c)).take(MAX_CHARS).collect();
    let plain: String = visible
        .chars()
        .flat_map(char::to_lowercase)
        .map(latin)
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .collect();
    let mut words = Vec::new();
    for chunk in plain.split(|c: char| !(c.is_alphanumeric() || c == '\'')) {
        push_parted(chunk, &mut words);
    }
    words.into_iter().flat_map(|word| spelled_out(&squeezed(&word))).collect()
}

/// The folded words of `text`, joined by one space: equal for texts that differ in nothing a reader cares for.
pub fn fold(text: &str) -> String {
    words(text).join(" ")
}

/// `text` without user, role and channel mentions, custom emoji and web addresses.
fn without_markup(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let trimmed = piece.trim_start_matches(['(', '"', '\'']);
        if trimmed.starts_with("http://") || trimmed.starts_with("https://") {
            kept.push(' ');
            continue;
        }
        let mut rest = piece;
        while let Some((before, from)) = rest.split_once('<') {
            kept.push_str(before);
            match from.split_once('>') {
                Some((inside, after)) if inside.starts_with(['@', '#', ':']) || inside.starts_with("a:") => {
                    kept.push(' ');
                    rest = after;
                }
                _ => {
                    kept.push(' ');
                    rest = from;
                }
            }
        }
        kept.push_str(rest);
    }
    kept
}

/// Zero-width, direction and variation characters, and controls that are not white space.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
        || (c.is_control() && !c.is_whitespace())
}

/// The Latin letter that `c` looks like, or `c`. Cyrillic and Greek letters that are drawn alike, after lower-casing;
/// the selection follows the confusables table of Unicode Technical Standard 39.
fn latin(c: char) -> char {
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
        'ʼ' | '’' | '‘' | '´' | '`' | '＇' | 'ʹ' => '\'',
        'œ' => 'o',
        'æ' => 'a',
        'ß' => 's',
        'ø' => 'o',
        'đ' => 'd',
        'ł' => 'l',
        other => other,
    }
}

/// Parts a chunk at its apostrophes, but for those of English contractions, which go.
fn push_parted(chunk: &str, words: &mut Vec<String>) {
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

/// `word` with no letter more than twice in a row.
fn squeezed(word: &str) -> String {
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

/// Chat spellings and what they stand for. Only forms that are no word of English, French, Kinyarwanda or Swahili.
const CHAT: &[(&str, &str)] = &[
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

fn spelled_out(word: &str) -> Vec<String> {
    match CHAT.iter().find(|(short, _)| *short == word) {
        Some((_, long)) => long.split(' ').map(str::to_owned).collect(),
        None => vec![word.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_read_alike_fold_alike() {
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
    fn contractions_close_and_other_apostrophes_part() {
        assert_eq!(fold("they're"), "theyre");
        assert_eq!(fold("l’annonce d'IJM"), "l annonce d ijm");
        assert_eq!(fold("abapfakazi n'imfubyi"), "abapfakazi n imfubyi");
        assert_eq!(fold("Didn't you"), "did not you");
    }

    #[test]
    fn accents_and_stretched_letters_do_not_matter() {
        assert_eq!(fold("Où êtes-vous"), "ou etes vous");
        assert_eq!(fold("sooooo why"), "soo why");
        assert_eq!(fold("1000000"), "1000000");
    }
}
