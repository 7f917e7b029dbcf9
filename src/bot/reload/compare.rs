//! Compares the answers of a new generation with those of the one in force.

use std::collections::{HashMap, HashSet};

use crate::{
    bot::reload::Change,
    knowledge::{
        Generation,
        content::entry::Content,
        entry_tests::{self, FailedTest, Given, TestReport},
    },
};

/// What questions get, by question.
pub(super) type Answers = HashMap<String, Vec<Given>>;

/// What a new generation answers differently.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// How the entries' own tests went.
    pub tests: TestReport,
    /// Those of the failed tests that passed before.
    pub broken: Vec<FailedTest>,
    /// Those of the failed tests that are new.
    pub new_failures: Vec<FailedTest>,
    /// How many questions were compared.
    pub n_compared: usize,
    /// Those that are answered differently.
    pub differences: Vec<Difference>,
}

/// A question that is answered differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What was asked.
    pub question: String,
    /// What it gets in force.
    pub before: Vec<Given>,
    /// What it would get.
    pub after: Vec<Given>,
}

/// The generation in force, and what is known of its answers.
pub(super) struct Baseline<'a> {
    pub(super) generation: &'a Generation,
    pub(super) known: &'a Answers,
}

impl Comparison {
    /// Whether a test that passed before fails now.
    pub fn is_blocked(&self) -> bool {
        !self.broken.is_empty()
    }
}

/// Asks the new generation its own tests and, with a baseline, compares what both answer to the tests, to the questions
/// of changed entries and to `more`. Also returns every answer of the new generation.
pub(super) fn compare(
    new: &Generation,
    old: Option<Baseline<'_>>,
    change: Option<&Change>,
    more: &[String],
    today: jiff::civil::Date,
) -> (Comparison, Answers) {
    let tests = entry_tests::tests(new.content(), today);
    let mut questions: Vec<&str> = tests.iter().map(|test| test.question.as_str()).collect();
    if let (Some(old), Some(change)) = (&old, change) {
        questions.extend(of_changed_entries(old.generation.content(), new.content(), change));
        questions.extend(more.iter().map(String::as_str));
    }
    let given = entry_tests::ask(new, &questions, today);
    let report = entry_tests::judge(&tests, &given);
    let after: Answers = questions.iter().map(|question| (*question).to_owned()).zip(given).collect();
    let mut comparison = Comparison { tests: report, ..Comparison::default() };
    let Some(old) = old else { return (comparison, after) };
    let before = answers_of(&old, &questions, today);
    let mut seen = HashSet::new();
    for question in questions.iter().filter(|question| seen.insert(**question)) {
        if let (Some(before), Some(after)) = (before.get(*question), after.get(*question))
            && before != after
        {
            comparison.differences.push(Difference {
                question: (*question).to_owned(),
                before: before.clone(),
                after: after.clone(),
            });
        }
    }
    comparison.n_compared = seen.len();
    let earlier = entry_tests::tests(old.generation.content(), today);
    for failed in &comparison.tests.failures {
        let test = earlier.iter().find(|test| {
            (&test.entry, &test.question, test.is_to_answer)
                == (&failed.entry, &failed.question, failed.is_to_answer)
        });
        match (test, before.get(&failed.question)) {
            (None, _) => comparison.new_failures.push(failed.clone()),
            (Some(test), Some(given)) if test.failure(given).is_none() => {
                comparison.broken.push(failed.clone());
            }
            (Some(_), _) => {}
        }
    }
    (comparison, after)
}

/// What the generation in force answers; only what is not known yet is asked.
fn answers_of(old: &Baseline<'_>, questions: &[&str], today: jiff::civil::Date) -> Answers {
    let mut answers = Answers::new();
    let mut unknown = Vec::new();
    for question in questions {
        match old.known.get(*question) {
            Some(given) => {
                answers.insert((*question).to_owned(), given.clone());
            }
            None => unknown.push(*question),
        }
    }
    let given = entry_tests::ask_again(old.generation, &unknown, today);
    answers.extend(unknown.into_iter().map(str::to_owned).zip(given));
    answers
}

/// Every wording of the entries that were added, changed or removed.
fn of_changed_entries<'a>(old: &'a Content, new: &'a Content, change: &Change) -> Vec<&'a str> {
    let in_new = change.added.iter().chain(&change.changed).filter_map(|id| new.entry(id));
    let in_old = change.changed.iter().chain(&change.removed).filter_map(|id| old.entry(id));
    in_new.chain(in_old).flat_map(|entry| entry.all_wordings().map(|(wording, _)| wording)).collect()
}
