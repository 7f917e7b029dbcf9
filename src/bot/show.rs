//! Buttons under an answer: a near miss, "Why this answer?", "Not helpful", the careful text, and buttons of old versions.

use crate::{
    bot::{
        Bot, Request,
        compose::{self, Scene, card},
        reply::{Action, Button, Card, Outcome, Reply, Tone, Visibility},
        request::Why,
    },
    knowledge::{
        Generation,
        content::entry::{Entry, EntryId, Kind},
        matching::normalise,
    },
    text::{AnsweredBefore, text},
};

/// A near miss that was chosen, or a completion: the entry itself, in the member's language.
pub(super) fn entry(bot: &Bot, request: &Request, id: &EntryId, private: Option<bool>) -> Reply {
    let generation = bot.current.load();
    let content = generation.content();
    let Some(entry) = shown(bot, &generation, id) else {
        return Reply::private(text(request.locale).gone());
    };
    let frame = text(request.locale);
    let scene = Scene {
        content,
        generation: generation.number(),
        config: &bot.config,
        asker: request.actor.id,
        place: request.place,
        locale: request.locale,
        private,
        is_overheard: false,
    };
    let outcome = if entry.kind == Kind::NotCovered { Outcome::Unknown } else { Outcome::Answer };
    let mut card = card::entry(content, entry, request.locale, 1.0, &entry.version(request.locale).question);
    card.footer = Some(card::footer(content, frame));
    let mut reply = Reply::card(compose::visibility(&scene), outcome, card);
    reply.buttons = compose::passages_button(entry, None, frame).into_iter().collect();
    reply.buttons.push(Button {
        label: frame.button_not_helpful(),
        action: Action::NotHelpful(Some(entry.id.clone())),
    });
    reply.buttons.extend(compose::remove_button(&scene, reply.visibility, frame));
    reply.lang = request.locale;
    reply.generation = generation.number();
    bot.conversations.remember(request.actor.id, request.place, Some(entry.id.clone()));
    reply
}

/// Explains an answer from what the button carries; nothing of the question was kept.
pub(super) fn why(bot: &Bot, request: &Request, why: &Why) -> Reply {
    let generation = bot.current.load();
    let text = text(request.locale);
    let Some(entry) = generation.content().entry(&why.entry) else {
        return Reply::private(text.gone());
    };
    let mut lines = vec![text.why_entry(entry)];
    if why.generation == generation.number() {
        if let Some((wording, _)) = entry.all_wordings().nth(usize::from(why.wording)) {
            lines.push(text.why_wording(wording));
            lines.push(text.why_words(&matched_words(wording, why.matched)));
        }
    } else {
        lines.push(text.why_reloaded(AnsweredBefore { by: why.generation, now: generation.number() }));
    }
    let before = why.after.filter(|_| why.generation == generation.number());
    if let Some(before) = before.and_then(|at| generation.content().entries.get(usize::from(at))) {
        lines.push(text.why_after(before));
    }
    lines.push(text.why_scores(why.confidence, why.margin, why.threshold));
    lines.push(text.why_generation(why.generation));
    let card = Card {
        title: Some(text.why_title()),
        body: lines.join("\n"),
        entry: Some(entry.id.clone()),
        confidence: f32::from(why.confidence) / 100.0,
        tone: Tone::Info,
        ..Card::default()
    };
    Reply::card(Visibility::Private, Outcome::Service, card)
}

/// Counts that an answer did not help.
pub(super) fn not_helpful(bot: &Bot, request: &Request, entry: Option<&EntryId>) -> Reply {
    let generation = bot.current.load();
    let known = entry.and_then(|id| generation.content().entry(id)).map(|entry| entry.id.clone());
    let is_gone = entry.is_some() && known.is_none();
    if !is_gone {
        if let Some(recorder) = &bot.recorder {
            recorder.not_helpful(request.actor.id, known.as_ref(), &bot.clock.today().to_string());
        }
        bot.feedback.not_helpful(known);
    }
    Reply::private(text(request.locale).thanks_for_feedback())
}

/// The careful text, privately, to whoever pressed the button under the short public notice.
pub(super) fn need_help(bot: &Bot, request: &Request) -> Reply {
    let generation = bot.current.load();
    let card = card::need(generation.content(), &bot.config, request.locale, 1.0);
    let mut reply = Reply::card(Visibility::Private, Outcome::Sensitive, card);
    reply.lang = request.locale;
    reply.generation = generation.number();
    reply
}

/// A button of another version.
pub(super) fn stale(request: &Request) -> Reply {
    Reply::private(text(request.locale).stale())
}

/// The entry, if members may see it: a custom id can name any file, such as a route or an expired entry.
fn shown<'a>(bot: &Bot, generation: &'a Generation, id: &EntryId) -> Option<&'a Entry> {
    let entry = generation.content().entry(id)?;
    let is_shown = !entry.kind.is_route() && entry.is_valid_on(bot.clock.today());
    is_shown.then_some(entry)
}

/// The words whose bits are set, folded as the matcher compares them.
fn matched_words(wording: &str, matched: u32) -> Vec<String> {
    let words = normalise::words(wording).into_iter().take(32).enumerate();
    words.filter(|(at, _)| matched & (1 << at) != 0).map(|(_, word)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_of_a_why_button_name_words_of_the_wording() {
        assert_eq!(matched_words("Why is IJM leaving Rwanda?", 0b10101), ["why", "ijm", "rwanda"]);
        assert!(matched_words("Why?", u32::MAX - 1).is_empty());
    }
}
