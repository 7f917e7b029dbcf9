//! What each degree of caution costs, counted on the FAQ's own tests: `asks`, which their entry must answer, and
//! `not`, which it must not. The tests themselves are run as a reload runs them.

use std::fmt::Write;

use crate::{
    config::Caution,
    knowledge::content::entry::Content,
    knowledge::entry_tests::{FailedTest, TestReport},
};

/// The table of all degrees, with a star at the one in force.
pub(crate) fn table(content: &Content, trials: &[(Caution, TestReport)], in_force: Caution) -> String {
    let n_asks: usize = content.entries.iter().map(|entry| entry.asks.len()).sum();
    let n_not: usize = content.entries.iter().map(|entry| entry.not.len()).sum();
    let mut out = format!(
        "What search.caution costs on the FAQ's own tests, {n_asks} to answer and {n_not} to leave alone (* in force):\n\
         {:<10}{:>16}{:>14}{:>15}{:>17}\n",
        "caution", "not answered", "by another", "tests failed", "not left alone"
    );
    for (caution, trial) in trials {
        let name = match caution {
            Caution::Low => "low",
            Caution::Normal => "normal",
            Caution::High => "high",
        };
        let star = if *caution == in_force { " *" } else { "" };
        let count =
            |counts: fn(&FailedTest) -> bool| trial.failures.iter().filter(|failure| counts(failure)).count();
        writeln!(
            out,
            "{:<10}{:>16}{:>14}{:>15}{:>17}",
            format!("{name}{star}"),
            count(|failure| failure.is_to_answer && failure.answered_by.is_none()),
            count(|failure| failure.is_to_answer && failure.answered_by.is_some()),
            trial.failures.len(),
            count(|failure| !failure.is_to_answer),
        )
        .expect("writing to a String cannot fail");
    }
    out
}

/// A failed test on one line.
pub(crate) fn line(failure: &FailedTest) -> String {
    let FailedTest { entry, question, .. } = failure;
    match (failure.is_to_answer, &failure.answered_by) {
        (true, Some(other)) => format!("{entry}: asks {question:?} was answered by {other}"),
        (true, None) => format!("{entry}: asks {question:?} was not answered"),
        (false, _) => format!("{entry}: not {question:?} was answered by it all the same"),
    }
}
