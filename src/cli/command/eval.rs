//! `faqbot eval`: the scorecard on a file of questions.
//!
//! `eval/question.rs` reads the file, `eval/judge.rs` judges each question, `eval/score.rs` counts, with the arithmetic
//! in `eval/ranking.rs` and `eval/calibration.rs`; `eval/report.rs` and `eval/plot.rs` show it.

mod calibration;
mod features;
#[cfg(test)]
mod fixture;
mod judge;
mod plot;
mod question;
mod ranking;
mod report;
mod score;

use std::{io::Write, path::Path, time::Instant};

use serde_json::json;

use self::{
    judge::{Judged, Outcome, judge},
    question::{Question, ReadError},
    report::Latency,
    score::{Score, score},
};
use crate::{
    cli::{
        args::{Eval, Global},
        command::ask::decision,
        exit::CommandError,
        logs,
        progress::ProgressDisplay,
        setup,
    },
    knowledge::{
        Generation,
        content::entry::Content,
        matching::verdict::{self, Verdict},
    },
};

/// One question with what came of it.
struct Row {
    question: Question,
    verdicts: Vec<Verdict>,
    judged: Judged,
    took_us: u64,
}

/// Asks every question of the file and reports.
pub(crate) fn command(global: &Global, args: &Eval, out: &mut dyn Write) -> Result<(), CommandError> {
    let config = setup::settings(global)?;
    logs::start_quietly(&config.log);
    let questions = questions(&args.questions)?;
    let generation = setup::generation(&config)?;
    known(&questions, generation.content())?;

    if let Some(path) = &args.features {
        features::write(path, &questions, &generation)?;
    }
    let rows = ask_all(questions, &generation);
    let judged: Vec<(&Question, &Judged)> = rows.iter().map(|row| (&row.question, &row.judged)).collect();
    let score = score(&judged);
    let latency = Latency::of(rows.iter().map(|row| row.took_us).collect());
    if let Some(path) = &args.svg {
        std::fs::write(path, plot::reliability(&score.reliability, score.calibration_error))?;
    }
    match args.json {
        true => as_json(&score, latency, args.failures.then_some(&rows), out),
        false => as_text(&score, latency, args.failures.then_some(&rows), out),
    }
}

/// The questions of a file.
pub(crate) fn questions(path: &Path) -> Result<Vec<Question>, CommandError> {
    question::read(path).map_err(|error| match error {
        ReadError::Io(error) => CommandError::Usage(format!("{}: {error}", path.display())),
        lines => CommandError::Usage(format!("these lines are no questions:\n{lines}")),
    })
}

/// An expected entry that does not exist would count against the bot for ever: it is an error in the file.
pub(crate) fn known(questions: &[Question], content: &Content) -> Result<(), CommandError> {
    let expected = questions.iter().flat_map(|q| q.expected.iter().chain(&q.also_expected));
    let mut unknown: Vec<&str> =
        expected.filter(|id| content.entry(id).is_none()).map(|id| id.as_str()).collect();
    unknown.sort_unstable();
    unknown.dedup();
    if unknown.is_empty() {
        return Ok(());
    }
    let n = unknown.len();
    unknown.truncate(5);
    let some = unknown.join(", ");
    Err(CommandError::Usage(format!(
        "{n} expected entries are not in the FAQ, such as {some}: is it the right --faq?"
    )))
}

fn ask_all(questions: Vec<Question>, generation: &Generation) -> Vec<Row> {
    let shown = ProgressDisplay::new();
    let (today, n) = (setup::today(), questions.len());
    let ask = |(at, question): (usize, Question)| {
        let mut before = None;
        for earlier in &question.after {
            let verdicts = generation.ask_after(earlier, before.as_ref(), today);
            before = verdict::topic(&verdicts, before);
        }
        let start = Instant::now();
        let verdicts = generation.ask_after(&question.text, before.as_ref(), today);
        let took_us = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        let judged = judge(&question, &verdicts, generation.content());
        shown.step("asking", at + 1, n);
        Row { question, verdicts, judged, took_us }
    };
    let rows = questions.into_iter().enumerate().map(ask).collect();
    shown.end();
    rows
}

fn as_json(
    score: &Score,
    latency: Latency,
    rows: Option<&Vec<Row>>,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    let all = &score.all;
    let mut report = json!({
        "questions": all.n,
        "accuracy": all.accuracy(),
        "precision": all.precision(),
        "recall": all.recall(),
        "abstained": ranking::share(all.abstained, all.answerable),
        "wrong": all.wrong,
        "false_answers": all.false_answers,
        "out_of_scope_recall": all.false_rate().map(|rate| 1.0 - rate),
        "false_answer_rate": all.false_rate(),
        "decided_right": all.decided_right(),
        "latency": latency,
        "score": score,
    });
    if let Some(rows) = rows {
        let failures = rows.iter().filter(|row| is_failure(row)).map(|row| {
            let decisions: Vec<String> = row.verdicts.iter().map(|v| decision(&v.decision)).collect();
            json!({
                "q": row.question.text,
                "after": row.question.after,
                "expected": row.question.expected,
                "decisions": decisions,
                "confidence": row.verdicts.first().map(|verdict| verdict.confidence),
            })
        });
        report["failures"] = failures.collect();
    }
    let text = serde_json::to_string_pretty(&report).map_err(std::io::Error::from)?;
    Ok(writeln!(out, "{text}")?)
}

fn as_text(
    score: &Score,
    latency: Latency,
    rows: Option<&Vec<Row>>,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    for row in rows.into_iter().flatten().filter(|row| is_failure(row)) {
        let expected = row.question.expected.as_ref().map_or("nothing", |id| id.as_str());
        let after: String = row.question.after.iter().map(|text| format!("{text} // ")).collect();
        writeln!(out, "{}: {after}{}", kind_of_failure(row), row.question.text)?;
        writeln!(out, "    expected {expected}")?;
        for verdict in &row.verdicts {
            let best = verdict.evidence.hits.first().map_or("none", |hit| hit.entry.as_str());
            let (decision, confidence) = (decision(&verdict.decision), verdict.confidence);
            writeln!(out, "    {decision} (confidence {confidence:.2}, best {best})")?;
        }
    }
    if rows.is_some() {
        writeln!(out)?;
    }
    Ok(write!(out, "{}", report::text(score, latency))?)
}

/// Everything but a right answer, a right refusal and, where a route was expected, the right route.
fn is_failure(row: &Row) -> bool {
    match row.judged.outcome {
        Outcome::Right => false,
        Outcome::Refused => row.judged.expected.is_some() && !row.judged.is_right_route,
        Outcome::Wrong | Outcome::Abstained | Outcome::FalseAnswer => true,
    }
}

fn kind_of_failure(row: &Row) -> &'static str {
    match row.judged.outcome {
        Outcome::Right | Outcome::Refused => "wrong route",
        Outcome::Wrong => "wrong answer",
        Outcome::Abstained => "not answered",
        Outcome::FalseAnswer => "false answer",
    }
}
