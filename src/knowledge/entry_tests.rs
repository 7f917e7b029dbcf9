//! The entries' own tests: `asks` must be answered by the entry, `not` must not.

use crate::knowledge::{
    Generation,
    content::entry::{Content, EntryId},
    matching::verdict::{Decision, Verdict},
};

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

/// A question of an entry's own tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntryTest {
    /// The entry whose test it is.
    pub(crate) entry: EntryId,
    /// What is asked.
    pub(crate) question: String,
    /// Whether the entry is to answer it.
    pub(crate) is_to_answer: bool,
}

/// What a question gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// The answer of an entry or a route.
    Entry(EntryId),
    /// The nearest paragraphs of the announcement.
    Paragraphs,
    /// Near misses to choose from.
    NearMisses,
    /// Nothing: the texts do not say.
    Nothing,
}

/// Every test of every entry that may be answered `today`.
pub(crate) fn tests(content: &Content, today: jiff::civil::Date) -> Vec<EntryTest> {
    let entries = content.entries.iter().filter(|entry| entry.is_valid_on(today));
    let tests = entries.flat_map(|entry| {
        let asks = entry.asks.iter().map(|question| (question, true));
        let not = entry.not.iter().map(|question| (question, false));
        asks.chain(not).map(|(question, is_to_answer)| EntryTest {
            entry: entry.id.clone(),
            question: question.clone(),
            is_to_answer,
        })
    });
    tests.collect()
}

/// Asks every test of every entry that may be answered `today`.
pub(crate) fn run(generation: &Generation, today: jiff::civil::Date) -> TestReport {
    let tests = tests(generation.content(), today);
    let questions: Vec<&str> = tests.iter().map(|test| test.question.as_str()).collect();
    judge(&tests, &ask(generation, &questions, today))
}

/// The name under which the vectors of the tests' questions are kept.
const CACHE: &str = "tests";

/// What each of the questions gets, in order. Their vectors are kept for the next time.
pub(crate) fn ask(generation: &Generation, questions: &[&str], today: jiff::civil::Date) -> Vec<Vec<Given>> {
    all_given(&generation.ask_all(questions, today, CACHE))
}

/// The same for some of the questions that another generation was just asked, whose vectors stay kept.
pub(crate) fn ask_again(
    generation: &Generation,
    questions: &[&str],
    today: jiff::civil::Date,
) -> Vec<Vec<Given>> {
    all_given(&generation.ask_beside(questions, today, CACHE))
}

fn all_given(verdicts: &[Vec<Verdict>]) -> Vec<Vec<Given>> {
    verdicts.iter().map(|verdicts| verdicts.iter().map(given).collect()).collect()
}

/// Which tests fail, from what the question of each gets.
pub(crate) fn judge(tests: &[EntryTest], given: &[Vec<Given>]) -> TestReport {
    let failures = tests.iter().zip(given).filter_map(|(test, given)| test.failure(given)).collect();
    TestReport { n_tests: tests.len(), failures }
}

impl EntryTest {
    /// How it fails, if it does.
    pub(crate) fn failure(&self, given: &[Given]) -> Option<FailedTest> {
        let answered: Vec<&EntryId> = given.iter().filter_map(Given::entry).collect();
        let passed = answered.contains(&&self.entry) == self.is_to_answer;
        (!passed).then(|| FailedTest {
            entry: self.entry.clone(),
            question: self.question.clone(),
            is_to_answer: self.is_to_answer,
            answered_by: answered.first().map(|id| (*id).clone()),
        })
    }
}

impl Given {
    fn entry(&self) -> Option<&EntryId> {
        match self {
            Given::Entry(id) => Some(id),
            Given::Paragraphs | Given::NearMisses | Given::Nothing => None,
        }
    }
}

fn given(verdict: &Verdict) -> Given {
    match &verdict.decision {
        Decision::Answer(id) | Decision::NotCovered(id, _) | Decision::Route(_, id) => {
            Given::Entry(id.clone())
        }
        Decision::Passages(_) => Given::Paragraphs,
        Decision::Suggest(_) => Given::NearMisses,
        Decision::Unknown(_) => Given::Nothing,
    }
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn a_test_fails_where_the_wrong_entry_answers_and_where_the_right_one_must_not() {
        let (mine, other) = (EntryId::new("mine").unwrap(), EntryId::new("other").unwrap());
        let test = |is_to_answer| EntryTest { entry: mine.clone(), question: "?".into(), is_to_answer };
        let by = |id: &EntryId| [Given::Entry(id.clone())];
        assert_eq!(test(true).failure(&by(&mine)), None);
        assert_eq!(test(false).failure(&by(&other)), None);
        assert_eq!(test(true).failure(&by(&other)).unwrap().answered_by, Some(other));
        assert_eq!(test(true).failure(&[Given::NearMisses]).unwrap().answered_by, None);
        assert!(test(false).failure(&by(&mine)).is_some());
    }
}
