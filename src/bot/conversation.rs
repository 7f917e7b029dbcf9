//! What people do around an answer: they see all that proves it, or take it away.

pub(crate) mod ask;
pub(crate) mod memory;

use self::ask::{ConversationAsk, Passages, Unreadable};
use crate::{
    bot::{
        Bot, Request,
        compose::card,
        reply::{Card, Outcome, Reply, Tone, Visibility},
    },
    knowledge::content::entry::{Citation, Content, Passage},
    lang::Lang,
    text::text,
};

/// Answers `ask`.
pub(super) fn handle(bot: &Bot, request: &Request, ask: &ConversationAsk) -> Reply {
    match ask {
        ConversationAsk::Passages(passages) => self::passages(bot, request, passages),
        ConversationAsk::Remove { asker } => {
            let may_remove = request.actor.id == *asker || request.actor.is_moderator;
            if may_remove { Reply::removal() } else { Reply::private(text(request.locale).not_your_answer()) }
        }
        ConversationAsk::Unreadable(why) => unreadable(request, *why),
        // `Bot` asks a question as any other.
        ConversationAsk::Question { .. } | ConversationAsk::OpeningPost { .. } => Reply::silent(),
    }
}

/// One line that says what to do.
fn unreadable(request: &Request, why: Unreadable) -> Reply {
    let text = text(request.locale);
    Reply::private(match why {
        Unreadable::NoText => text.no_text(),
        Unreadable::Withheld => text.withheld(),
    })
}

/// The answer to a forum's post with the way to a person under it, since there the bot answers only once unasked.
pub(super) fn with_way_to_a_person(bot: &Bot, mut reply: Reply) -> Reply {
    if reply.visibility == Visibility::Public && reply.outcome != Outcome::Service {
        let text = text(reply.lang);
        let mut body = text.way_to_a_person();
        let contact = bot.config.safety.contact.trim();
        if !contact.is_empty() {
            body = format!("{body} {}", text.need_contact(contact));
        }
        reply.cards.push(Card { body, tone: Tone::Info, ..Card::default() });
    }
    reply
}

/// Every passage behind an answer, to the person alone.
fn passages(bot: &Bot, request: &Request, passages: &Passages) -> Reply {
    let generation = bot.current.load();
    let Some(mut card) = passages_card(generation.content(), passages, request.locale) else {
        return Reply::private(text(request.locale).gone());
    };
    card.footer = Some(card::footer(generation.content(), text(request.locale)));
    let mut reply = Reply::card(Visibility::Private, Outcome::Service, card);
    reply.lang = request.locale;
    reply
}

fn passages_card(content: &Content, passages: &Passages, locale: Lang) -> Option<Card> {
    let (title, sources) = match passages {
        Passages::Entry(id) => {
            let entry = content.entry(id).filter(|entry| !entry.kind.is_route())?;
            (entry.version(locale).question.clone(), entry.citations.clone())
        }
        Passages::Paragraphs(numbers) => {
            let all = content.announcement.iter().flat_map(|announcement| &announcement.passages);
            let asked =
                all.filter(|passage| numbers.iter().any(|number| usize::from(*number) == passage.paragraph));
            let citation = |passage: &Passage| Citation {
                paragraph: Some(passage.paragraph),
                quote: passage.text.clone(),
            };
            let sources: Vec<Citation> = asked.map(citation).collect();
            if sources.is_empty() {
                return None;
            }
            (text(locale).every_passage_title(), sources)
        }
    };
    let url = card::url(content);
    Some(Card { title: Some(title), sources, url, tone: Tone::Info, ..Card::default() })
}
