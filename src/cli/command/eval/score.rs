//! The scorecard: all figures over all judged questions, and per kind and language. Pure.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    cli::command::eval::{
        calibration::{self, Bin},
        judge::{Judged, Outcome},
        question::Question,
        ranking::{auroc, best_threshold, refusal_at, share},
    },
    knowledge::content::entry::Kind,
};

/// Counts over a set of questions, from which every share follows.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Counts {
    /// Questions.
    pub n: usize,
    /// Of them answerable: an answer entry is expected.
    pub answerable: usize,
    /// Answerable and answered right.
    pub right: usize,
    /// Answerable and answered wrong.
    pub wrong: usize,
    /// Answerable and not answered.
    pub abstained: usize,
    /// Of those not answered: the right entry was offered for choice.
    pub offered: usize,
    /// Answerable with the right entry in the first place, whatever the threshold said.
    pub best_right: usize,
    /// Not answerable.
    pub unanswerable: usize,
    /// Not answerable and answered.
    pub false_answers: usize,
    /// Not answerable, but something better than "unknown" is expected: a route, or an honest "not covered".
    pub with_route: usize,
    /// Of those, led to it.
    pub right_route: usize,
}

/// The counts of one route.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct RouteScore {
    /// Questions that should lead to it.
    pub expected: usize,
    /// Of them, those that did.
    pub found: usize,
    /// Other questions.
    pub others: usize,
    /// Of them, those that led to it all the same.
    pub false_alarms: usize,
}

/// Everything `faqbot eval` reports.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Score {
    /// Over all questions.
    pub all: Counts,
    /// Area under the ROC curve of the confidence, answerable against not.
    pub auroc: Option<f64>,
    /// Share of the unanswerable ones refused by a threshold that 95 % of the answerable ones pass.
    pub refused_at_95: Option<f64>,
    /// The best single threshold on the confidence and the share of right decisions it would reach.
    pub best_threshold: Option<(f64, f64)>,
    /// Expected calibration error of the confidence of the answers given.
    pub calibration_error: Option<f64>,
    /// The reliability table.
    pub reliability: Vec<Bin>,
    /// The route for the media.
    pub media: RouteScore,
    /// The route for people in need.
    pub need: RouteScore,
    /// Second questions of a message: how many, how many answered.
    pub second_questions: (usize, usize),
    /// By the kind of question, if the file gives it.
    pub by_kind: BTreeMap<String, Counts>,
    /// By language, if the file gives it.
    pub by_lang: BTreeMap<String, Counts>,
}

impl Counts {
    fn add(&mut self, judged: &Judged) {
        self.n += 1;
        match judged.outcome {
            Outcome::Right => self.right += 1,
            Outcome::Wrong => self.wrong += 1,
            Outcome::Abstained => {
                self.abstained += 1;
                self.offered += usize::from(judged.is_offered);
            }
            Outcome::FalseAnswer => self.false_answers += 1,
            Outcome::Refused => {}
        }
        if judged.is_answerable() {
            self.answerable += 1;
            self.best_right += usize::from(judged.is_best_right);
        } else {
            self.unanswerable += 1;
            self.with_route += usize::from(judged.expected.is_some());
            self.right_route += usize::from(judged.expected.is_some() && judged.is_right_route);
        }
    }

    /// Share of the answerable ones whose best entry, before any threshold, is right.
    pub(super) fn accuracy(&self) -> Option<f64> {
        share(self.best_right, self.answerable)
    }

    /// Share of right ones among the answers given.
    pub(super) fn precision(&self) -> Option<f64> {
        share(self.right, self.given())
    }

    /// Share of the answerable ones that were answered right.
    pub(super) fn recall(&self) -> Option<f64> {
        share(self.right, self.answerable)
    }

    /// Answers given, right or not.
    pub(super) fn given(&self) -> usize {
        self.right + self.wrong + self.false_answers
    }

    /// Share of the unanswerable ones that were answered.
    pub(super) fn false_rate(&self) -> Option<f64> {
        share(self.false_answers, self.unanswerable)
    }

    /// Share of all questions that were decided right: answered right, or rightly not answered.
    pub(super) fn decided_right(&self) -> Option<f64> {
        share(self.right + self.unanswerable - self.false_answers, self.n)
    }
}

