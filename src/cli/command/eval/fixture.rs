//! A small FAQ and verdicts made by hand, for the tests of the figures.

use std::collections::BTreeMap;

use crate::{
    knowledge::{
        content::entry::{Citation, Content, ContentHash, Entry, EntryDates, EntryId, Kind, Version},
        matching::verdict::{Decision, Evidence, Hit, Verdict},
    },
    lang::Lang,
};

pub(super) fn id(name: &str) -> EntryId {
    EntryId::new(name).unwrap()
}

/// Two answers (`when`, `why`), one entry that is not covered (`staff`), two routes.
pub(super) fn content() -> Content {
    let entry = |name: &str, kind: Kind| Entry {
        id: id(name),
        kind,
        versions: BTreeMap::from([(
            Lang::En,
            Version { question: format!("{name}?"), answer: "Yes.".into() },
        )]),
        wordings: Vec::new(),
        citations: vec![Citation { paragraph: Some(if name == "why" { 1 } else { 2 }), quote: "yes".into() }],
        asks: Vec::new(),
        not: Vec::new(),
        dates: EntryDates::default(),
    };
    let entries = vec![
        entry("chatter", Kind::Chatter),
        entry("media", Kind::Media),
        entry("staff", Kind::NotCovered),
        entry("when", Kind::Answer),
        entry("why", Kind::Answer),
    ];
    Content { announcement: None, entries, hash: ContentHash(String::new()) }
}

/// A verdict whose best entry is the one decided for.
pub(super) fn verdict(decision: Decision, confidence: f32) -> Verdict {
    let best = match &decision {
        Decision::Answer(id) | Decision::NotCovered(id, _) | Decision::Route(_, id) => Some(id.clone()),
        Decision::Suggest(near) | Decision::Unknown(near) => near.first().cloned(),
        Decision::Passages(_) => None,
    };
    let hit = |entry| Hit { entry, kind: Kind::Answer, score: confidence, parts: Vec::new() };
    let evidence = Evidence { hits: best.map(hit).into_iter().collect(), ..Evidence::default() };
    Verdict { question: String::new(), lang: Lang::En, decision, confidence, evidence }
}
