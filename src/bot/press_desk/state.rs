//! The state of an enquiry, shown to its sender and to nobody else.

use tokio::time::timeout;

use super::{PATIENCE, PressDesk, shown_address};
use crate::{
    bot::{Bot, Request, reply::Reply},
    ids::Reference,
    mail::utc_time,
    store::{State, Status},
    text::{Text, text},
};

pub(super) async fn status(bot: &Bot, desk: &PressDesk, request: &Request, typed: &str) -> Reply {
    let text = text(request.locale);
    let Some(reference) = Reference::parse(typed) else {
        return Reply::private(text.press_desk_status_unknown());
    };
    let found = timeout(PATIENCE, desk.store.status(&reference, request.actor.id)).await;
    Reply::private(match found {
        Ok(Ok(Some(status))) => state_of(&reference, &status, &shown_address(bot).unwrap_or_default(), text),
        Ok(Ok(None)) => text.press_desk_status_unknown(),
        Ok(Err(_)) | Err(_) => text.press_desk_status_later(),
    })
}

/// Notes the agreement; the state of an enquiry that is settled already is shown at once instead.
pub(super) async fn notify(bot: &Bot, desk: &PressDesk, request: &Request, typed: &str) -> Reply {
    let text = text(request.locale);
    let Some(reference) = Reference::parse(typed) else {
        return Reply::private(text.press_desk_status_unknown());
    };
    let agreed = timeout(PATIENCE, async {
        let is_theirs = desk.store.request_notice(&reference, request.actor.id).await?;
        let status = desk.store.status(&reference, request.actor.id).await?;
        Ok::<_, crate::store::StoreError>(status.filter(|_| is_theirs))
    });
    Reply::private(match agreed.await {
        Ok(Ok(Some(status))) if matches!(status.state, State::Saved | State::Delayed) => {
            text.press_desk_notify_agreed(reference.as_str())
        }
        Ok(Ok(Some(status))) => state_of(&reference, &status, &shown_address(bot).unwrap_or_default(), text),
        Ok(Ok(None)) => text.press_desk_status_unknown(),
        Ok(Err(_)) | Err(_) => text.press_desk_status_later(),
    })
}

fn state_of(reference: &Reference, status: &Status, to: &str, text: Text) -> String {
    let reference = reference.as_str();
    let time = utc_time(status.settled_at.unwrap_or_default());
    match status.state {
        State::Saved => text.press_desk_status_saved(reference),
        State::Delayed => text.press_desk_status_delayed(reference),
        State::Sent if status.is_folder => text.press_desk_status_folder(reference, &time),
        State::Sent => text.press_desk_status_sent(reference, &time),
        State::Dead => text.press_desk_status_dead(reference, to),
        State::Closed => text.press_desk_status_closed(reference),
    }
}
