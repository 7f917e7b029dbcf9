//! Asks a question that does not stand by itself in the light of the entry that was answered before.
//!
//! The question is asked again with the subject of that entry behind it, and the same thresholds decide as for any other
//! question. That entry itself is left out, since whoever goes on asking wants something else.

use crate::{
    knowledge::{
        content::entry::{EntryId, Kind},
        generation::asking::{Asking, EXACT},
        matching::{
            follow_up::{self, Dependence},
            normalise,
            vectors::Probe,
            verdict::{Decision, Evidence, Hit, Verdict},
        },
    },
    lang::Lang,
};

/// Up to this share of the entry answered before, the question with its subject says enough about another one.
const MAX_SHARE_BEFORE: f32 = 0.93;
/// With this confidence a question that has a subject of its own stands by itself.
const SURE_ALONE: f32 = 0.97;
/// With this share a question that has a subject of its own is about something else.
const SURE_OFF_TOPIC: f32 = 0.75;
/// By how much the confidence in the light of the entry before may be lower, where both lead to an entry.
const MAX_LOSS: f32 = 0.05;
/// The share from which on an entry near the one before is offered beside another.
const WORTH_OFFERING: f32 = 0.03;
/// Entries near another, as a share of all.
const NEARBY: usize = 8;
/// And at least so many.
const MIN_NEARBY: usize = 3;

