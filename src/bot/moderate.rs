//! What moderators ask: test and status. Every moderator's request passes the permission check here first, whatever
//! Discord itself let through. `moderate/status.rs` shows what is in force; `editor.rs` changes it.

mod status;

use std::sync::Arc;

pub(super) use status::status;

use crate::{
    bot::{
        Bot, Request, apology,
        pool::PoolError,
        reply::{Card, Outcome, Reply, Tone, Visibility},
        typed,
    },
    knowledge::matching::{Progress, verdict::Verdict},
    text::{Text, text},
};

/// Whether the person may do it. Either way it writes a line to the audit log.
pub(super) fn admits(request: &Request) -> bool {
    let (actor, ask) = (request.actor.id, request.ask.name());
    if request.actor.is_moderator {
        tracing::info!(target: "faqbot::audit", %actor, ask, "allowed: a moderator");
    } else {
        tracing::warn!(target: "faqbot::audit", %actor, ask, "refused: not a moderator");
    }
    request.actor.is_moderator
}

/// The refusal.
pub(super) fn refusal(request: &Request) -> Reply {
    let text = text(request.locale);
    service(text.refused_title(), text.refused(), Tone::Error)
}

/// How far a reload is.
pub(super) fn progress(text: Text, step: Progress) -> Reply {
    service(text.reload_running_title(), text.reload_step(step), Tone::Info)
}

/// How a question is decided, with every score. It is not counted, and nobody else sees it.
pub(super) async fn test(bot: &Bot, request: &Request, typed: &str) -> Reply {
    let generation = bot.current.load();
    let (asked, today, typed) = (Arc::clone(&generation), bot.clock.today(), typed::cut(typed));
    let text = text(request.locale);
    let verdicts = match bot.pool.run(move || asked.ask(&typed, today)).await {
        Ok(verdicts) => verdicts,
        Err(PoolError::Panicked) => return apology::reply(request.locale, request.ask.name()),
        Err(PoolError::TooLong) => return Reply::private(text.busy()),
    };
    let mut paragraphs: Vec<String> =
        verdicts.iter().enumerate().map(|(at, verdict)| decided(text, at + 1, verdict)).collect();
    if paragraphs.is_empty() {
        paragraphs.push(text.test_nothing());
    }
    paragraphs.push(text.test_private());
    let mut reply = service(text.test_title(), paragraphs.join("\n\n"), Tone::Info);
    reply.generation = generation.number();
    reply
}

fn decided(text: Text, number: usize, verdict: &Verdict) -> String {
    let evidence = &verdict.evidence;
    let mut lines = vec![
        text.test_part(number, verdict.lang),
        text.test_decision(verdict),
        text.test_margin(evidence.margin, evidence.threshold),
    ];
    if evidence.hits.is_empty() {
        lines.push(text.test_no_hits());
    }
    lines.extend(evidence.hits.iter().enumerate().map(|(at, hit)| text.test_hit(at + 1, hit)));
    lines.join("\n")
}

/// A private card that belongs to no question.
fn service(title: String, body: String, tone: Tone) -> Reply {
    let card = Card { title: Some(title), body, tone, ..Card::default() };
    Reply::card(Visibility::Private, Outcome::Service, card)
}

#[cfg(test)]
mod tests {
    use crate::{
        knowledge::{
            content::entry::{EntryId, Kind},
            matching::verdict::{Decision, Evidence, Hit},
        },
        lang::Lang,
    };

    use super::*;

    #[test]
    fn a_test_shows_decision_scores_margin_and_threshold() {
        let entry = EntryId::new("why-closing").unwrap();
        let hit = Hit { entry: entry.clone(), kind: Kind::Answer, score: 0.814, parts: Vec::new() };
        let evidence = Evidence { hits: vec![hit], margin: 0.42, threshold: 0.5, ..Evidence::default() };
        let decision = Decision::Answer(entry);
        let verdict =
            Verdict { question: "why?".into(), lang: Lang::Fr, decision, confidence: 0.93, evidence };
        assert_eq!(
            decided(text(Lang::En), 1, &verdict),
            "Part 1, language fr\nDecision: **answer `why-closing`**, confidence 93 %\n\
             Margin 0.42, threshold 0.50\n1. `why-closing` 0.81"
        );
        assert!(decided(text(Lang::Fr), 1, &verdict).contains("seuil 0,50"));
    }
}
