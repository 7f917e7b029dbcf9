//! What a question and its reply leave to be counted and kept. Pure.
//!
//! Nothing at all is left of a message that took the path for people in need or for the media, or came close to it.

use crate::{
    bot::{
        compose::Scene,
        record::redact::redact,
        reply::{Outcome, Reply, Visibility},
        request::Place,
    },
    ids::UserId,
    knowledge::{
        content::entry::{EntryId, Kind},
        matching::verdict::{Decision, Verdict},
    },
    lang::Lang,
    store::{GapKind, NewGap},
};

/// From this score on of a route for people in need or for the media, a message may be of that kind although the matcher
/// decided otherwise.
const MAYBE_SENSITIVE: f32 = 0.08;
/// The same for the probability that a journalist wrote it.
const MAYBE_MEDIA: f32 = 0.3;

/// A question with its reply.
#[derive(Clone)]
pub(in crate::bot) struct Observed {
    /// Who asked.
    pub(super) asker: UserId,
    /// Whether everybody in a server saw question and answer. Of others nothing but counts is kept.
    pub(super) is_public: bool,
    /// How it ended.
    pub(super) outcome: Outcome,
    /// Its parts.
    pub(super) parts: Vec<Part>,
}

/// One part of a question.
#[derive(Clone)]
pub(super) struct Part {
    /// Its language.
    pub(super) lang: Lang,
    /// Its words without addresses and numbers; `None` if they may not be kept.
    pub(super) words: Option<String>,
    /// The entry shown, with its revision.
    pub(super) shown: Option<(EntryId, String)>,
    /// Near misses.
    pub(super) near: Vec<EntryId>,
    /// Whether it is about another subject.
    pub(super) is_off_topic: bool,
}

impl Part {
    /// The gap it is, if no entry was shown.
    pub(super) fn gap(&self, asker: UserId) -> Option<NewGap> {
        let kind = match (&self.shown, self.near.is_empty()) {
            (Some(_), _) => return None,
            (None, true) => GapKind::Unknown,
            (None, false) => GapKind::Suggested,
        };
        self.of_kind(kind, asker, None, None)
    }

    /// A gap of its words.
    pub(super) fn of_kind(
        &self,
        kind: GapKind,
        asker: UserId,
        entry: Option<&EntryId>,
        revision: Option<&str>,
    ) -> Option<NewGap> {
        Some(NewGap {
            asker,
            kind,
            lang: self.lang,
            words: self.words.clone()?,
            entry: entry.map(|entry| entry.as_str().to_owned()),
            revision: revision.map(str::to_owned),
        })
    }
}

impl Observed {
    /// What is left of a question; `None` if nothing is.
    pub(in crate::bot) fn of(scene: &Scene<'_>, verdicts: &[Verdict], reply: &Reply) -> Option<Observed> {
        let is_kept = matches!(reply.outcome, Outcome::Answer | Outcome::Suggest | Outcome::Unknown);
        if !is_kept || scene.place == Place::Terminal || verdicts.iter().any(is_sensitive) {
            return None;
        }
        let parts: Vec<Part> = verdicts.iter().filter_map(|verdict| part(scene, verdict)).collect();
        let is_public = matches!(scene.place, Place::Guild { .. }) && reply.visibility == Visibility::Public;
        (!parts.is_empty()).then_some(Observed {
            asker: scene.asker,
            is_public,
            outcome: reply.outcome,
            parts,
        })
    }
}

/// Whether a message may come from a person in need or from a journalist.
fn is_sensitive(verdict: &Verdict) -> bool {
    let of_route = |kind: Kind| matches!(kind, Kind::Need | Kind::Media);
    let is_near = verdict
        .evidence
        .hits
        .iter()
        .enumerate()
        .any(|(at, hit)| of_route(hit.kind) && (at == 0 || hit.score >= MAYBE_SENSITIVE));
    let is_media = verdict.evidence.media.is_some_and(|share| share >= MAYBE_MEDIA);
    matches!(verdict.decision, Decision::Route(kind, _) if of_route(kind)) || is_near || is_media
}

fn part(scene: &Scene<'_>, verdict: &Verdict) -> Option<Part> {
    let shown = |id: &EntryId| scene.content.entry(id).map(|e| (e.id.clone(), e.revision(verdict.lang)));
    let is_off_topic = matches!(verdict.decision, Decision::Route(Kind::OffTopic, _));
    let (shown, near) = match &verdict.decision {
        Decision::Answer(id) => (shown(id), &[][..]),
        Decision::NotCovered(id, near) => (shown(id), near.as_slice()),
        Decision::Suggest(near) | Decision::Unknown(near) => (None, near.as_slice()),
        Decision::Passages(_) | Decision::Route(Kind::OffTopic, _) => (None, &[][..]),
        Decision::Route(..) => return None,
    };
    // Of a message that addressed nobody, only what got a reply.
    if scene.is_overheard && shown.is_none() && near.is_empty() {
        return None;
    }
    let words = redact(&verdict.question);
    Some(Part { lang: verdict.lang, words, shown, near: near.to_vec(), is_off_topic })
}
