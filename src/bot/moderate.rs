//! What moderators do: reload, test, status. Every moderator's request passes the permission check here, whatever
//! Discord itself let through.

use crate::{
    bot::{
        Bot, Request,
        reply::{Card, Outcome, Reply, Tone, Visibility},
    },
    text::text,
};

/// Whether the person may do it.
pub(super) fn is_allowed(request: &Request) -> bool {
    request.actor.is_moderator
}

/// The refusal, with a line for the audit.
pub(super) fn refusal(request: &Request) -> Reply {
    tracing::warn!(
        target: "faqbot::audit",
        actor = request.actor.id,
        ask = request.ask.name(),
        "refused: not a moderator"
    );
    let words = text(request.locale);
    let card = Card {
        title: Some(words.refused_title()),
        body: words.refused(),
        tone: Tone::Error,
        ..Card::default()
    };
    Reply::card(Visibility::Private, Outcome::Service, card)
}

pub(super) async fn reload(_bot: &Bot, request: &Request, _allow_shrink: bool) -> Reply {
    Reply::private(text(request.locale).busy())
}
pub(super) async fn test(_bot: &Bot, request: &Request, _text: &str) -> Reply {
    Reply::private(text(request.locale).busy())
}
pub(super) fn status(_bot: &Bot, request: &Request) -> Reply {
    Reply::private(text(request.locale).busy())
}