/// The scorecard of these questions.
pub(super) fn score(judged: &[(&Question, &Judged)]) -> Score {
    let mut all = Counts::default();
    let (mut by_kind, mut by_lang) = (BTreeMap::new(), BTreeMap::new());
    for (question, judged) in judged {
        all.add(judged);
        for (table, name) in [(&mut by_kind, &question.kind), (&mut by_lang, &question.lang)] {
            if let Some(name) = name {
                table.entry(name.clone()).or_insert_with(Counts::default).add(judged);
            }
        }
    }
    let of = |is_answerable: bool| -> Vec<f64> {
        judged.iter().filter(|(_, j)| j.is_answerable() == is_answerable).map(|(_, j)| j.in_scope).collect()
    };
    let (answerable, other) = (of(true), of(false));
    let given: Vec<(f64, bool)> = judged.iter().flat_map(|(_, j)| j.given.iter().copied()).collect();
    let reliability = calibration::bins(&given);
    let chances: Vec<(f64, Option<bool>)> =
        judged.iter().map(|(_, j)| (j.in_scope, j.is_answerable().then_some(j.is_best_right))).collect();
    Score {
        all,
        auroc: auroc(&answerable, &other),
        refused_at_95: refusal_at(&answerable, &other, 0.95),
        best_threshold: best_threshold(&chances),
        calibration_error: calibration::expected_error(&reliability),
        reliability,
        media: route_score(judged, Kind::Media),
        need: route_score(judged, Kind::Need),
        second_questions: judged.iter().fold((0, 0), |sum, (_, j)| (sum.0 + j.also.0, sum.1 + j.also.1)),
        by_kind,
        by_lang,
    }
}

fn route_score(judged: &[(&Question, &Judged)], kind: Kind) -> RouteScore {
    let mut score = RouteScore::default();
    for (_, judged) in judged {
        let led = usize::from(judged.led_to(kind));
        if judged.expected == Some(kind) {
            score.expected += 1;
            score.found += led;
        } else {
            score.others += 1;
            score.false_alarms += led;
        }
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cli::command::eval::{
            fixture::{content, id, verdict},
            judge::judge,
        },
        knowledge::matching::verdict::Decision as D,
    };

    #[test]
    fn every_share_follows_from_a_list_made_by_hand() {
        let row = |expected: Option<&str>, decision: D, confidence: f32| {
            let question =
                Question { expected: expected.map(id), kind: Some("plain".into()), ..Question::default() };
            let judged = judge(&question, &[verdict(decision, confidence)], &content());
            (question, judged)
        };
        let rows = [
            row(Some("why"), D::Answer(id("why")), 0.9),
            row(Some("why"), D::Answer(id("when")), 0.7),
            row(Some("when"), D::Suggest(vec![id("when")]), 0.4),
            row(Some("when"), D::Unknown(vec![]), 0.2),
            row(None, D::Answer(id("why")), 0.6),
            row(None, D::Unknown(vec![]), 0.1),
            row(Some("staff"), D::NotCovered(id("staff"), vec![]), 0.8),
            row(Some("media"), D::Route(Kind::Media, id("media")), 0.9),
            row(Some("chatter"), D::Route(Kind::Media, id("media")), 0.9),
        ];
        let rows: Vec<(&Question, &Judged)> =
            rows.iter().map(|(question, judged)| (question, judged)).collect();
        let score = score(&rows);
        assert_eq!((score.all.n, score.all.answerable, score.all.unanswerable), (9, 4, 5));
        assert_eq!(score.all.precision(), Some(1.0 / 3.0));
        assert_eq!(score.all.recall(), Some(0.25));
        assert_eq!(score.all.accuracy(), Some(0.5));
        assert_eq!((score.all.abstained, score.all.offered), (2, 1));
        assert_eq!(score.all.false_rate(), Some(0.2));
        assert_eq!(score.all.decided_right(), Some(5.0 / 9.0));
        assert_eq!((score.all.with_route, score.all.right_route), (3, 2));
        assert_eq!(score.media, RouteScore { expected: 1, found: 1, others: 8, false_alarms: 1 });
        assert_eq!(score.by_kind["plain"], score.all);
        assert_eq!(score.reliability.iter().map(|bin| bin.n).sum::<usize>(), 3);
    }
}
