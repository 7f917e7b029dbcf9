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
pub(in crate::bot) fn report(text: Text, attempt: &Attempt, in_force: u64) -> Reply {
    match attempt {
        Ok(report) => done(text, report),
        Err(refusal) => refused(text, refusal, in_force),
    }
}

fn done(text: Text, report: &Report) -> Reply {
    let Some(change) = &report.change else {
        let body = text.reload_unchanged(report.generation);
        return service(text.reload_unchanged_title(), body, Tone::Info);
    };
    let mut lines = vec![text.reload_in_force(report.generation, report.took)];
    lines.extend(changes(text, change));
    lines.extend(test_lines(text, &report.tests));
    if !report.warnings.is_empty() {
        lines.push(text.reload_findings(report.warnings.n_warnings()));
        lines.extend(findings(text, &report.warnings));
    }
    service(text.reload_title(), lines.join("\n"), Tone::Info)
}

fn refused(text: Text, refusal: &ReloadError, in_force: u64) -> Reply {
    let mut lines = match refusal {
        ReloadError::Findings(all) => {
            let mut lines = vec![text.refused_reload_findings()];
            lines.extend(findings(text, all));
            lines
        }
        ReloadError::Shrunk { before, after } => vec![text.refused_reload_shrunk(*before, *after)],
        ReloadError::Tests(tests) => {
            let mut lines = vec![text.refused_reload_tests()];
            lines.extend(test_lines(text, tests));
            lines
        }
        ReloadError::Build(error) => vec![text.refused_reload_build(&error.to_string())],
        ReloadError::Panicked(reference) => vec![text.refused_reload_panic(reference)],
    };
    lines.push(match in_force {
        0 => text.refused_reload_nothing_in_force(),
        number => text.refused_reload_still(number),
    });
    let mut reply = service(text.refused_reload_title(), lines.join("\n"), Tone::Error);
    if matches!(refusal, ReloadError::Shrunk { .. }) {
        reply.buttons = vec![Button { label: text.button_reload_shrunk(), action: Action::ReloadShrunk }];
    }
    reply
}

fn changes(text: Text, change: &Change) -> Vec<String> {
    let mut lines: Vec<String> = [
        text.reload_added(&change.added),
        text.reload_changed(&change.changed),
        text.reload_removed(&change.removed),
    ]
    .into_iter()
    .flatten()
    .collect();
    if lines.is_empty() {
        lines.push(text.reload_same_entries());
    }
    if change.announcement {
        lines.push(text.reload_announcement_changed());
    }
    lines
}

fn test_lines(text: Text, tests: &TestReport) -> Vec<String> {
    let failures = tests.failures.iter().map(|failure| text.reload_failure(failure));
    let mut lines = vec![text.reload_tests(tests)];
    lines.extend(shortened(text, failures.collect()));
    lines
}

/// Errors first, as they stand in the way.
fn findings(text: Text, findings: &Findings) -> Vec<String> {
    let mut sorted: Vec<_> = findings.iter().collect();
    sorted.sort_by_key(|finding| !finding.is_error());
    let mut lines = shortened(text, sorted.iter().map(|finding| finding.line()).collect());
    if findings.n_left_out() > 0 && lines.len() <= MAX_LINES {
        lines.push(bullet(&text.and_more(findings.n_left_out())));
    }
    lines
}

fn shortened(text: Text, lines: Vec<String>) -> Vec<String> {
    let left_out = lines.len().saturating_sub(MAX_LINES);
    let mut shown: Vec<String> = lines.iter().take(MAX_LINES).map(|line| bullet(line)).collect();
    if left_out > 0 {
        shown.push(bullet(&text.and_more(left_out)));
    }
    shown
}

fn bullet(line: &str) -> String {
    format!("- {line}")
}
