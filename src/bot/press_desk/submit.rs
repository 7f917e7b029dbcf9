//! A form was sent: checks it, stores it, and says "saved" only after the commit.

use super::{
    PressDesk,
    fault::Fault,
    fields::{self, Checked},
    letter, shown_address,
};
use crate::{
    bot::{
        Bot, Request, echo,
        reply::{Action, Button, Card, Outcome, Reply, Tone, Visibility},
        request::{EnquiryFields, Place},
    },
    ids::{InteractionId, Reference, UserId},
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
    let (user, text) = (request.actor.id, text(request.locale));
    let (Some(to), Some(recipient)) = (shown_address(bot), recipient(bot)) else {
        return give_back(desk, user, typed, text, text.press_desk_no_contact());
    };
    let confirmed = desk.drafts.last_email(user);
    let now = bot.clock.now();
    let checked = match fields::check(typed, now, confirmed.as_deref()) {
        Ok(checked) => checked,
        Err(faults) => {
            let lines: Vec<String> = std::iter::once(text.media_check_intro())
                .chain(faults.iter().map(|fault| correction(fault, text)))
                .collect();
            return give_back(desk, user, typed, text, lines.join("\n\n"));
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
            saved(desk, &checked, &reference, &to, text)
        }
        Ok(Submitted::Already(reference)) => {
            with_notify(Reply::private(text.press_desk_already(reference.as_str())), &reference, text)
        }
        Ok(Submitted::Refused(limit)) => {
            tracing::info!(limit = limit.name(), "an enquiry was not taken");
            give_back(desk, user, typed, text, refused(&limit, &to, text))
        }
        Err(StoreError::Unconfirmed(reference)) => {
            tracing::error!(%reference, "the commit of an enquiry was not confirmed in time");
            give_back(desk, user, typed, text, text.press_desk_unconfirmed(reference.as_str()))
        }
        Err(error) => {
            tracing::error!(%error, "an enquiry could not be stored; its sender was notified");
            give_back(desk, user, typed, text, text.press_desk_not_stored(&to))
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

fn saved(desk: &PressDesk, checked: &Checked, reference: &Reference, to: &str, text: Text) -> Reply {
    let mut paragraphs = vec![if desk.is_folder {
        text.press_desk_saved_folder(reference.as_str(), to)
    } else {
        text.press_desk_saved(reference.as_str(), to)
    }];
    match &checked.deadline.understood {
        Some(when) => paragraphs.push(text.press_desk_deadline_understood(when)),
        None if !checked.deadline.typed.is_empty() => paragraphs.push(text.press_desk_deadline_as_typed()),
        None => {}
    }
    if checked.email.is_none() {
        paragraphs.push(text.press_desk_without_email());
    }
    paragraphs.push(text.press_desk_saved_hint(reference.as_str()));
    with_notify(Reply::private(paragraphs.join("\n\n")), reference, text)
}

fn with_notify(mut reply: Reply, reference: &Reference, text: Text) -> Reply {
    let action = Action::MediaNotify(reference.to_string());
    reply.buttons = vec![Button { label: text.press_desk_button_notify(), action }];
    reply
}

/// Says why the form was not accepted, shows the typed text again, and keeps it for the form to be reopened with.
fn give_back(desk: &PressDesk, user: UserId, typed: &EnquiryFields, text: Text, why: String) -> Reply {
    let draft = desk.drafts.keep(user, typed.clone());
    let card = Card { body: why, tone: Tone::Error, ..Card::default() };
    let mut reply = Reply::card(Visibility::Private, Outcome::Service, card);
    reply.cards.extend(echo::enquiry(typed, text));
    let action = Action::MediaForm(Some(draft));
    reply.buttons = vec![Button { label: text.media_button_again(), action }];
    reply
}

fn correction(fault: &Fault, text: Text) -> String {
    match fault {
        Fault::Name => text.media_check_name(),
        Fault::Email => text.media_check_email(),
        Fault::EmailTypo { meant } => text.media_check_email_typo(&echo::inline(meant)),
        Fault::Reach => text.media_check_reach(),
        Fault::DeadlineZone { hour } => text.media_check_deadline_zone(&echo::inline(hour)),
        Fault::DeadlineClockChange { hour } => text.media_check_deadline_clock_change(&echo::inline(hour)),
        Fault::DeadlinePast { date } => text.media_check_deadline_past(date),
        Fault::Question => text.media_check_question(),
    }
}

fn refused(limit: &LimitReached, to: &str, text: Text) -> String {
    match limit {
        LimitReached::Blocked => text.press_desk_refused_blocked(to),
        LimitReached::YoungAccount => text.press_desk_refused_young(to),
        LimitReached::TooSoon { minutes } => text.press_desk_refused_soon(*minutes, to),
        LimitReached::SenderDay => text.press_desk_refused_day(to),
        LimitReached::GuildHour | LimitReached::TotalDay => text.press_desk_refused_busy(to),
        LimitReached::SameText(reference) => text.press_desk_refused_same(reference.as_str()),
        LimitReached::Flood => text.press_desk_refused_flood(to),
    }
}
