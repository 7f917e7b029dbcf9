//! A form was sent: check it, store it, and say "saved" after the commit and never before.

use super::{
    PressDesk,
    fields::{self, Checked, Fault},
    letter, shown_address,
};
use crate::ids::{InteractionId, UserId};
use crate::{
    bot::{
        Bot, Request,
        reply::{Action, Button, Card, Outcome, Reply, Tone, Visibility},
        request::{EnquiryFields, Place},
    },
    ids::Reference,
    mail::compose::{Letter, compose},
    store::{LimitReached, NewEnquiry, StoreError, Submitted},
    text::{Text, text},
};

pub(super) async fn submit(
    bot: &Bot,
    desk: &PressDesk,
    request: &Request,
    interaction: InteractionId,
    typed: &EnquiryFields,
) -> Reply {
    let (user, words) = (request.actor.id, text(request.locale));
    let (Some(to), Some(recipient)) = (shown_address(bot), recipient(bot)) else {
        return give_back(desk, user, typed, words, words.desk_no_contact());
    };
    let confirmed = desk.drafts.last_email(user);
    let now = bot.clock.now();
    let checked = match fields::check(typed, now, confirmed.as_deref()) {
        Ok(checked) => checked,
        Err(faults) => {
            let lines: Vec<String> = std::iter::once(words.media_check_intro())
                .chain(faults.iter().map(|f| told(f, words)))
                .collect();
            return give_back(desk, user, typed, words, lines.join("\n\n"));
        }
    };
    let enquiry = NewEnquiry {
        interaction,
        user,
        guild: match request.place {
            Place::Guild { guild, .. } => Some(guild),
            Place::Direct | Place::Terminal => None,
        },
        lang: request.locale,
        dedup_key: checked.question.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect(),
    };
    let write = {
        let (checked, lang, from) = (checked.clone(), request.locale, bot.config.media.from.clone());
        move |reference: &Reference| {
            compose(&Letter {
                from: &from,
                to: &recipient,
                reply_to: checked.email.as_ref(),
                reference,
                at: now,
                subject: letter::subject(&checked, reference, lang),
                body: letter::body(&checked, reference, lang),
            })
            .map_err(|error| error.to_string())
        }
    };
    match desk.store.submit(enquiry, bot.config.limits.clone(), write).await {
        Ok(Submitted::Stored(reference)) => {
            desk.drafts.forget(user);
            desk.signal.wake();
            tracing::info!(%reference, "an enquiry was stored");
            saved(desk, &checked, &reference, &to, words)
        }
        Ok(Submitted::Already(reference)) => {
            with_notify(Reply::private(words.desk_already(reference.as_str())), &reference, words)
        }
        Ok(Submitted::Refused(limit)) => {
            tracing::info!(limit = limit.name(), "an enquiry was not taken");
            give_back(desk, user, typed, words, refused(&limit, &to, words))
        }
        Err(StoreError::Unconfirmed(reference)) => {
            tracing::error!(%reference, "the commit of an enquiry was not confirmed in time");
            give_back(desk, user, typed, words, words.desk_unconfirmed(reference.as_str()))
        }
        Err(error) => {
            tracing::error!(%error, "an enquiry could not be stored; its sender was told so");
            give_back(desk, user, typed, words, words.desk_not_stored(&to))
        }
    }
}

/// `media.to` where it is set, else the announcement's contact.
fn recipient(bot: &Bot) -> Option<String> {
    let set = bot.config.media.to.trim();
    if !set.is_empty() {
        return Some(set.to_owned());
    }
    let generation = bot.current.load();
    let published = generation.content().announcement.as_ref()?.media_contact.trim().to_owned();
    (!published.is_empty()).then_some(published)
}

fn saved(desk: &PressDesk, checked: &Checked, reference: &Reference, to: &str, words: Text) -> Reply {
    let mut paragraphs = vec![if desk.is_folder {
        words.desk_saved_folder(reference.as_str(), to)
    } else {
        words.desk_saved(reference.as_str(), to)
    }];
    match &checked.deadline.understood {
        Some(when) => paragraphs.push(words.desk_deadline_understood(when)),
        None if !checked.deadline.typed.is_empty() => paragraphs.push(words.desk_deadline_as_typed()),
        None => {}
    }
    if checked.email.is_none() {
        paragraphs.push(words.desk_without_email());
    }
    paragraphs.push(words.desk_saved_hint(reference.as_str()));
    with_notify(Reply::private(paragraphs.join("\n\n")), reference, words)
}

fn with_notify(mut reply: Reply, reference: &Reference, words: Text) -> Reply {
    let action = Action::MediaNotify(reference.to_string());
    reply.buttons = vec![Button { label: words.desk_button_notify(), action }];
    reply
}

/// Says why it was not taken, gives the typed text back, and keeps it for the form to open again with.
fn give_back(desk: &PressDesk, user: UserId, typed: &EnquiryFields, words: Text, why: String) -> Reply {
    let draft = desk.drafts.keep(user, typed.clone());
    let card = Card { body: why, tone: Tone::Error, ..Card::default() };
    let mut reply = Reply::card(Visibility::Private, Outcome::Service, card);
    for (title, text) in
        [(words.media_echo_question(), &typed.question), (words.media_echo_extra(), &typed.extra)]
    {
        if !text.trim().is_empty() {
            reply.cards.push(Card {
                title: Some(title),
                body: as_typed(text),
                tone: Tone::Info,
                ..Card::default()
            });
        }
    }
    let action = Action::MediaForm(Some(draft));
    reply.buttons = vec![Button { label: words.media_button_again(), action }];
    reply
}

/// A person's own text in a code block: nothing in it links, embeds or pings.
fn as_typed(text: &str) -> String {
    format!("```\n{}\n```", text.replace("```", "'''"))
}

fn told(fault: &Fault, words: Text) -> String {
    match fault {
        Fault::Name => words.media_check_name(),
        Fault::Email => words.media_check_email(),
        Fault::EmailTypo { meant } => words.media_check_email_typo(meant),
        Fault::Reach => words.media_check_reach(),
        Fault::DeadlineZone { hour } => words.media_check_deadline_zone(hour),
        Fault::DeadlineClockChange { hour } => words.media_check_deadline_clock_change(hour),
        Fault::DeadlinePast { date } => words.media_check_deadline_past(date),
        Fault::Question => words.media_check_question(),
    }
}

fn refused(limit: &LimitReached, to: &str, words: Text) -> String {
    match limit {
        LimitReached::Blocked => words.desk_refused_blocked(to),
        LimitReached::YoungAccount => words.desk_refused_young(to),
        LimitReached::TooSoon { minutes } => words.desk_refused_soon(*minutes, to),
        LimitReached::SenderDay => words.desk_refused_day(to),
        LimitReached::GuildHour | LimitReached::TotalDay => words.desk_refused_busy(to),
        LimitReached::SameText(reference) => words.desk_refused_same(reference.as_str()),
        LimitReached::Flood => words.desk_refused_flood(to),
    }
}
