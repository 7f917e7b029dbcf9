//! How a reload ended, as a card for the moderator who asked for it.

use crate::{
    bot::{
        moderate::service,
        reload::{Attempt, Change, ReloadError, Report},
        reply::{Action, Button, Reply, Tone},
    },
    knowledge::content::finding::Findings,
    knowledge::entry_tests::TestReport,
    text::Text,
};

/// Findings and failed tests shown before "and n more": they must fit into one card.
const MAX_LINES: usize = 10;

/// The card, and the button that confirms a smaller FAQ.
pub(in crate::bot) fn report(words: Text, attempt: &Attempt, in_force: u64) -> Reply {
    match attempt {
        Ok(report) => done(words, report),
        Err(refusal) => refused(words, refusal, in_force),
    }
}

fn done(words: Text, report: &Report) -> Reply {
    let Some(change) = &report.change else {
        let body = words.reload_unchanged(report.generation);
        return service(words.reload_unchanged_title(), body, Tone::Info);
    };
    let mut lines = vec![words.reload_in_force(report.generation, report.took)];
    lines.extend(changes(words, change));
    lines.extend(test_lines(words, &report.tests));
    if !report.warnings.is_empty() {
        lines.push(words.reload_findings(report.warnings.n_warnings()));
        lines.extend(findings(words, &report.warnings));
    }
    service(words.reload_title(), lines.join("\n"), Tone::Info)
}

fn refused(words: Text, refusal: &ReloadError, in_force: u64) -> Reply {
    let mut lines = match refusal {
        ReloadError::Findings(all) => {
            let mut lines = vec![words.refused_reload_findings()];
            lines.extend(findings(words, all));
            lines
        }
        ReloadError::Shrunk { before, after } => vec![words.refused_reload_shrunk(*before, *after)],
        ReloadError::Tests(tests) => {
            let mut lines = vec![words.refused_reload_tests()];
            lines.extend(test_lines(words, tests));
            lines
        }
        ReloadError::Build(error) => vec![words.refused_reload_build(&error.to_string())],
        ReloadError::Panicked(reference) => vec![words.refused_reload_panic(reference)],
    };
    lines.push(match in_force {
        0 => words.refused_reload_nothing_in_force(),
        number => words.refused_reload_still(number),
    });
    let mut reply = service(words.refused_reload_title(), lines.join("\n"), Tone::Error);
    if matches!(refusal, ReloadError::Shrunk { .. }) {
        reply.buttons = vec![Button { label: words.button_reload_shrunk(), action: Action::ReloadShrunk }];
    }
    reply
}

fn changes(words: Text, change: &Change) -> Vec<String> {
    let mut lines: Vec<String> = [
        words.reload_added(&change.added),
        words.reload_changed(&change.changed),
        words.reload_removed(&change.removed),
    ]
    .into_iter()
    .flatten()
    .collect();
    if lines.is_empty() {
        lines.push(words.reload_same_entries());
    }
    if change.announcement {
        lines.push(words.reload_announcement_changed());
    }
    lines
}

fn test_lines(words: Text, tests: &TestReport) -> Vec<String> {
    let failures = tests.failures.iter().map(|failure| words.reload_failure(failure));
    let mut lines = vec![words.reload_tests(tests)];
    lines.extend(shortened(words, failures.collect()));
    lines
}

/// Errors first, as they stand in the way.
fn findings(words: Text, findings: &Findings) -> Vec<String> {
    let mut sorted: Vec<_> = findings.iter().collect();
    sorted.sort_by_key(|finding| !finding.is_error());
    let mut lines = shortened(words, sorted.iter().map(|finding| finding.line()).collect());
    if findings.n_left_out() > 0 && lines.len() <= MAX_LINES {
        lines.push(bullet(&words.and_more(findings.n_left_out())));
    }
    lines
}

fn shortened(words: Text, lines: Vec<String>) -> Vec<String> {
    let left_out = lines.len().saturating_sub(MAX_LINES);
    let mut shown: Vec<String> = lines.iter().take(MAX_LINES).map(|line| bullet(line)).collect();
    if left_out > 0 {
        shown.push(bullet(&words.and_more(left_out)));
    }
    shown
}

fn bullet(line: &str) -> String {
    format!("- {line}")
}
