//! The outcome of one question: the verdicts of the matcher compared with what was expected. Pure.

use crate::{
    cli::command::eval::question::Question,
    knowledge::{
        content::entry::{Content, EntryId, Kind},
        matching::verdict::{Decision, Verdict},
    },
};

/// How one question ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Answerable and answered by an entry that serves.
    Right,
    /// Answerable and answered by another entry.
    Wrong,
    /// Answerable and not answered.
    Abstained,
    /// Not answerable and answered all the same.
    FalseAnswer,
    /// Not answerable and not answered.
    Refused,
}

/// One question with everything the figures need.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judged {
    /// How it ended.
    pub outcome: Outcome,
    /// Whether the best entry, before any threshold, serves. Only of answerable questions.
    pub is_best_right: bool,
    /// Whether the right entry was among those offered for choice.
    pub is_offered: bool,
    /// How far the matcher took it for answerable, -1 to 1: what the ROC curve is drawn of.
    pub in_scope: f64,
    /// Confidence of each answer given, and whether it serves.
    pub given: Vec<(f64, bool)>,
    /// What kind of entry was expected; `None`: none.
    pub expected: Option<Kind>,
    /// The routes and "not covered" entries it led to.
    pub routes: Vec<(Kind, EntryId)>,
    /// Whether one of those routes was the one expected, or none was needed and none was taken.
    pub is_right_route: bool,
    /// Of the further questions in the message: how many there were and how many were answered.
    pub also: (usize, usize),
}

impl Judged {
    /// Whether an entry answers the question at all.
    pub(super) fn is_answerable(&self) -> bool {
        self.expected == Some(Kind::Answer)
    }

    /// Whether it led to a route of this kind.
    pub(super) fn led_to(&self, kind: Kind) -> bool {
        self.routes.iter().any(|(route, _)| *route == kind)
    }
}

/// Judges the `verdicts` on `question`.
pub(super) fn judge(question: &Question, verdicts: &[Verdict], content: &Content) -> Judged {
    let expected = question.expected.as_ref().and_then(|id| content.entry(id)).map(|entry| entry.kind);
    let mut judged = Judged {
        outcome: Outcome::Refused,
        is_best_right: false,
        is_offered: false,
        in_scope: verdicts.iter().map(in_scope).fold(-1.0, f64::max),
        given: Vec::new(),
        expected,
        routes: Vec::new(),
        is_right_route: false,
        also: (question.also_expected.len(), 0),
    };
    let mut answered = Vec::new();
    for verdict in verdicts {
        let confidence = f64::from(verdict.confidence);
        judged.is_best_right |= verdict.evidence.hits.first().is_some_and(|hit| question.allows(&hit.entry));
        match &verdict.decision {
            Decision::Answer(id) => {
                judged.given.push((confidence, question.allows(id)));
                answered.push(id.clone());
            }
            Decision::Passages(paragraphs) => {
                judged.is_offered |= paragraphs.iter().any(|number| proves(question, *number, content));
            }
            // An entry that says "not covered" where the question allows it serves like an answer; anywhere else
            // it is a refusal.
            Decision::NotCovered(id, near) => {
                if judged.is_answerable() && question.allows(id) {
                    judged.given.push((confidence, true));
                }
                judged.routes.push((Kind::NotCovered, id.clone()));
                judged.is_offered |= near.iter().any(|id| question.allows(id));
            }
            Decision::Route(kind, id) => judged.routes.push((*kind, id.clone())),
            Decision::Suggest(near) | Decision::Unknown(near) => {
                judged.is_offered |= near.iter().any(|id| question.allows(id));
            }
        }
    }
    judged.is_right_route = match judged.routes.as_slice() {
        [] => question.accepts_none,
        routes => routes.iter().any(|(kind, id)| question.allows(id) || Some(*kind) == route(expected)),
    };
    judged.also.1 = question.also_expected.iter().filter(|id| answered.contains(id)).count();
    let is_all_right = judged.given.iter().all(|(_, is_right)| *is_right);
    judged.outcome = match (judged.is_answerable(), judged.given.is_empty(), is_all_right) {
        (true, true, _) => Outcome::Abstained,
        (true, false, true) => Outcome::Right,
        (true, false, false) => Outcome::Wrong,
        (false, false, false) => Outcome::FalseAnswer,
        (false, ..) => Outcome::Refused,
    };
    judged
}

