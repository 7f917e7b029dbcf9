//! `/privacy show` and `/privacy erase`: everything that is stored of the person who asks, in every table and in memory.

pub(in crate::bot) mod guild_removal;

use crate::{
    bot::{
        Bot, Request, echo,
        reply::{Card, Outcome, Reply, Tone, Visibility},
    },
    store::{Erased, Personal},
    text::{Text, text},
};

/// Questions and enquiries listed before "and n more".
const MAX_LISTED: usize = 10;

/// Shows what is stored of the person.
pub(super) async fn show(bot: &Bot, request: &Request) -> Reply {
    let text = text(request.locale);
    let (Some(desk), Some(recorder)) = (&bot.desk, &bot.recorder) else {
        return Reply::private(text.privacy_shows_nothing());
    };
    recorder.flush().await;
    let stored = match desk.store().personal(request.actor.id).await {
        Ok(stored) => stored,
        Err(error) => {
            tracing::warn!(%error, "what is stored of a person could not be read");
            return Reply::private(text.privacy_show_later());
        }
    };
    let mut paragraphs = described(text, &stored);
    let (questions, drafts) = (recorder.remembered(request.actor.id), desk.has_draft(request.actor.id));
    if questions > 0 {
        paragraphs.push(text.privacy_in_memory(questions));
    }
    if drafts {
        paragraphs.push(text.privacy_draft());
    }
    if paragraphs.is_empty() {
        paragraphs.push(text.privacy_shows_nothing());
    }
    paragraphs.push(text.privacy_limits());
    let card = Card {
        title: Some(text.privacy_title()),
        body: paragraphs.join("\n\n"),
        tone: Tone::Info,
        ..Card::default()
    };
    let mut reply = Reply::card(Visibility::Private, Outcome::Service, card);
    reply.lang = text.lang();
    reply
}

/// Erases everything of the person.
pub(super) async fn erase(bot: &Bot, request: &Request) -> Reply {
    let (text, person) = (text(request.locale), request.actor.id);
    bot.entry_drafts.forget(person);
    bot.reviews.forget(person);
    bot.conversations.forget(person);
    let Some(desk) = &bot.desk else { return Reply::private(text.privacy_nothing_stored()) };
    desk.forget_draft(person);
    let mut n_remembered = 0;
    if let Some(recorder) = &bot.recorder {
        n_remembered = recorder.forget(person);
        // What was recorded a moment ago must not be written after the erasure.
        recorder.flush().await;
    }
    match desk.store().erase_user(person, false).await {
        Ok(erased) => Reply::private(erased_text(text, &erased, n_remembered)),
        Err(error) => {
            tracing::error!(%error, "a person's data could not be erased");
            Reply::private(text.privacy_later())
        }
    }
}

fn erased_text(text: Text, erased: &Erased, n_remembered: usize) -> String {
    let mut paragraphs = Vec::new();
    if erased.enquiries > 0 {
        tracing::info!(enquiries = erased.enquiries, "a person had everything erased");
        let sentences = [text.privacy_erased(erased.enquiries), text.privacy_erased_unsent(erased.unsent)];
        paragraphs.push(sentences.join(" "));
    }
    let questions = erased.questions + n_remembered as u64;
    if questions > 0 {
        paragraphs.push(text.privacy_erased_questions(questions));
    }
    if paragraphs.is_empty() {
        return text.privacy_nothing_stored();
    }
    paragraphs.join("\n\n")
}

fn described(text: Text, stored: &Personal) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let enquiries = stored.enquiries.iter().map(|(reference, has_text)| match has_text {
        true => text.privacy_enquiry(reference),
        false => text.privacy_enquiry_erased(reference),
    });
    paragraphs.extend(listed(text, text.privacy_enquiries(), enquiries.collect()));
    if stored.notices > 0 {
        paragraphs.push(text.privacy_notices(stored.notices));
    }
    let quoted = |questions: &[String]| questions.iter().map(|q| format!("“{}”", echo::inline(q))).collect();
    paragraphs.extend(listed(text, text.privacy_subscriptions(), quoted(&stored.subscriptions)));
    paragraphs.extend(listed(text, text.privacy_gaps(), quoted(&stored.gaps)));
    if stored.admissions > 0 {
        paragraphs.push(text.privacy_admissions(stored.admissions));
    }
    if stored.is_blocked {
        paragraphs.push(text.privacy_blocked());
    }
    paragraphs
}

/// A list under its heading; `None` without items.
fn listed(text: Text, heading: String, items: Vec<String>) -> Option<String> {
    if items.is_empty() {
        return None;
    }
    let mut lines = vec![heading];
    lines.extend(items.iter().take(MAX_LISTED).map(|item| format!("- {item}")));
    if items.len() > MAX_LISTED {
        lines.push(format!("- {}", text.and_more(items.len() - MAX_LISTED)));
    }
    Some(lines.join("\n"))
}
