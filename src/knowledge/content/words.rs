//! Splits an answer into words and determines which of them begin a sentence.

/// One word: adjacent letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// As written.
    pub(super) text: &'t str,
    /// The byte at which it begins.
    pub(super) at: usize,
    /// Whether it is the first of a sentence, paragraph or list item.
    pub(super) opens: bool,
    /// The text between the word before and this one.
    pub(super) gap: &'t str,
}

impl Word<'_> {
    /// The byte after the word.
    pub(super) fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Whether it is written as a name: with a capital letter that is not due to the start of a sentence.
    pub(super) fn is_name(&self) -> bool {
        let n_capitals = self.text.chars().filter(|c| c.is_uppercase()).count();
        let needs = if self.opens { 2 } else { 1 };
        n_capitals >= needs
    }
}

/// The words of `text`.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    let mut last_end = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_letter = c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
        match (start, is_letter) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let gap = text.get(last_end..from).unwrap_or_default();
                let opens = opens(gap, words.last());
                words.push(Word { text: text.get(from..at).unwrap_or_default(), at: from, opens, gap });
                last_end = at;
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Words after which a full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "prof", "rev", "hon", "vs", "approx", "mme", "mlle", "ste", "no", "art",
    "cf",
];

fn opens(gap: &str, before: Option<&Word<'_>>) -> bool {
    let Some(before) = before else { return true };
    // A number at the beginning of a line numbers a list item.
    let is_item_number = before.text.chars().all(|c| c.is_ascii_digit()) && begins_line(before);
    if is_item_number && gap.starts_with([')', '.']) {
        return true;
    }
    let begins_block = gap.contains("\n\n") || gap.contains('|') || begins_item(gap);
    let after_colon = gap.split_once(':').map(|(_, rest)| rest.trim_start_matches(char::is_whitespace));
    let opens_quotation = after_colon.is_some_and(|rest| rest.starts_with(['"', '“', '«', '„']));
    begins_block || opens_quotation || ends_sentence(gap, before)
}

fn begins_line(word: &Word<'_>) -> bool {
    word.gap.trim_end_matches([' ', '*', '>']).ends_with('\n') || word.opens && word.gap.trim().is_empty()
}

/// Whether the gap contains a line end and then a bullet.
fn begins_item(gap: &str) -> bool {
    gap.rsplit_once('\n')
        .is_some_and(|(_, line)| line.trim_start().starts_with(['-', '*', '+', '•', '#', '>']))
}

fn ends_sentence(gap: &str, before: &Word<'_>) -> bool {
    let Some(at) = gap.find(['.', '!', '?', '…']) else { return false };
    let is_initial = before.text.chars().count() == 1 && before.text != "I";
    let is_abbreviation = ABBREVIATIONS.contains(&before.text.to_lowercase().as_str());
    if at == 0 && gap.starts_with('.') && (is_initial && before.is_name() || is_abbreviation) {
        return false;
    }
    // "e.g. Kigali": only full stops separate the letters.
    if is_initial && before.gap == "." {
        return false;
    }
    gap.get(at..).is_some_and(|rest| rest.contains(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        words(text).into_iter().filter(Word::is_name).map(|word| word.text).collect()
    }

    #[test]
    fn a_capital_at_the_start_of_a_sentence_is_not_a_name() {
        assert_eq!(names("It left. Why? Nobody knows! “Then came more.” (See it.) So …"), Vec::<&str>::new());
        assert_eq!(names("Elle part. L’équipe reste ! « Pourquoi ? » Parce que."), Vec::<&str>::new());
        assert_eq!(
            names("It says: “Though we stay.”\n\nThen\n- One\n- Two\n\n1. First\n2) Second"),
            Vec::<&str>::new()
        );
        assert_eq!(names("**Yes.** They did. *Really?* Yes"), Vec::<&str>::new());
    }

    #[test]
    fn a_capital_elsewhere_is_a_name() {
        assert_eq!(names("It left Kigali, near Lake Kivu: Goma"), ["Kigali", "Lake", "Kivu", "Goma"]);
        assert_eq!(names("It left\nKigali"), ["Kigali"]);
        assert_eq!(names("Parce que l’Institut et d'IJM"), ["Institut", "IJM"]);
        assert_eq!(
            names("It was e.g. Kigali, or Dr. Smith, or J. Smith"),
            ["Kigali", "Dr", "Smith", "J", "Smith"]
        );
    }

    #[test]
    fn two_capitals_are_a_name_even_at_the_start() {
        assert_eq!(names("UNICEF helps. McDonald too. Kigali not."), ["UNICEF", "McDonald"]);
    }

    proptest::proptest! {
        #[test]
        fn words_are_at_their_offsets(text in ".{0,200}") {
            for word in words(&text) {
                proptest::prop_assert_eq!(text.get(word.at..word.end()), Some(word.text));
            }
        }
    }
}
