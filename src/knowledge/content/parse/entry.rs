//! Parses each kind of file: the announcement, an entry or route, a version in another language.

use std::collections::BTreeMap;

use super::{
    fields::{Fields, tidy},
    front_matter::Parts,
    nearest,
};
use crate::{
    knowledge::content::{
        entry::{Announcement, EntryId, Kind, Passage},
        finding::{Code, Finding, Findings},
        parsed::{Located, ParsedEntry, ParsedVersion},
    },
    lang::Lang,
};

/// Parses the English file of an entry or a route. `None` if it cannot be used; a finding says why.
pub(super) fn main_entry(
    id: EntryId,
    is_route: bool,
    parts: Parts,
    findings: &mut Findings,
) -> Option<ParsedEntry> {
    let mut fields = Fields::new(&parts, findings)?;
    let question = fields.required("question", "Why …?");
    let (key, names) = if is_route { ("route", ROUTES) } else { ("kind", KINDS) };
    let is_plain = !is_route && !fields.has(key);
    let named = if is_route { fields.required(key, "small_talk") } else { fields.text(key) };
    let kind = match named {
        Some(text) => one_of(key, names, &text, &parts, fields.findings),
        None => is_plain.then_some(Kind::Answer),
    };
    let quotes = fields.texts("quotes");
    let allow = fields.texts("allow");
    let asks = fields.texts("asks");
    let not = fields.texts("not");
    let valid_from = fields.date("valid_from");
    let valid_until = fields.date("valid_until");
    let review_by = fields.date("review_by");
    let wordings = fields.wordings("also_asked", Lang::En, true);
    fields.finish();
    let answer = body(&parts, findings);
    let question = filled(question, &parts, findings)?;
    let (kind, answer) = (kind?, answer?);
    let main = ParsedVersion { source: parts.source, question, answer, allow, wordings };
    let others = BTreeMap::new();
    Some(ParsedEntry { id, kind, main, others, quotes, asks, not, valid_from, valid_until, review_by })
}

/// Parses the version in `lang`.
pub(super) fn version(lang: Lang, parts: Parts, findings: &mut Findings) -> Option<ParsedVersion> {
    let mut fields = Fields::new(&parts, findings)?;
    let question = fields.required("question", "…");
    let allow = fields.texts("allow");
    let wordings = fields.wordings("also_asked", lang, false);
    fields.finish();
    let answer = body(&parts, findings);
    let question = filled(question, &parts, findings);
    Some(ParsedVersion { question: question?, answer: answer?, allow, wordings, source: parts.source })
}

/// Parses the announcement.
pub(super) fn announcement(parts: Parts, findings: &mut Findings) -> Option<Announcement> {
    let mut fields = Fields::new(&parts, findings)?;
    let title = fields.required("title", "…");
    let mut optional = |key| fields.text(key).map(|located| located.text).unwrap_or_default();
    let (url, media_contact, publisher) = (optional("url"), optional("media_contact"), optional("publisher"));
    fields.finish();
    let text = body(&parts, findings);
    let title = filled(title, &parts, findings)?.text;
    Some(Announcement { title, url, media_contact, publisher, passages: passages(&text?.text) })
}

/// Blank lines separate paragraphs; a line end within one becomes a space.
fn passages(text: &str) -> Vec<Passage> {
    let mut paragraphs = vec![Vec::new()];
    for line in text.lines() {
        match (line.trim(), paragraphs.last_mut()) {
            ("", _) => paragraphs.push(Vec::new()),
            (line, Some(paragraph)) => paragraph.push(line),
            (_, None) => {}
        }
    }
    let filled = paragraphs.into_iter().filter(|lines| !lines.is_empty());
    filled.zip(1..).map(|(lines, paragraph)| Passage { paragraph, text: lines.join(" ") }).collect()
}

fn body(parts: &Parts, findings: &mut Findings) -> Option<Located> {
    let raw = parts.source.text().get(parts.body.clone()).unwrap_or_default();
    let located = tidy(raw, parts.body.clone(), parts, findings);
    if located.text.is_empty() {
        let place = parts.source.place(parts.front.end..parts.front.end + 3);
        let finding = Finding::new(Code::MissingBody, place, "there is no text below the front matter");
        findings.push(finding.hint("write the text below the second `+++` line"));
        return None;
    }
    Some(located)
}

fn filled(text: Option<Located>, parts: &Parts, findings: &mut Findings) -> Option<Located> {
    let text = text?;
    if text.text.is_empty() {
        let finding = Finding::new(Code::EmptyText, parts.source.place(text.span), "this text is empty");
        findings.push(finding.hint("write a text between the quotes"));
        return None;
    }
    Some(text)
}

const KINDS: &[(&str, Kind)] = &[("answer", Kind::Answer), ("not_covered", Kind::NotCovered)];
const ROUTES: &[(&str, Kind)] = &[
    ("media", Kind::Media),
    ("need", Kind::Need),
    ("small_talk", Kind::SmallTalk),
    ("off_topic", Kind::OffTopic),
    ("chatter", Kind::Chatter),
];

fn one_of(
    key: &str,
    names: &[(&str, Kind)],
    text: &Located,
    parts: &Parts,
    findings: &mut Findings,
) -> Option<Kind> {
    if let Some((_, kind)) = names.iter().find(|(name, _)| *name == text.text) {
        return Some(*kind);
    }
    let place = parts.source.place(text.span.clone());
    let finding = Finding::new(Code::BadValue, place, format!("`{}` is not a known {key}", text.text));
    let all: Vec<String> = names.iter().map(|(name, _)| format!("`{name}`")).collect();
    let is_route_elsewhere = key == "kind" && ROUTES.iter().any(|(name, _)| *name == text.text);
    findings.push(match nearest(&text.text, names.iter().map(|(name, _)| *name)) {
        _ if is_route_elsewhere => finding.hint("put routes into `_routes/`, with `route` instead of `kind`"),
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None => finding.hint(format!("use one of {}", all.join(", "))),
    });
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_counted_from_one_and_wrapped_lines_are_joined() {
        let passages = passages("First line\nwrapped.\n\n\n  Second. ");
        assert_eq!(
            passages,
            [
                Passage { paragraph: 1, text: "First line wrapped.".to_owned() },
                Passage { paragraph: 2, text: "Second.".to_owned() },
            ]
        );
    }
}
