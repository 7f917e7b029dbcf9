//! `faqbot ask --explain`: every score behind a decision, for authors of the FAQ.

use std::io::Write;

use crate::{
    cli::{exit::CommandError, setup},
    knowledge::{
        Generation,
        matching::{
            normalise,
            verdict::{Decision, Verdict},
        },
    },
};

/// Asks the generation directly and writes the evidence of each verdict.
pub(super) fn explain(
    generation: &Generation,
    question: &str,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    for verdict in generation.ask(question, setup::today()) {
        write(&verdict, generation, out)?;
    }
    Ok(())
}

fn write(verdict: &Verdict, generation: &Generation, out: &mut dyn Write) -> Result<(), CommandError> {
    let evidence = &verdict.evidence;
    writeln!(out, "question    {}", verdict.question)?;
    writeln!(out, "language    {}", verdict.lang.code())?;
    writeln!(out, "decision    {}", decision(&verdict.decision))?;
    writeln!(out, "confidence  {:.3}", verdict.confidence)?;
    writeln!(out, "threshold   {:.3}", evidence.threshold)?;
    writeln!(out, "margin      {:.3}", evidence.margin)?;
    if let Some(media) = evidence.media {
        writeln!(out, "media       {media:.3}")?;
    }
    let best = evidence.hits.first().and_then(|hit| generation.content().entry(&hit.entry));
    if let Some((wording, lang)) = best.and_then(|entry| entry.all_wordings().nth(evidence.wording)) {
        writeln!(out, "nearest     {wording} ({})", lang.code())?;
        // The bits refer to the wording's normalised words.
        let words = normalise::words(wording).into_iter().take(32).enumerate();
        let shared: Vec<String> =
            words.filter(|(at, _)| evidence.matched & (1 << at) != 0).map(|(_, word)| word).collect();
        let shown = if shared.is_empty() { "no word".to_owned() } else { shared.join(", ") };
        writeln!(out, "shared      {shown}")?;
    }
    for (at, hit) in evidence.hits.iter().enumerate() {
        let parts: Vec<String> = hit.parts.iter().map(|(name, score)| format!("{name} {score:.3}")).collect();
        writeln!(out, "{:>2}. {:.3}  {}  {}", at + 1, hit.score, hit.entry, parts.join("  "))?;
    }
    writeln!(out)?;
    Ok(())
}

/// A decision as one line.
pub(crate) fn decision(decision: &Decision) -> String {
    let list = |ids: &[crate::knowledge::content::entry::EntryId]| {
        ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ")
    };
    match decision {
        Decision::Answer(id) => format!("answer {id}"),
        Decision::Passages(paragraphs) => {
            let paragraphs: Vec<String> = paragraphs.iter().map(usize::to_string).collect();
            format!("passages {}", paragraphs.join(", "))
        }
        Decision::Suggest(near) => format!("suggest {}", list(near)),
        Decision::NotCovered(id, _) => format!("not covered {id}"),
        Decision::Unknown(near) if near.is_empty() => "unknown".into(),
        Decision::Unknown(near) => format!("unknown, near {}", list(near)),
        Decision::Route(_, id) => format!("route {id}"),
    }
}
