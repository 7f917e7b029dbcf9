//! What is written twice: a wording of two entries teaches the matcher nothing but doubt.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::knowledge::content::{
    draft::{DraftEntry, Located},
    entry::EntryId,
    finding::{Code, Finding, Findings, SourceText},
};

/// Where a text was first written.
struct First<'a> {
    id: &'a EntryId,
    source: &'a SourceText,
    located: &'a Located,
}

/// Every repeated wording and test of `entries`.
pub(super) fn check(entries: &[DraftEntry], findings: &mut Findings) {
    let mut wordings: HashMap<String, First<'_>> = HashMap::new();
    for entry in entries {
        for (located, source) in entry.all_wordings() {
            let key = fold(&located.text);
            let Some(first) = wordings.get(&key) else {
                wordings.insert(key, First { id: &entry.id, source, located });
                continue;
            };
            let (message, hint) = match *first.id == entry.id {
                true => ("this wording is written twice".to_owned(), "take one out"),
                false => (
                    format!("this is a wording of `{}` too", first.id),
                    "leave it where it belongs; case, punctuation and white space do not tell wordings apart",
                ),
            };
            findings.push(repeated(Code::DuplicateWording, located, source, message, first).hint(hint));
        }
    }
    tests(entries, &wordings, findings);
}

fn tests<'a>(entries: &'a [DraftEntry], wordings: &HashMap<String, First<'a>>, findings: &mut Findings) {
    let mut asks: HashMap<String, First<'_>> = HashMap::new();
    for entry in entries {
        let source = &entry.main.source;
        for located in &entry.asks {
            let key = fold(&located.text);
            if let Some(first) = wordings.get(&key) {
                let message = match *first.id == entry.id {
                    true => "this test repeats a wording and proves nothing".to_owned(),
                    false => format!("this test is a wording of `{}` and will fail", first.id),
                };
                findings.push(repeated(Code::TestRepeats, located, source, message, first));
            } else if let Some(first) = asks.get(&key) {
                let message = format!("this is a test of `{}` too", first.id);
                findings.push(repeated(Code::TestRepeats, located, source, message, first));
            } else {
                asks.insert(key, First { id: &entry.id, source, located });
            }
        }
    }
    for entry in entries {
        for located in &entry.not {
            let key = fold(&located.text);
            let own = [wordings.get(&key), asks.get(&key)]
                .into_iter()
                .flatten()
                .find(|first| *first.id == entry.id);
            if let Some(first) = own {
                let message = "this must not be answered here, and must".to_owned();
                findings.push(repeated(Code::TestRepeats, located, &entry.main.source, message, first));
            }
        }
    }
}

fn repeated(code: Code, at: &Located, source: &SourceText, message: String, first: &First<'_>) -> Finding {
    Finding::new(code, source.place(at.span.clone()), message)
        .beside(first.source.place(first.located.span.clone()), "first written here")
}

/// Case, punctuation and white space folded away; a text of nothing else stands for itself.
pub(in crate::knowledge) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
            folded.push(c);
        } else if !matches!(c, '\'' | '’') && !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
    }
    let folded = folded.trim_end();
    if folded.is_empty() { text.trim().to_owned() } else { folded.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_punctuation_and_white_space_do_not_tell_wordings_apart() {
        assert_eq!(fold("  Why, is  IJM leaving?!"), fold("why is ijm leaving"));
        assert_eq!(fold("What's up"), fold("whats up"));
        assert_ne!(fold("déjà"), fold("deja"));
    }

    #[test]
    fn wordings_without_a_letter_stand_for_themselves() {
        assert_ne!(fold("👍"), fold("😂"));
        assert_ne!(fold("?"), fold("!"));
    }
}
