//! `faqbot suggest`: questions that an entry should answer and does not, or only just: the wordings that would help it
//! most, farthest first.

use std::io::Write;

use crate::{
    cli::{
        args::{Global, Suggest},
        command::{ask::decision, eval},
        exit::CommandError,
        logs, setup,
    },
    knowledge::{
        Generation,
        content::entry::{Entry, EntryId},
        matching::verdict::{Decision, Verdict},
    },
};

/// An answer whose score is less than this above the threshold is only just one.
const NARROW: f32 = 0.1;

/// A question for which the entry lacks a wording.
struct Candidate {
    text: String,
    /// How far the entry is from answering it; negative if it only just does.
    distance: f32,
    /// What happened instead.
    instead: String,
}

/// Lists the candidates for one entry.
pub(crate) fn command(global: &Global, args: &Suggest, out: &mut dyn Write) -> Result<(), CommandError> {
    let config = setup::settings(global)?;
    logs::start_quietly(&config.log);
    let mut questions = Vec::new();
    if let Some(path) = &args.questions {
        questions = eval::questions(path)?;
    }
    let generation = setup::generation(&config)?;
    let entry = entry(&args.entry, &generation)?;

    let expected = questions.into_iter().filter(|question| question.expected.as_ref() == Some(&entry.id));
    let texts = entry.asks.iter().cloned().chain(expected.map(|question| question.text));
    let today = setup::today();
    let mut candidates: Vec<Candidate> =
        texts.filter_map(|text| candidate(entry, &text, &generation.ask(&text, today))).collect();
    candidates.sort_by(|a, b| b.distance.total_cmp(&a.distance).then_with(|| a.text.cmp(&b.text)));
    candidates.dedup_by(|a, b| a.text == b.text);

    if candidates.is_empty() {
        writeln!(out, "{} answers everything it is tested with, none of it narrowly", entry.id)?;
        return Ok(());
    }
    writeln!(
        out,
        "Wordings that would help {} most (how far it is from answering, what happens now):",
        entry.id
    )?;
    for candidate in &candidates {
        let Candidate { text, distance, instead } = candidate;
        writeln!(out, "{distance:>6.2}  {text}  ({instead})")?;
    }
    writeln!(
        out,
        "Write them, or better ones like them, to also_asked; what stands there is no test any more."
    )?;
    Ok(())
}

fn entry<'a>(name: &str, generation: &'a Generation) -> Result<&'a Entry, CommandError> {
    let content = generation.content();
    EntryId::new(name).and_then(|id| content.entry(&id)).ok_or_else(|| {
        let ids = content.entries.iter().map(|entry| entry.id.as_str());
        let nearest =
            ids.max_by(|a, b| strsim::jaro_winkler(a, name).total_cmp(&strsim::jaro_winkler(b, name)));
        CommandError::Usage(format!("there is no entry {name}; the nearest is {}", nearest.unwrap_or("none")))
    })
}

fn candidate(entry: &Entry, text: &str, verdicts: &[Verdict]) -> Option<Candidate> {
    let best =
        verdicts.iter().map(|verdict| (distance(entry, verdict), verdict)).min_by(|a, b| a.0.total_cmp(&b.0));
    let (distance, verdict) = best?;
    (distance > -NARROW).then(|| {
        let instead = if is_answered(entry, verdict) {
            "only just answered".into()
        } else {
            decision(&verdict.decision)
        };
        Candidate { text: text.to_owned(), distance, instead }
    })
}

/// How far the entry's score is below the threshold or below the best entry, whichever is more.
fn distance(entry: &Entry, verdict: &Verdict) -> f32 {
    let hits = &verdict.evidence.hits;
    let own = hits.iter().find(|hit| hit.entry == entry.id).map_or(0.0, |hit| hit.score);
    if is_answered(entry, verdict) {
        return verdict.evidence.threshold - own;
    }
    let best = hits.first().map_or(0.0, |hit| hit.score);
    // It was not answered, whatever its scores say, so it counts as at least just missed.
    (best.max(verdict.evidence.threshold) - own).max(0.0)
}

fn is_answered(entry: &Entry, verdict: &Verdict) -> bool {
    match &verdict.decision {
        Decision::Answer(id) | Decision::NotCovered(id, _) | Decision::Route(_, id) => *id == entry.id,
        Decision::Passages(_) | Decision::Suggest(_) | Decision::Unknown(_) => false,
    }
}
