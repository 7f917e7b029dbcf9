//! Finds duplicates: a wording of two entries makes the matcher unsure of both.

use std::collections::HashMap;

use crate::knowledge::{
    content::{
        entry::EntryId,
        finding::{Code, Finding, Findings, SourceText},
        parsed::{Located, ParsedEntry},
    },
    wording_key::wording_key,
};

/// The first occurrence of a text.
struct First<'a> {
    id: &'a EntryId,
    source: &'a SourceText,
    located: &'a Located,
}

/// Reports every duplicate wording and test question of `entries`.
pub(super) fn check(entries: &[ParsedEntry], findings: &mut Findings) {
    let mut wordings: HashMap<String, First<'_>> = HashMap::new();
    for entry in entries {
        for (located, source) in entry.all_wordings() {
            let key = wording_key(&located.text);
            let Some(first) = wordings.get(&key) else {
                wordings.insert(key, First { id: &entry.id, source, located });
                continue;
            };
            let (message, hint) = match *first.id == entry.id {
                true => ("this wording appears twice".to_owned(), "remove one of them"),
                false => (
                    format!("this is also a wording of `{}`", first.id),
                    "keep it in one of the entries; case, punctuation and white space do not distinguish wordings",
                ),
            };
            findings.push(repeated(Code::DuplicateWording, located, source, message, first).hint(hint));
        }
    }
    tests(entries, &wordings, findings);
}

fn tests<'a>(entries: &'a [ParsedEntry], wordings: &HashMap<String, First<'a>>, findings: &mut Findings) {
    let mut asks: HashMap<String, First<'_>> = HashMap::new();
    for entry in entries {
        let source = &entry.main.source;
        for located in &entry.asks {
            let key = wording_key(&located.text);
            if let Some(first) = wordings.get(&key) {
                let message = match *first.id == entry.id {
                    true => "this test question repeats a wording, so it proves nothing".to_owned(),
                    false => format!("this test question is a wording of `{}`, so it will fail", first.id),
                };
                findings.push(repeated(Code::TestRepeats, located, source, message, first));
            } else if let Some(first) = asks.get(&key) {
                let message = format!("this is also a test question of `{}`", first.id);
                findings.push(repeated(Code::TestRepeats, located, source, message, first));
            } else {
                asks.insert(key, First { id: &entry.id, source, located });
            }
        }
    }
    for entry in entries {
        for located in &entry.not {
            let key = wording_key(&located.text);
            let own = [wordings.get(&key), asks.get(&key)]
                .into_iter()
                .flatten()
                .find(|first| *first.id == entry.id);
            if let Some(first) = own {
                let message = "this question is in `not`, but the entry also has to answer it".to_owned();
                findings.push(repeated(Code::TestRepeats, located, &entry.main.source, message, first));
            }
        }
    }
}

fn repeated(code: Code, at: &Located, source: &SourceText, message: String, first: &First<'_>) -> Finding {
    Finding::new(code, source.place(at.span.clone()), message)
        .beside(first.source.place(first.located.span.clone()), "first used here")
}

#[cfg(test)]
mod tests {
    use super::wording_key;

    #[test]
    fn case_punctuation_and_white_space_do_not_distinguish_wordings() {
        assert_eq!(wording_key("  Why, is  IJM leaving?!"), wording_key("why is ijm leaving"));
        assert_eq!(wording_key("What's up"), wording_key("whats up"));
        assert_ne!(wording_key("déjà"), wording_key("deja"));
    }

    #[test]
    fn wordings_without_a_letter_are_compared_as_they_are() {
        assert_ne!(wording_key("👍"), wording_key("😂"));
        assert_ne!(wording_key("?"), wording_key("!"));
    }
}
