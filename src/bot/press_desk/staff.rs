//! Moderators and enquiries: state, age, reference and what went wrong; never who asks or what.

use tokio::time::timeout;

use super::{PATIENCE, PressDesk};
use crate::{
    bot::{
        Request,
        reply::{Card, Outcome, Reply, Tone, Visibility},
    },
    ids::Reference,
    store::{Overview, State},
    text::{Text, text},
};

/// The most enquiries that are listed.
const LISTED: u32 = 20;

pub(super) async fn enquiries(desk: &PressDesk, request: &Request) -> Reply {
    let text = text(request.locale);
    let Ok(Ok(found)) = timeout(PATIENCE, desk.store.overview(LISTED)).await else {
        return Reply::private(text.press_desk_unavailable());
    };
    let mut lines = Vec::new();
    if desk.signal.is_paused() {
        lines.push(text.press_desk_list_paused());
    }
    if desk.is_folder {
        lines.push(text.press_desk_list_folder());
    }
    if found.is_empty() {
        lines.push(text.press_desk_list_empty());
    }
    lines.extend(found.iter().map(|enquiry| line(enquiry, text)));
    let card = Card {
        title: Some(text.press_desk_list_title()),
        body: lines.join("\n"),
        tone: Tone::Info,
        ..Card::default()
    };
    Reply::card(Visibility::Private, Outcome::Service, card)
}

pub(super) async fn retry(desk: &PressDesk, request: &Request, typed: &str) -> Reply {
    let text = text(request.locale);
    let Some(reference) = Reference::parse(typed) else {
        return Reply::private(text.press_desk_retry_none());
    };
    Reply::private(match timeout(PATIENCE, desk.store.retry(&reference)).await {
        Ok(Ok(true)) => {
            desk.signal.wake();
            tracing::info!(%reference, moderator = %request.actor.id, "a moderator has an enquiry tried again");
            text.press_desk_retry_done(reference.as_str())
        }
        Ok(Ok(false)) => text.press_desk_retry_none(),
        Ok(Err(_)) | Err(_) => text.press_desk_unavailable(),
    })
}

pub(super) async fn block(desk: &PressDesk, request: &Request, typed: &str) -> Reply {
    let text = text(request.locale);
    let Some(reference) = Reference::parse(typed) else {
        return Reply::private(text.press_desk_block_none());
    };
    Reply::private(match timeout(PATIENCE, desk.store.block(&reference)).await {
        Ok(Ok(true)) => {
            tracing::info!(%reference, moderator = %request.actor.id, "a moderator blocked the sender of an enquiry");
            text.press_desk_block_done(reference.as_str())
        }
        Ok(Ok(false)) => text.press_desk_block_none(),
        Ok(Err(_)) | Err(_) => text.press_desk_unavailable(),
    })
}

fn line(enquiry: &Overview, text: Text) -> String {
    let state = match enquiry.state {
        State::Saved => text.press_desk_state_saved(),
        State::Delayed => text.press_desk_state_delayed(),
        State::Sent => text.press_desk_state_sent(),
        State::Dead => text.press_desk_state_dead(),
        State::Closed => text.press_desk_state_closed(),
    };
    let line = text.press_desk_list_line(enquiry.reference.as_str(), &state, &age(enquiry.age));
    match &enquiry.problem {
        Some(problem) => {
            format!("{line} · {}", text.press_desk_list_problem(enquiry.attempts.max(1), problem))
        }
        None => line,
    }
}

/// `3 min`, `5 h`, `2 d`: units that English and French share well enough.
fn age(seconds: i64) -> String {
    match seconds.max(0) {
        under @ 0..3600 => format!("{} min", under / 60),
        under @ 3600..172_800 => format!("{} h", under / 3600),
        more => format!("{} d", more / 86_400),
    }
}