impl Asking<'_> {
    /// The verdict on a question whose verdict by itself is `own`, after the entry at `before` was answered.
    pub(super) fn in_context(&self, own: Verdict, before: Option<usize>) -> Verdict {
        let Some(before) = before else { return own };
        let words = normalise::words(&own.question);
        let dependence = follow_up::dependence(&words);
        if dependence == Dependence::None
            || self.stands_alone(&own, dependence)
            || (dependence == Dependence::Partial && self.is_about_something_unknown(&words))
        {
            return own;
        }
        let with = self.with_subject(&own, before);
        let n_content = follow_up::n_content(&words);
        match (led_to(&own.decision), with) {
            (Some(id), Some(with)) if led_to(&with.decision) == Some(id) => {
                if with.confidence > own.confidence { with } else { own }
            }
            (Some(id), Some(with)) if led_to(&with.decision).is_some() => {
                let is_better = match dependence {
                    Dependence::Full => true,
                    _ => {
                        let loss = own.confidence - with.confidence;
                        // Where both belong to what was asked before, the surer one is meant.
                        let is_elsewhere = !self.is_nearby(id, before) || loss < -MAX_LOSS;
                        // No answer is given up for a refusal.
                        let is_answer = |verdict: &Verdict| matches!(verdict.decision, Decision::Answer(_));
                        (is_answer(&with) || !is_answer(&own))
                            && is_elsewhere
                            && led_to(&with.decision).is_some_and(|id| self.is_nearby(id, before))
                            && own.confidence < SURE_ALONE
                            && (n_content <= 1 || loss <= MAX_LOSS)
                    }
                };
                if is_better { with } else { own }
            }
            (None, Some(with)) if led_to(&with.decision).is_some() => with,
            (None, Some(with)) if dependence == Dependence::Full && is_offering(&with) => with,
            // Without a subject of its own it means nothing alone, however near it is to some wording.
            (Some(id), with) if dependence == Dependence::Full && !self.is_nearby(id, before) => with
                .unwrap_or_else(|| Verdict { decision: Decision::Suggest(vec![id.clone()]), ..own.clone() }),
            (Some(id), _) if follow_up::joins_on(&words) && !self.is_nearby(id, before) => {
                self.offering_nearby(own.clone(), id, before)
            }
            _ => own,
        }
    }

    /// Whether the verdict on a question by itself holds, whatever was asked before: a person in need, a journalist, small
    /// talk, another subject.
    fn stands_alone(&self, own: &Verdict, dependence: Dependence) -> bool {
        let share = own.evidence.hits.first().map_or(0.0, |hit| hit.score);
        match &own.decision {
            Decision::Route(Kind::Need | Kind::Media, _) => true,
            Decision::Route(Kind::SmallTalk | Kind::Chatter, _) => dependence == Dependence::Partial,
            Decision::Route(..) => dependence == Dependence::Partial && share >= SURE_OFF_TOPIC,
            _ => false,
        }
    }

    /// Whether the content has no word of the question's own subject, as in "and parking for bicycles?": the subject
    /// before would answer it with something else.
    fn is_about_something_unknown(&self, words: &[String]) -> bool {
        let words = self.corrected(words);
        let mut content = follow_up::content(&words).peekable();
        content.peek().is_some() && content.all(|word| !self.generation.matcher.lexicon.has(word))
    }

    /// The verdict on the question with the subject of the entry at `before`; `None` if that is all it is about.
    fn with_subject(&self, own: &Verdict, before: usize) -> Option<Verdict> {
        let entries = &self.generation.content.entries;
        let lang = if own.lang == Lang::Fr { Lang::Fr } else { Lang::En };
        let subject = follow_up::subject(entries, before, lang);
        let asked = own.question.trim_end_matches(|c: char| !c.is_alphanumeric());
        let text = format!("{asked} {subject}");
        let words = normalise::words(&text);
        let (matched, share) = self.inferred_without(&words, Some(before));
        if subject.is_empty() || share > MAX_SHARE_BEFORE {
            return None;
        }
        let verdict = self.verdict(text, &words, own.lang, &matched, false);
        let evidence = Evidence { after: Some(entries[before].id.clone()), ..verdict.evidence };
        Some(Verdict { question: own.question.clone(), evidence, ..verdict })
    }

    /// The entry that the question leads to by itself, offered beside one that is near the entry before.
    fn offering_nearby(&self, own: Verdict, id: &EntryId, before: usize) -> Verdict {
        let near = own.evidence.hits.iter().find(|hit| {
            hit.score >= WORTH_OFFERING && !hit.kind.is_route() && self.is_nearby(&hit.entry, before)
        });
        match near.map(|hit| hit.entry.clone()) {
            Some(near) => Verdict { decision: Decision::Suggest(vec![near, id.clone()]), ..own },
            None => own,
        }
    }

    /// Whether an entry is among those whose wordings are nearest to those of the entry at `before`.
    fn is_nearby(&self, id: &EntryId, before: usize) -> bool {
        let entries = &self.generation.content.entries;
        let centroids = &self.generation.matcher.centroids;
        let Some(at) = entries.iter().position(|entry| entry.id == *id) else { return false };
        if before >= centroids.len() || at >= centroids.len() {
            return false;
        }
        let from = Probe::new(&centroids.get(before));
        let mine = centroids.cosine(at, &from);
        let others =
            (0..centroids.len()).filter(|other| *other != before && !entries[*other].kind.is_route());
        let n_nearer = others.clone().filter(|other| centroids.cosine(*other, &from) > mine).count();
        n_nearer < (others.count() / NEARBY).max(MIN_NEARBY)
    }

    /// The entry before once more, in the language that a message asks for, if it asks for nothing else.
    pub(super) fn in_language(&self, message: &str, before: Option<usize>) -> Option<Verdict> {
        let lang = follow_up::asked_language(&normalise::words(message))?;
        let entry = self.generation.content.entries.get(before?)?;
        let id = entry.id.clone();
        let decision = match entry.kind {
            Kind::Answer if entry.is_valid_on(self.today) => Decision::Answer(id.clone()),
            Kind::NotCovered if entry.is_valid_on(self.today) => Decision::NotCovered(id.clone(), Vec::new()),
            _ => return None,
        };
        let hit = Hit { entry: id.clone(), kind: entry.kind, score: EXACT, parts: Vec::new() };
        let evidence = Evidence {
            hits: vec![hit],
            margin: EXACT,
            threshold: self.generation.threshold,
            wording: usize::MAX,
            after: Some(id),
            ..Evidence::default()
        };
        Some(Verdict { question: message.trim().to_owned(), lang, decision, confidence: EXACT, evidence })
    }
}

/// Whether near misses are offered.
fn is_offering(verdict: &Verdict) -> bool {
    matches!(verdict.decision, Decision::Suggest(_))
}

/// The entry that a decision leads to.
pub(super) fn led_to(decision: &Decision) -> Option<&EntryId> {
    match decision {
        Decision::Answer(id) | Decision::NotCovered(id, _) => Some(id),
        _ => None,
    }
}
