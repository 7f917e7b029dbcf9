//! `faqbot check`: everything that is wrong with a content folder, and what each degree of caution costs on its tests.
//!
//! The judging is `knowledge/load.rs`, the counting `caution.rs`; this is the printed form and the outcome.

use std::{
    io::{self, Write},
    path::Path,
};

use crate::{
    cli::{
        args::{Check, Global},
        caution, color,
        exit::CommandError,
        expectation, logs,
        progress::ProgressDisplay,
        setup,
    },
    config::{Caution, Config},
    knowledge::entry_tests,
    knowledge::{
        Generation,
        content::{
            entry::Content,
            finding::Colour,
            load::{Loaded, load},
        },
    },
};

/// How many failed tests are listed.
const MAX_FAILURES: usize = 50;

/// What `check` prints of the files, and whether the folder may be used.
#[derive(Debug)]
pub(in crate::cli) struct Report {
    /// Every finding, and a last line that counts.
    pub text: String,
    /// The content, unless there is an error among the findings.
    pub loaded: Option<Loaded>,
}

/// Checks `dir` as of `today`.
pub(in crate::cli) fn report(dir: &Path, today: jiff::civil::Date, colour: Colour) -> Report {
    match load(dir, today) {
        Err(findings) => Report { text: findings.render(colour, Some(dir)), loaded: None },
        Ok(loaded) => {
            let content = &loaded.content;
            let n_wordings: usize = content.entries.iter().map(|entry| entry.all_wordings().count()).sum();
            let found = loaded.warnings.render(colour, Some(dir));
            let counts = format!("{} entries, {n_wordings} wordings", content.entries.len());
            Report { text: format!("{found} in {counts}"), loaded: Some(loaded) }
        }
    }
}

/// Prints the findings, then the price of caution.
pub(crate) fn command(global: &Global, args: &Check, out: &mut dyn Write) -> Result<(), CommandError> {
    let config = setup::settings(global)?;
    logs::start_quietly(&config.log);
    let colour = color::colour(color::is_coloured(&io::stdout()));
    let report = report(&config.faq.dir, setup::today(), colour);
    writeln!(out, "{}", report.text)?;
    out.flush()?;
    let Some(loaded) = report.loaded else { return Err(CommandError::Findings) };
    let has_warnings = !loaded.warnings.is_empty();
    let mut n_failed = 0;
    if !args.quick {
        expect(&config, &loaded.content, out)?;
        n_failed = tests(&config, &loaded.content, out)?;
    }
    if args.strict && (has_warnings || n_failed > 0) {
        return Err(CommandError::Findings);
    }
    Ok(())
}

/// Prints what to expect of a FAQ with few wordings.
fn expect(config: &Config, content: &Content, out: &mut dyn Write) -> Result<(), CommandError> {
    let shown = ProgressDisplay::new();
    let options = setup::options(config, config.search.caution);
    let generation = Generation::build(content.clone(), 1, &options, &|step| shown.build(step))?;
    shown.end();
    if let Some(text) = expectation::text(&generation, config.search.caution) {
        write!(out, "\n{text}")?;
    }
    Ok(())
}

/// Asks the FAQ's own tests at each degree of caution; how many fail at the one in force.
fn tests(config: &Config, content: &Content, out: &mut dyn Write) -> Result<usize, CommandError> {
    if content.entries.iter().all(|entry| entry.asks.is_empty() && entry.not.is_empty()) {
        return Ok(0);
    }
    let in_force = config.search.caution;
    let mut trials = Vec::new();
    for caution in [Caution::Low, Caution::Normal, Caution::High] {
        let shown = ProgressDisplay::new();
        let options = setup::options(config, caution);
        let generation = Generation::build(content.clone(), 1, &options, &|step| shown.build(step))?;
        shown.end();
        trials.push((caution, entry_tests::run(&generation, setup::today())));
    }
    write!(out, "\n{}", caution::table(content, &trials, in_force))?;
    let Some((_, now)) = trials.iter().find(|(caution, _)| *caution == in_force) else { return Ok(0) };
    for failure in now.failures.iter().take(MAX_FAILURES) {
        writeln!(out, "failed test: {}", caution::line(failure))?;
    }
    if now.failures.len() > MAX_FAILURES {
        writeln!(out, "and {} more failed tests", now.failures.len() - MAX_FAILURES)?;
    }
    Ok(now.failures.len())
}
