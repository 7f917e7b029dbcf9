//! The entries' own tests: `asks` must be answered by the entry, `not` must not.

use crate::knowledge::{
    Generation,
    content::entry::EntryId,
    matching::verdict::{Decision, Verdict},
};

/// How many of a hundred tests may fail before a generation is refused. A cautious bot leaves some of its own tests
/// unanswered, and they are reported; so many at once mean that the content itself went wrong.
const MAX_FAILED_PERCENT: usize = 15;
/// So few failures refuse nothing, however small the FAQ.
const FEW_FAILURES: usize = 3;

/// How the tests went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TestReport {
    /// How many there were.
    pub n_tests: usize,
    /// Those that failed.
    pub failures: Vec<FailedTest>,
}

/// A test that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedTest {
    /// The entry whose test it is.
    pub entry: EntryId,
    /// What was asked.
    pub question: String,
    /// Whether the entry was to answer it.
    pub is_to_answer: bool,
    /// The entry that did answer, if one did.
    pub answered_by: Option<EntryId>,
}

impl TestReport {
    /// Whether so many failed that something must be wrong with the content as a whole.
    pub(crate) fn is_too_bad(&self) -> bool {
        self.failures.len() > FEW_FAILURES && self.failures.len() * 100 > self.n_tests * MAX_FAILED_PERCENT
    }
}

struct Test<'a> {
    entry: &'a EntryId,
    question: &'a str,
    is_to_answer: bool,
}

/// Asks every test of every entry that may be answered `today`.
pub(crate) fn run(generation: &Generation, today: jiff::civil::Date) -> TestReport {
    let entries = generation.content().entries.iter().filter(|entry| !entry.is_expired(today));
    let tests: Vec<Test<'_>> = entries
        .flat_map(|entry| {
            let asks = entry.asks.iter().map(|question| (question, true));
            let not = entry.not.iter().map(|question| (question, false));
            asks.chain(not).map(|(question, is_to_answer)| Test { entry: &entry.id, question, is_to_answer })
        })
        .collect();
    let questions: Vec<&str> = tests.iter().map(|test| test.question).collect();
    let verdicts = generation.ask_all(&questions, today, "tests");
    let failures =
        tests.iter().zip(&verdicts).filter_map(|(test, verdicts)| failure(test, verdicts)).collect();
    TestReport { n_tests: tests.len(), failures }
}

fn failure(test: &Test<'_>, verdicts: &[Verdict]) -> Option<FailedTest> {
    let answered: Vec<&EntryId> = verdicts.iter().filter_map(answered_by).collect();
    let passed = answered.contains(&test.entry) == test.is_to_answer;
    (!passed).then(|| FailedTest {
        entry: test.entry.clone(),
        question: test.question.to_owned(),
        is_to_answer: test.is_to_answer,
        answered_by: answered.first().map(|id| (*id).clone()),
    })
}

fn answered_by(verdict: &Verdict) -> Option<&EntryId> {
    match &verdict.decision {
        Decision::Answer(id) | Decision::NotCovered(id, _) | Decision::Route(_, id) => Some(id),
        Decision::Passages(_) | Decision::Suggest(_) | Decision::Unknown(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{knowledge::matching::verdict::Evidence, lang::Lang};

    use super::*;

    fn verdict(decision: Decision) -> Verdict {
        Verdict {
            question: String::new(),
            lang: Lang::En,
            decision,
            confidence: 1.0,
            evidence: Evidence::default(),
        }
    }

    #[test]
    fn a_test_fails_where_the_wrong_entry_answers_and_where_the_right_one_must_not() {
        let (mine, other) = (EntryId::new("mine").unwrap(), EntryId::new("other").unwrap());
        let test = |is_to_answer| Test { entry: &mine, question: "?", is_to_answer };
        let by = |id: &EntryId| [verdict(Decision::Answer(id.clone()))];
        assert_eq!(failure(&test(true), &by(&mine)), None);
        assert_eq!(failure(&test(false), &by(&other)), None);
        assert_eq!(failure(&test(true), &by(&other)).unwrap().answered_by, Some(other));
        assert_eq!(
            failure(&test(true), &[verdict(Decision::Unknown(vec![mine.clone()]))]).unwrap().answered_by,
            None
        );
        assert!(failure(&test(false), &by(&mine)).is_some());
    }

    #[test]
    fn more_than_fifteen_in_a_hundred_failed_tests_are_too_many() {
        let failure = FailedTest {
            entry: EntryId::new("a").unwrap(),
            question: String::new(),
            is_to_answer: true,
            answered_by: None,
        };
        let trial = |n_failed: usize| TestReport { n_tests: 100, failures: vec![failure.clone(); n_failed] };
        assert!(!trial(0).is_too_bad());
        assert!(!trial(15).is_too_bad());
        assert!(trial(16).is_too_bad());
        assert!(!TestReport::default().is_too_bad());
    }
}