/// The kind, where it is one whose every entry is as good as another.
fn route(kind: Option<Kind>) -> Option<Kind> {
    kind.filter(|kind| kind.is_route())
}

/// The confidence is that of the best entry, whatever its kind. One that is no answer speaks against an answer, the
/// more the surer it is; so does nothing else, and every question with an answer for its best entry ranks above.
fn in_scope(verdict: &Verdict) -> f64 {
    let is_answer = match verdict.decision {
        Decision::Answer(_) => true,
        Decision::Route(..) | Decision::NotCovered(..) => false,
        Decision::Passages(_) | Decision::Suggest(_) | Decision::Unknown(_) => {
            verdict.evidence.hits.first().is_none_or(|hit| hit.kind == Kind::Answer)
        }
    };
    let confidence = f64::from(verdict.confidence);
    if is_answer { confidence } else { -confidence }
}

/// Whether an entry that serves the question rests on this paragraph of the announcement.
fn proves(question: &Question, paragraph: usize, content: &Content) -> bool {
    let serving = question.expected.iter().chain(&question.accept).chain(&question.also_expected);
    serving
        .filter_map(|id| content.entry(id))
        .filter(|entry| entry.kind == Kind::Answer)
        .any(|entry| entry.citations.iter().any(|citation| citation.paragraph == Some(paragraph)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cli::command::eval::fixture::{content, id, verdict},
        knowledge::matching::verdict::Decision as D,
    };

    fn outcome(expected: Option<&str>, decision: D) -> Judged {
        let question = Question { expected: expected.map(id), ..Question::default() };
        judge(&question, &[verdict(decision, 0.9)], &content())
    }

    #[test]
    fn an_answer_where_none_is_expected_is_false_whatever_was_expected_instead() {
        for expected in [None, Some("staff"), Some("media"), Some("chatter")] {
            assert_eq!(outcome(expected, D::Answer(id("why"))).outcome, Outcome::FalseAnswer);
            assert_eq!(outcome(expected, D::Passages(vec![1])).outcome, Outcome::Refused);
            assert_eq!(outcome(expected, D::Suggest(vec![id("why")])).outcome, Outcome::Refused);
        }
    }

    #[test]
    fn an_answerable_question_is_right_wrong_or_abstained() {
        assert_eq!(outcome(Some("why"), D::Answer(id("why"))).outcome, Outcome::Right);
        assert_eq!(outcome(Some("why"), D::Answer(id("when"))).outcome, Outcome::Wrong);
        for (paragraphs, is_offered) in [(vec![2, 1], true), (vec![2], false)] {
            let judged = outcome(Some("why"), D::Passages(paragraphs));
            assert_eq!((judged.outcome, judged.is_offered), (Outcome::Abstained, is_offered));
        }
        assert_eq!(outcome(Some("why"), D::NotCovered(id("staff"), vec![])).outcome, Outcome::Abstained);
        let offered = outcome(Some("why"), D::Suggest(vec![id("when"), id("why")]));
        assert_eq!((offered.outcome, offered.is_offered), (Outcome::Abstained, true));
    }

    #[test]
    fn any_small_talk_is_the_right_route_for_small_talk_but_not_any_entry_that_is_not_covered() {
        assert!(outcome(Some("media"), D::Route(Kind::Media, id("media"))).is_right_route);
        assert!(outcome(Some("chatter"), D::Route(Kind::Chatter, id("other"))).is_right_route);
        assert!(outcome(Some("staff"), D::NotCovered(id("staff"), vec![])).is_right_route);
        assert!(!outcome(Some("staff"), D::NotCovered(id("other"), vec![])).is_right_route);
    }

    #[test]
    fn the_second_of_two_questions_may_be_answered_too() {
        let question =
            Question { expected: Some(id("why")), also_expected: [id("when")].into(), ..Question::default() };
        let both = [verdict(D::Answer(id("why")), 0.9), verdict(D::Answer(id("when")), 0.8)];
        let judged = judge(&question, &both, &content());
        assert_eq!((judged.outcome, judged.also), (Outcome::Right, (1, 1)));
    }
}
