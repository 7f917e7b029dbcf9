//! Finds numbers, capitalised names and addresses in answers that the announcement does not state.
//!
//! It does not understand the text: it only catches figures, names and links that a writer made up. `allow = ["…"]` in
//! an entry permits words, also in its translations.

use std::{collections::HashSet, ops::Range};

use unicode_normalization::UnicodeNormalization;

use super::numbers::numbers;
use crate::{
    knowledge::content::{
        entry::Announcement,
        finding::{Code, Finding, Findings},
        parsed::{Located, ParsedEntry, ParsedVersion},
        words::words,
    },
    lang::Lang,
};

/// The numbers (by value), words (as written) and addresses of a text.
#[derive(Debug, Default)]
pub(super) struct StatedFacts {
    numbers: HashSet<String>,
    names: HashSet<String>,
    /// Lower-case, joined by spaces.
    addresses: String,
}

impl StatedFacts {
    /// Those of the announcement, including its title, publisher, address and contact.
    pub(super) fn new(announcement: &Announcement) -> StatedFacts {
        let mut stated = StatedFacts::default();
        let around =
            [&announcement.title, &announcement.url, &announcement.media_contact, &announcement.publisher];
        around.into_iter().for_each(|text| stated.add(text));
        announcement.passages.iter().for_each(|passage| stated.add(&passage.text));
        stated
    }

    fn of(allowed: &[&Located]) -> StatedFacts {
        let mut stated = StatedFacts::default();
        allowed.iter().for_each(|located| stated.add(&located.text));
        stated
    }

    fn add(&mut self, text: &str) {
        let words = words(text);
        self.numbers.extend(numbers(text, &words).into_iter().map(|number| number.value));
        self.names.extend(words.iter().map(|word| word.text.nfc().collect()));
        for span in addresses(text) {
            self.addresses.push_str(&bare(text.get(span).unwrap_or_default()));
            self.addresses.push(' ');
        }
    }

    fn has_address(&self, address: &str) -> bool {
        self.addresses.split(' ').any(|known| known == bare(address))
    }
}

/// Checks every answer of `entry` against the announcement.
pub(super) fn check(entry: &ParsedEntry, stated: &StatedFacts, findings: &mut Findings) {
    for (lang, version) in entry.versions() {
        let allowed: Vec<&Located> = entry.main.allow.iter().chain(&version.allow).collect();
        let allowed = StatedFacts::of(&allowed);
        for (code, span) in unproven(&version.answer.text, lang, &[stated, &allowed]) {
            let what = version.answer.text.get(span.clone()).unwrap_or_default();
            let message = format!("`{what}` is not in the announcement");
            let hint = match code {
                Code::UnprovenAddress => "use only addresses that are in the announcement",
                _ => {
                    "use the words of the announcement, or permit it with `allow = [\"…\"]` if it is correct"
                }
            };
            findings.push(Finding::new(code, place(version, span), message).hint(hint));
        }
    }
}

fn place(version: &ParsedVersion, span: Range<usize>) -> crate::knowledge::content::finding::Place {
    let whole = &version.answer.span;
    // Removed hidden characters shift the offsets: then the finding points at the whole answer.
    let is_as_written = version.source.text().get(whole.clone()) == Some(version.answer.text.as_str());
    match is_as_written {
        true => version.source.place(whole.start + span.start..whole.start + span.end),
        false => version.source.place(whole.clone()),
    }
}

/// The facts of `text` that none of `known` states, in the order of the text.
fn unproven(text: &str, lang: Lang, known: &[&StatedFacts]) -> Vec<(Code, Range<usize>)> {
    let mut found = Vec::new();
    let mut rest = text.to_owned();
    for span in addresses(text) {
        let address = text.get(span.clone()).unwrap_or_default();
        if !known.iter().any(|stated| stated.has_address(address)) {
            found.push((Code::UnprovenAddress, span.clone()));
        }
        // Replaced byte by byte, so that its words and numbers are not checked again and the offsets stay valid.
        rest.replace_range(span.clone(), &" ".repeat(span.len()));
    }
    let words = words(&rest);
    for number in numbers(&rest, &words) {
        if !known.iter().any(|stated| stated.numbers.contains(&number.value)) {
            found.push((Code::UnprovenNumber, number.span));
        }
    }
    let mut last: Option<usize> = None;
    for (at, word) in words.iter().enumerate() {
        let is_pronoun = lang == Lang::En && word.text == "I";
        let name: String = word.text.nfc().collect();
        if !word.is_name() || is_pronoun || known.iter().any(|stated| stated.names.contains(&name)) {
            continue;
        }
        // "World Vision" is one finding.
        let continues =
            last == at.checked_sub(1) && last.is_some() && matches!(word.gap, " " | "-" | "'" | "’");
        match found.last_mut() {
            Some((Code::UnprovenName, span)) if continues => span.end = word.end(),
            _ => found.push((Code::UnprovenName, word.at..word.end())),
        }
        last = Some(at);
    }
    found.sort_by_key(|(_, span)| span.start);
    found
}

