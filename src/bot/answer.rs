//! A question, addressed to the bot or overheard: limit, matcher, reply. The reply is put together by `compose.rs`.

use std::sync::Arc;

use crate::{
    bot::{
        Bot, Request, apology, complete,
        compose::{self, Scene},
        help,
        pool::PoolError,
        reply::{Outcome, Reply},
        request::Place,
        show,
    },
    knowledge::{Generation, matching::verdict::Verdict},
    text::text,
};

/// The longest message that is read, in characters: what Discord lets a subscriber send.
const MAX_CHARS: usize = 4_000;

/// Somebody asks the bot.
pub(super) async fn question(bot: &Bot, request: &Request, typed: &str, private: Option<bool>) -> Reply {
    let typed = cut(typed);
    if typed.trim().is_empty() {
        return help::help(bot, request);
    }
    let generation = bot.current.load();
    if let Some(entry) = complete::chosen(&typed, generation.content()) {
        return show::entry(bot, request, &entry, private);
    }
    ask(bot, request, generation, typed, private, false).await
}

/// A message in an ask channel: answered if it is a question.
pub(super) async fn overheard(bot: &Bot, request: &Request, typed: &str) -> Reply {
    let typed = cut(typed);
    if typed.trim().is_empty() {
        return Reply::silent();
    }
    ask(bot, request, bot.current.load(), typed, Some(false), true).await
}

async fn ask(
    bot: &Bot,
    request: &Request,
    generation: Arc<Generation>,
    typed: String,
    private: Option<bool>,
    is_overheard: bool,
) -> Reply {
    let (asked, today) = (Arc::clone(&generation), bot.clock.today());
    let verdicts: Result<Vec<Verdict>, PoolError> = bot.pool.run(move || asked.ask(&typed, today)).await;
    let verdicts = match verdicts {
        Ok(verdicts) => verdicts,
        Err(_) if is_overheard => {
            tracing::warn!(ask = request.ask.name(), "an overheard message could not be looked at");
            return Reply::silent();
        }
        Err(PoolError::Panicked) => return apology::reply(request.locale, request.ask.name()),
        Err(PoolError::TooLong) => return Reply::private(text(request.locale).busy()),
    };
    let scene = Scene {
        content: generation.content(),
        generation: generation.number(),
        config: &bot.config,
        place: request.place,
        locale: request.locale,
        private,
        is_overheard,
    };
    within_limit(bot, request, compose::compose(&scene, &verdicts))
}

/// Holds back a reply to a person who asks too fast. What is silent does not count, and a person in need is never
/// told to wait: that is why the matcher looks first.
fn within_limit(bot: &Bot, request: &Request, reply: Reply) -> Reply {
    let is_free =
        reply.is_silent() || reply.outcome == Outcome::Sensitive || request.place == Place::Terminal;
    if is_free {
        return reply;
    }
    match bot.limits.check(request.actor.id) {
        Ok(()) => reply,
        Err(seconds) => Reply::private(text(request.locale).wait(seconds)),
    }
}

/// The last [`MAX_CHARS`] characters of what was typed: a question is mostly at the end.
pub(super) fn cut(typed: &str) -> String {
    let skipped = typed.chars().count().saturating_sub(MAX_CHARS);
    typed.chars().skip(skipped).collect()
}
