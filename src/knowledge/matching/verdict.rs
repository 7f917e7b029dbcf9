//! What the matcher says of one question, with everything that led to it.

use crate::{
    knowledge::{
        content::entry::{EntryId, Kind},
        matching::calibration::Features,
    },
    lang::Lang,
};

/// One question of a message and what the generation makes of it.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The question, one part of the message as typed.
    pub question: String,
    /// The language it is asked in, as far as it can be told.
    pub lang: Lang,
    /// The decision.
    pub decision: Decision,
    /// How sure the matcher is of the decision, calibrated, 0 to 1.
    pub confidence: f32,
    /// The scores behind it.
    pub evidence: Evidence,
}

/// The entry that a further question goes on from, after these `verdicts`: the last one that was shown. Small talk and
/// other subjects leave the one `before`; anything that was not answered ends it.
pub(crate) fn topic(verdicts: &[Verdict], before: Option<EntryId>) -> Option<EntryId> {
    let shown = verdicts.iter().rev().find_map(|verdict| match &verdict.decision {
        Decision::Answer(entry) | Decision::NotCovered(entry, _) => Some(entry.clone()),
        _ => None,
    });
    let is_aside = |verdict: &Verdict| {
        matches!(verdict.decision, Decision::Route(Kind::SmallTalk | Kind::Chatter | Kind::OffTopic, _))
    };
    shown.or_else(|| before.filter(|_| verdicts.iter().all(is_aside)))
}

/// The decision on one question.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// This entry answers it.
    Answer(EntryId),
    /// No entry is near, but these paragraphs of the announcement are, best first, at least one and at most three: they
    /// are offered, for nearness does not make an answer.
    Passages(Vec<usize>),
    /// Near misses, best first, at most three: none is sure enough.
    Suggest(Vec<EntryId>),
    /// An entry that says that the texts do not say; near misses beside it.
    NotCovered(EntryId, Vec<EntryId>),
    /// The texts do not say; near misses if any.
    Unknown(Vec<EntryId>),
    /// A route: media, need, small talk, another subject, chatter.
    Route(Kind, EntryId),
}

/// The scores behind a decision.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The best entries, best first, at most five.
    pub hits: Vec<Hit>,
    /// Score of the first less score of the second, 0 to 1.
    pub margin: f32,
    /// The score an answer needed, 0 to 1.
    pub threshold: f32,
    /// Which wording of the first hit was nearest, counted as `Entry::all_wordings` does.
    pub wording: usize,
    /// Words of that wording which the question shares: bit n for the n-th word.
    pub matched: u32,
    /// The cosine of the wording that is nearest of all, 0 to 1; `None` without vectors.
    pub nearest: Option<f32>,
    /// The probability that a journalist wrote it, 0 to 1, if there is a classifier for that.
    pub media: Option<f32>,
    /// The entry answered before, in the light of which it was asked; `None` if the question stands by itself.
    pub after: Option<EntryId>,
    /// What the confidence is computed from, as `rank::View::features` orders it.
    pub features: Features,
}

/// An entry with its scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The entry.
    pub entry: EntryId,
    /// Its kind.
    pub kind: Kind,
    /// Its score, 0 to 1: what is compared with the threshold.
    pub score: f32,
    /// Named parts of the score, for `--explain`.
    pub parts: Vec<(&'static str, f32)>,
}
