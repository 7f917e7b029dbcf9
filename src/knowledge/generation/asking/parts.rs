//! Splits a message into its questions and asks each, those that go on from another in its light.

use crate::knowledge::{
    content::entry::{EntryId, Kind},
    generation::asking::{Asking, in_context::led_to},
    matching::{
        follow_up, normalise, split,
        verdict::{Decision, Verdict},
    },
};

/// Places in a question at which it is tried whether it is two.
const MAX_TRIED: usize = 4;
/// From this confidence on a verdict is sure. Where it is not plain that a message is two questions, both parts must be,
/// and a whole that is sure is not parted: half a question is easily taken for another. Chosen by the totals of `dev.jsonl` and `test.jsonl`.
const SURE: f32 = 0.9;

impl Asking<'_> {
    /// A verdict for each question of `message`, in order. A question that does not stand by itself is asked in the light
    /// of the one before it in the message, the first one in that of the entry `after`, which was answered before.
    pub(in crate::knowledge::generation) fn ask(
        &self,
        message: &str,
        after: Option<&EntryId>,
    ) -> Vec<Verdict> {
        let mut before = after.and_then(|id| self.place(id));
        if let Some(verdict) = self.in_language(message, before) {
            return vec![verdict];
        }
        if self.equals_wording(message) {
            return vec![self.in_context(self.ask_one(message.trim().to_owned()), before)];
        }
        // A long story is cut down to its question, but a person in need is recognised by all of it.
        if split::is_long(message) {
            let whole = self.ask_one(message.trim().to_owned());
            if matches!(whole.decision, Decision::Route(Kind::Need, _)) {
                return vec![whole];
            }
        }
        let mut verdicts = Vec::new();
        for question in split::questions(message) {
            let parts = self.ask_parted(question, before, split::MAX_QUESTIONS - 1);
            before = parts.iter().rev().find_map(|part| self.place(led_to(&part.decision)?)).or(before);
            verdicts.extend(parts);
        }
        verdicts
    }

    fn place(&self, id: &EntryId) -> Option<usize> {
        self.generation.content.entries.iter().position(|entry| entry.id == *id)
    }

    /// One verdict, or several where a sentence asks several things of which each has its own answer.
    fn ask_parted(&self, question: String, before: Option<usize>, max_more: usize) -> Vec<Verdict> {
        if self.equals_wording(&question) || max_more == 0 {
            return vec![self.ask_in_context(question, before)];
        }
        let mut whole = None;
        for split in split::coordinations(&question).into_iter().take(MAX_TRIED) {
            let one = self.in_context(self.ask_one(split.first.clone()), before);
            let Some(first) = led_to(&one.decision) else { continue };
            let Some(at) = self.place(first) else { continue };
            let Some(two) = self.second(&split, &one, at) else { continue };
            if !split.is_question || !are_sure(&one, &two) {
                let whole = whole.get_or_insert_with(|| self.ask_in_context(question.clone(), before));
                if is_one_question(whole, [&one, &two], split.is_question) {
                    continue;
                }
            }
            let mut verdicts = vec![one];
            verdicts.extend(self.ask_rest(&split, two, at, max_more - 1));
            return verdicts;
        }
        vec![whole.unwrap_or_else(|| self.ask_in_context(question, before))]
    }

    /// What follows the first part: `two`, or several again.
    fn ask_rest(
        &self,
        split: &split::Coordination,
        two: Verdict,
        at: usize,
        max_more: usize,
    ) -> Vec<Verdict> {
        if split::coordinations(&split.second).is_empty() {
            return vec![two];
        }
        let rest = self.ask_parted(split.second.clone(), Some(at), max_more);
        if rest.len() > 1 { rest } else { vec![two] }
    }

    /// The verdict on the second part, after the first led to the entry at `at`, if it surely leads to another one: by
    /// itself, in the light of the first, or in the first one's place ("did you train police or judges").
    fn second(&self, split: &split::Coordination, one: &Verdict, at: usize) -> Option<Verdict> {
        let alone = self.in_context(self.ask_one(split.second.clone()), Some(at));
        let is_answer = |verdict: &Verdict| matches!(verdict.decision, Decision::Answer(_));
        let is_other = |verdict: &Verdict| {
            let is_sure = match (is_answer(one), &verdict.decision) {
                (true, Decision::Answer(_)) => split.is_question || are_sure(one, verdict),
                (false, Decision::Answer(_)) => are_sure(one, verdict),
                // A full question may have an honest refusal; of a mere word it would be noise.
                (true, Decision::NotCovered(..)) => split.is_question && are_sure(one, verdict),
                _ => false,
            };
            is_sure && led_to(&verdict.decision) != led_to(&one.decision)
        };
        if split.is_question {
            return Some(alone).filter(is_other);
        }
        let replaced = split.replaced().into_iter().map(|text| self.ask_one(text)).filter(|v| is_other(v));
        let best = replaced.max_by(|a, b| a.confidence.total_cmp(&b.confidence));
        let said = |verdict: Verdict| Verdict { question: split.second.clone(), ..verdict };
        let has_content = follow_up::n_content(&normalise::words(&split.second)) > 0;
        best.map(said).or_else(|| Some(alone).filter(|verdict| has_content && is_other(verdict)))
    }

    /// The verdict on the whole; where that is no answer, on the asking sentence alone: what people tell before they
    /// ask is often beside the point.
    fn ask_in_context(&self, question: String, before: Option<usize>) -> Verdict {
        let whole = self.in_context(self.ask_one(question.clone()), before);
        let is_hesitant = match whole.decision {
            Decision::Suggest(_) | Decision::Unknown(_) => true,
            Decision::Route(kind, _) => matches!(kind, Kind::OffTopic | Kind::Chatter | Kind::SmallTalk),
            _ => false,
        };
        let core = if is_hesitant { split::asking_sentence(&question) } else { None };
        match core.map(|core| self.in_context(self.ask_one(core), before)) {
            Some(part) if led_to(&part.decision).is_some() => Verdict { question, ..part },
            _ => whole,
        }
    }
}

/// Whether `whole`, the verdict on the undivided question, is the one to give and not those on its `parts`.
fn is_one_question(whole: &Verdict, parts: [&Verdict; 2], has_question_word: bool) -> bool {
    if matches!(whole.decision, Decision::Answer(_)) && whole.confidence >= SURE {
        return true;
    }
    // "Police and judges" may be one thing: then the whole leads elsewhere.
    let is_elsewhere = |id| parts.iter().all(|part| led_to(&part.decision) != Some(id));
    !has_question_word && led_to(&whole.decision).is_some_and(is_elsewhere)
}

fn are_sure(one: &Verdict, two: &Verdict) -> bool {
    one.confidence.min(two.confidence) >= SURE
}
