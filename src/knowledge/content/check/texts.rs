//! Checks lengths against what Discord can show, and Markdown that could mislead a member.

use crate::knowledge::content::{
    finding::{Code, Finding, Findings},
    parsed::{Located, ParsedEntry, ParsedVersion},
};

/// Discord's limit for an embed's title.
pub(crate) const QUESTION_CHARS: usize = 256;
/// Discord's limit for an embed's description is 4,096; the rest is for the text around the answer.
pub(crate) const ANSWER_CHARS: usize = 3_500;
/// A wording in characters.
pub(crate) const WORDING_CHARS: usize = 300;

/// Checks every text of `entry`.
pub(super) fn check(entry: &ParsedEntry, findings: &mut Findings) {
    for (_, version) in entry.versions() {
        length("question", &version.question, QUESTION_CHARS, version, findings);
        length("answer", &version.answer, ANSWER_CHARS, version, findings);
        for (wording, _) in &version.wordings {
            length("wording", wording, WORDING_CHARS, version, findings);
        }
        for text in [&version.question, &version.answer] {
            mentions(text, version, findings);
            masked_links(text, version, findings);
        }
    }
    for test in entry.asks.iter().chain(&entry.not) {
        length("test question", test, WORDING_CHARS, &entry.main, findings);
    }
}

fn length(what: &str, text: &Located, most: usize, version: &ParsedVersion, findings: &mut Findings) {
    // There are at least as many bytes as characters, and the number of bytes is free.
    if text.text.len() <= most {
        return;
    }
    let n_chars = text.text.chars().count();
    if n_chars > most {
        let message = format!("the {what} has {n_chars} characters, at most {most} are allowed");
        let finding = Finding::new(Code::TooLong, version.source.place(text.span.clone()), message);
        findings.push(finding.hint("shorten it"));
    }
}

fn mentions(text: &Located, version: &ParsedVersion, findings: &mut Findings) {
    for mention in ["@everyone", "@here", "<@"] {
        if text.text.contains(mention) {
            let message = format!("`{mention}` looks like a mention");
            let finding = Finding::new(Code::Mention, find(text, mention, version), message);
            findings.push(finding.hint("the bot never pings anyone; reword the text"));
        }
    }
}

/// `[text](address)` where the text is not the address.
fn masked_links(text: &Located, version: &ParsedVersion, findings: &mut Findings) {
    for (at, _) in text.text.match_indices("](") {
        let (before, after) = text.text.split_at(at);
        let label = before.rsplit('[').next().unwrap_or_default();
        let address = after.trim_start_matches("](").split([')', ' ', '\n']).next().unwrap_or_default();
        let bare = |s: &str| s.trim_start_matches("https://").trim_end_matches('/').to_lowercase();
        if before.contains('[') && bare(label) != bare(address) {
            let message = format!("the link text hides the address {address}");
            let link = format!("[{label}]({address}");
            let finding = Finding::new(Code::MaskedLink, find(text, &link, version), message);
            findings.push(finding.hint("write the address itself: Discord turns it into a link"));
        }
    }
}

fn find(text: &Located, part: &str, version: &ParsedVersion) -> crate::knowledge::content::finding::Place {
    let raw = version.source.text().get(text.span.clone()).unwrap_or_default();
    match raw.find(part) {
        Some(at) => version.source.place(text.span.start + at..text.span.start + at + part.len()),
        None => version.source.place(text.span.clone()),
    }
}
