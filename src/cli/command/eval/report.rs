//! The scorecard as a person reads it.

use std::fmt::Write;

use crate::cli::command::eval::score::{Counts, RouteScore, Score};

/// How long the questions took, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub(super) struct Latency {
    /// The median.
    pub p50_us: u64,
    /// Of 100 questions, 99 were at least as fast.
    pub p99_us: u64,
}

impl Latency {
    /// Of these times.
    pub(super) fn of(mut times_us: Vec<u64>) -> Latency {
        times_us.sort_unstable();
        let at = |share: f64| {
            let last = times_us.len().saturating_sub(1);
            times_us.get((share * last as f64).round() as usize).copied().unwrap_or_default()
        };
        Latency { p50_us: at(0.5), p99_us: at(0.99) }
    }
}

/// The figures, line by line.
pub(super) fn text(score: &Score, latency: Latency) -> String {
    let all = &score.all;
    let mut out = String::new();
    let mut row = |name: &str, value: String| {
        writeln!(out, "{name:<34}{value}").expect("writing to a String cannot fail");
    };
    let of = |part: usize, whole: usize| format!("({part} of {whole})");
    row("questions", format!("{}  ({} answerable, {} not)", all.n, all.answerable, all.unanswerable));
    row(
        "accuracy at 1 (before threshold)",
        format!("{}  {}", percent(all.accuracy()), of(all.best_right, all.answerable)),
    );
    row(
        "precision (right of given)",
        format!("{}  {}", percent(all.precision()), of(all.right, all.given())),
    );
    row(
        "recall (answerable answered right)",
        format!("{}  {}", percent(all.recall()), of(all.right, all.answerable)),
    );
    let abstained = share(all.abstained, all.answerable);
    row(
        "abstained (answerable, no answer)",
        format!(
            "{abstained}  {}, {} with the right one offered",
            of(all.abstained, all.answerable),
            all.offered
        ),
    );
    row("wrong answers", format!("{}, and {} false ones", all.wrong, all.false_answers));
    let refused = all.unanswerable - all.false_answers;
    row(
        "out-of-scope recall",
        format!("{}  {}", share(refused, all.unanswerable), of(refused, all.unanswerable)),
    );
    row(
        "false-answer rate",
        format!("{}  {}", percent(all.false_rate()), of(all.false_answers, all.unanswerable)),
    );
    row(
        "right route (route, not covered)",
        format!("{}  {}", share(all.right_route, all.with_route), of(all.right_route, all.with_route)),
    );
    row("AUROC of the confidence", percent(score.auroc));
    row("refused at 95 % passed", percent(score.refused_at_95));
    let best = score.best_threshold.map(|(_, right)| right);
    row(
        "decided right, all in all",
        format!("{}  (best single threshold: {})", percent(all.decided_right()), percent(best)),
    );
    row(
        "expected calibration error",
        score.calibration_error.map_or_else(|| "–".into(), |e| format!("{e:.3}")),
    );
    route(&mut row, "media", &score.media);
    route(&mut row, "people in need", &score.need);
    if score.second_questions.0 > 0 {
        row("second questions answered", of(score.second_questions.1, score.second_questions.0));
    }
    row("latency", format!("p50 {:.2} ms, p99 {:.2} ms", millis(latency.p50_us), millis(latency.p99_us)));
    table(&mut out, "kind", &score.by_kind);
    table(&mut out, "language", &score.by_lang);
    reliability(&mut out, score);
    out
}

fn route(row: &mut impl FnMut(&str, String), name: &str, route: &RouteScore) {
    if route.expected == 0 && route.false_alarms == 0 {
        return;
    }
    let found = format!("{} ({} of {})", share(route.found, route.expected), route.found, route.expected);
    let false_alarms =
        format!("{} ({} of {})", share(route.false_alarms, route.others), route.false_alarms, route.others);
    row(name, format!("found {found}, false {false_alarms}"));
}

fn table<'a>(out: &mut String, head: &str, rows: impl IntoIterator<Item = (&'a String, &'a Counts)>) {
    let mut rows = rows.into_iter().peekable();
    if rows.peek().is_none() {
        return;
    }
    let line = format!(
        "\n{head:<16}{:>6}{:>10}{:>11}{:>8}{:>7}{:>7}{:>7}{:>12}",
        "n", "accuracy", "precision", "recall", "wrong", "false", "abst.", "right route"
    );
    out.push_str(&line);
    out.push('\n');
    for (name, counts) in rows {
        let line = format!(
            "{name:<16}{:>6}{:>10}{:>11}{:>8}{:>7}{:>7}{:>7}{:>12}",
            counts.n,
            percent(counts.accuracy()),
            percent(counts.precision()),
            percent(counts.recall()),
            counts.wrong,
            counts.false_answers,
            counts.abstained,
            share(counts.right_route, counts.with_route),
        );
        out.push_str(&line);
        out.push('\n');
    }
}

fn reliability(out: &mut String, score: &Score) {
    if score.reliability.iter().all(|bin| bin.n == 0) {
        return;
    }
    out.push_str("\nconfidence      answers      mean     right\n");
    for bin in score.reliability.iter().filter(|bin| bin.n > 0) {
        let mean = bin.confidence.map_or_else(|| "–".into(), |mean| format!("{mean:.3}"));
        let right = bin.right.map_or_else(|| "–".into(), |right| format!("{right:.3}"));
        out.push_str(&format!("{:.1} to {:.1}      {:>7}{mean:>10}{right:>10}\n", bin.from, bin.to, bin.n));
    }
}

fn share(part: usize, whole: usize) -> String {
    percent(crate::cli::command::eval::ranking::share(part, whole))
}

/// In percent with one digit.
pub(super) fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".into(), |share| format!("{:.1} %", 100.0 * share))
}

fn millis(us: u64) -> f64 {
    us as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_and_the_99th_of_a_hundred_are_taken_from_the_sorted_times() {
        let latency = Latency::of((1..=101).rev().collect());
        assert_eq!(latency, Latency { p50_us: 51, p99_us: 100 });
        assert_eq!(Latency::of(Vec::new()), Latency { p50_us: 0, p99_us: 0 });
    }
}