/// The ranges of links and mail addresses.
fn addresses(text: &str) -> Vec<Range<usize>> {
    const ENDS: &[char] = &['<', '>', '(', ')', '[', ']', '"', '“', '”', '«', '»', '`', '|'];
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(|c: char| c.is_whitespace() || ENDS.contains(&c)) {
        let start = at;
        at += piece.len();
        let piece = piece.trim_end_matches(|c: char| c.is_whitespace() || ENDS.contains(&c));
        let kept = piece.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '\'', '’', '…']);
        let lead = kept.len() - kept.trim_start_matches(['*', '_', '\'', '‘', '~']).len();
        let kept = kept.get(lead..).unwrap_or_default();
        let is_link = kept.contains("://") || kept.starts_with("www.");
        let is_mail = kept.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if is_link || is_mail {
            found.push(start + lead..start + lead + kept.len());
        }
    }
    found
}

/// An address without its scheme, `www.` and final slash, in lower case.
fn bare(address: &str) -> String {
    let lower = address.to_lowercase();
    let bare =
        lower.trim_start_matches("mailto:").trim_start_matches("https://").trim_start_matches("http://");
    bare.trim_start_matches("www.").trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::content::entry::Passage;

    fn stated() -> StatedFacts {
        let text = "After 8 years IJM leaves Rwanda. Over 70 were convicted; scores of police officers, hundreds of victims. \
            The One Stop Centers and the Ministry of Justice stay. See media@ijm.ca.";
        StatedFacts::new(&Announcement {
            title: "IJM Phases Out".into(),
            url: "https://ijm.ca/news/out".into(),
            media_contact: "media@ijm.ca".into(),
            publisher: "IJM Canada".into(),
            passages: vec![Passage { paragraph: 1, text: text.into() }],
        })
    }

    fn found(text: &str, lang: Lang, allow: &[&str]) -> Vec<String> {
        let allow: Vec<Located> =
            allow.iter().map(|text| Located { text: (*text).into(), span: 0..0 }).collect();
        let allowed = StatedFacts::of(&allow.iter().collect::<Vec<_>>());
        let found = unproven(text, lang, &[&stated(), &allowed]);
        found.into_iter().map(|(code, span)| format!("{code} {}", text.get(span).unwrap())).collect()
    }

    #[test]
    fn what_the_announcement_states_is_accepted_in_figures_and_in_words() {
        let text = "After eight years IJM's work ends. More than seventy people were convicted, and I am glad. \
            Write to media@ijm.ca or see <https://www.ijm.ca/news/out/>. **IJM Canada** said so: “Over 70”.";
        assert_eq!(found(text, Lang::En, &[]), Vec::<String>::new());
    }

    #[test]
    fn numbers_names_and_addresses_made_up_are_found_in_order() {
        let text = "In 2016 IJM left Kigali for World Vision after nine years. Call https://example.org/x, or me@ijm.ca.";
        let expected = [
            "F029 2016",
            "F030 Kigali",
            "F030 World Vision",
            "F029 nine",
            "F031 https://example.org/x",
            "F031 me@ijm.ca",
        ];
        assert_eq!(found(text, Lang::En, &[]), expected);
    }

    #[test]
    fn french_sentence_starts_and_elisions_are_not_names() {
        let text = "L’annonce le dit. Après huit ans, l'équipe d'IJM part ; des centaines de victimes et des dizaines de policiers. Elle quitte le Rwanda.";
        assert_eq!(found(text, Lang::Fr, &[]), Vec::<String>::new());
        assert_eq!(
            found("Elle aide l'Institut, près de Kigali.", Lang::Fr, &[]),
            ["F030 Institut", "F030 Kigali"]
        );
    }

    #[test]
    fn allow_permits_only_its_own_words_and_numbers() {
        let text = "Merci au Ministère de la Justice et à l’Église, depuis 12 ans.";
        assert_eq!(found(text, Lang::Fr, &["Ministère de la Justice", "douze"]), ["F030 Église"]);
    }

    #[test]
    fn a_link_in_markdown_is_checked_by_its_address() {
        assert_eq!(found("See [the text](https://ijm.ca/news/out).", Lang::En, &[]), Vec::<String>::new());
        assert_eq!(
            found("See [the text](https://ijm.ca.example/).", Lang::En, &[]),
            ["F031 https://ijm.ca.example/"]
        );
    }

    proptest::proptest! {
        #[test]
        fn every_finding_is_within_the_answer(text in ".{0,120}") {
            for (_, span) in unproven(&text, Lang::Fr, &[&stated()]) {
                proptest::prop_assert!(text.get(span).is_some());
            }
        }
    }
}
