//! What would change or has changed, and how a reload ended, as lines for the moderator who asked for it.

use crate::{
    bot::{
        echo,
        editor::service,
        reload::{Attempt, Change, Comparison, ReloadError, Report},
        reply::{Action, Button, Reply, Tone},
    },
    knowledge::{
        content::{
            edit::disk::WriteError,
            finding::{Finding, Findings},
        },
        entry_tests::FailedTest,
    },
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
    lines.extend(difference(text, Some(change), &report.comparison));
    lines.extend(warnings(text, &report.warnings, &[]));
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
        ReloadError::Tests(comparison) => {
            let mut lines = vec![text.refused_reload_tests()];
            lines.extend(test_lines(text, comparison));
            lines
        }
        ReloadError::Write(WriteError::Conflict { path }) => vec![text.refused_conflict(path)],
        ReloadError::Write(error) => vec![text.refused_write(&error.to_string())],
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

/// What changes, what is answered differently, and how the tests go.
pub(super) fn difference(text: Text, change: Option<&Change>, comparison: &Comparison) -> Vec<String> {
    let mut lines = change.map(|change| changes(text, change)).unwrap_or_default();
    let differences = &comparison.differences;
    if comparison.n_compared > 0 {
        lines.push(text.preview_differences(differences.len(), comparison.n_compared));
        let shown = differences.iter().map(|difference| {
            text.preview_difference(
                &echo::inline(&difference.question),
                &difference.before,
                &difference.after,
            )
        });
        lines.extend(shortened(text, shown.collect()));
    }
    lines.extend(test_lines(text, comparison));
    lines
}

/// The warnings about the files whose path ends with one of `files`; about all of them if none is given.
pub(super) fn warnings(text: Text, all: &Findings, files: &[String]) -> Vec<String> {
    let is_shown = |path: &str| files.is_empty() || files.iter().any(|file| path.ends_with(file.as_str()));
    let mut shown = Findings::new();
    all.iter()
        .filter(|finding| is_shown(&finding.place.file))
        .cloned()
        .for_each(|finding| shown.push(finding));
    if shown.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![text.reload_findings(shown.n_warnings())];
    lines.extend(findings(text, &shown));
    lines
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
    match lines.is_empty() {
        true => lines.push(text.reload_same_entries()),
        false => lines
            .insert(0, text.preview_counts(change.added.len(), change.removed.len(), change.changed.len())),
    }
    if change.announcement {
        lines.push(text.reload_announcement_changed());
    }
    lines
}

/// The tests that passed before and fail now, the new ones that fail, and how many fail in all. Where there was nothing to
/// compare with, all that fail.
fn test_lines(text: Text, comparison: &Comparison) -> Vec<String> {
    let list = |failures: &[FailedTest]| {
        shortened(text, failures.iter().map(|failure| text.reload_failure(failure)).collect())
    };
    let tests = &comparison.tests;
    let mut lines = Vec::new();
    if comparison.n_compared == 0 {
        lines.push(text.reload_tests(tests));
        lines.extend(list(&tests.failures));
        return lines;
    }
    lines.push(text.preview_broken_tests(comparison.broken.len()));
    lines.extend(list(&comparison.broken));
    if !comparison.new_failures.is_empty() {
        lines.push(text.preview_new_failures(comparison.new_failures.len()));
        lines.extend(list(&comparison.new_failures));
    }
    lines.push(text.preview_tests(tests.failures.len(), tests.n_tests));
    lines
}

/// Errors first, as they stand in the way.
fn findings(text: Text, findings: &Findings) -> Vec<String> {
    let mut sorted: Vec<_> = findings.iter().collect();
    sorted.sort_by_key(|finding| !finding.is_error());
    let mut lines = shortened(text, sorted.iter().map(|finding| with_hint(finding)).collect());
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

/// Where and what, and how to correct it.
fn with_hint(finding: &Finding) -> String {
    match &finding.hint {
        Some(hint) => format!("{} ({hint})", finding.line()),
        None => finding.line(),
    }
}
