//! `/help`, and the reply to an empty question.

use crate::{
    bot::{
        Bot, Request, commands,
        reply::{Card, Outcome, Reply, Tone, Visibility},
        request::Place,
    },
    knowledge::content::entry::Kind,
    text::text,
};

/// What the bot is for, how to ask it and its commands, in the member's language.
pub(super) fn help(bot: &Bot, request: &Request) -> Reply {
    let generation = bot.current.load();
    let content = generation.content();
    let text = text(request.locale);
    let mut paragraphs = vec![text.help_about(content.announcement.as_ref().map(|a| a.title.as_str()))];
    if let Some(entry) = content.entries.iter().find(|entry| entry.kind == Kind::Answer) {
        paragraphs.push(text.help_example(&entry.version(request.locale).question));
    }
    paragraphs.extend(text.help_paragraphs());
    let privacy = &bot.config.privacy;
    let keeps_gaps = privacy.keep_gaps && bot.recorder.is_some();
    paragraphs.push(text.help_privacy(keeps_gaps.then_some(privacy.min_askers)));
    if request.actor.is_moderator {
        paragraphs.push(text.help_moderator());
    }
    let card = Card {
        title: Some(text.help_title()),
        body: paragraphs.join("\n\n"),
        url: content.announcement.as_ref().map(|a| a.url.clone()),
        footer: Some(text.footer(content.texts())),
        tone: Tone::Info,
        ..Card::default()
    };
    let has_menus = request.place != Place::Terminal;
    let list = commands::help(bot.commands, request.locale, request.actor.is_moderator, has_menus);
    let list = Card { body: list, footer: card.footer.clone(), tone: Tone::Info, ..Card::default() };
    let mut reply = Reply::card(Visibility::Private, Outcome::SmallTalk, card);
    reply.cards.push(list);
    reply.generation = generation.number();
    reply.lang = request.locale;
    reply
}
