//! `/media`: the contact card, privately.

use crate::{
    bot::{
        Bot, Request,
        compose::{card, contact_card},
        reply::{Outcome, Reply, Visibility},
    },
    text::text,
};

/// The contact card with its buttons.
pub(super) fn contact(bot: &Bot, request: &Request) -> Reply {
    let (generation, text) = (bot.current.load(), text(request.locale));
    let mut card = contact_card::card(generation.content(), &bot.config, request.locale, 1.0);
    card.footer = Some(card::footer(generation.content(), text));
    let mut reply = Reply::card(Visibility::Private, Outcome::Media, card);
    reply.buttons = contact_card::buttons(generation.content(), &bot.config, text);
    reply.lang = request.locale;
    reply.generation = generation.number();
    reply
}
