//! A question, addressed to the bot or overheard: the matcher decides it, `compose.rs` puts the reply together.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    bot::{
        Bot, Request, apology,
        compose::{self, Scene},
        pool::PoolError,
        preceding::Preceding,
        record::Observed,
        reply::Reply,
        typed,
    },
    failpoint,
    knowledge::matching::verdict::{self, Verdict},
    text::text,
};

/// A reply, and what may be kept of its question.
pub(super) struct Answered {
    /// The reply.
    pub(super) reply: Reply,
    /// What may be kept; `None` if nothing may.
    pub(super) observed: Option<Observed>,
    /// How long it took.
    pub(super) took: Duration,
}

impl From<Reply> for Answered {
    /// A reply of which nothing is kept.
    fn from(reply: Reply) -> Answered {
        Answered { reply, observed: None, took: Duration::ZERO }
    }
}

/// A question that is addressed to the bot.
pub(super) async fn question(
    bot: &Bot,
    request: &Request,
    question: &str,
    private: Option<bool>,
    preceding: &Preceding,
) -> Answered {
    ask(bot, request, typed::cut(question), private, preceding, false).await
}

/// A message in an ask channel: answered if it is a question.
pub(super) async fn overheard(
    bot: &Bot,
    request: &Request,
    message: &str,
    preceding: &Preceding,
) -> Answered {
    let message = typed::cut(message);
    if message.trim().is_empty() {
        return Reply::silent().into();
    }
    ask(bot, request, message, Some(false), preceding, true).await
}

async fn ask(
    bot: &Bot,
    request: &Request,
    question: String,
    private: Option<bool>,
    preceding: &Preceding,
    is_overheard: bool,
) -> Answered {
    let start = Instant::now();
    let (person, place) = (request.actor.id, request.place);
    let remembered = bot.conversations.before(person, place, preceding.is_thread);
    let before = preceding.shown.clone().or(remembered);
    let (generation, today) = (bot.current.load(), bot.clock.today());
    let verdicts: Result<Vec<Verdict>, PoolError> =
        match generation.remembered(&question, before.as_ref(), today) {
            Some(verdicts) => Ok(verdicts),
            None => {
                let (asked, after) = (Arc::clone(&generation), before.clone());
                let work = move || {
                    failpoint::pass("question.asked");
                    asked.ask_after(&question, after.as_ref(), today)
                };
                bot.pool.run(work).await
            }
        };
    let verdicts = match verdicts {
        Ok(verdicts) => verdicts,
        Err(_) if is_overheard => {
            tracing::warn!(ask = request.ask.name(), "an overheard message could not be looked at");
            return Reply::silent().into();
        }
        Err(PoolError::Panicked) => return apology::reply(request.locale, request.ask.name()).into(),
        Err(PoolError::TooLong) => return Reply::private(text(request.locale).busy()).into(),
    };
    let scene = Scene {
        content: generation.content(),
        generation: generation.number(),
        config: &bot.config,
        asker: request.actor.id,
        place: request.place,
        locale: request.locale,
        private,
        is_overheard,
    };
    let reply = compose::compose(&scene, &verdicts);
    let observed = Observed::of(&scene, &verdicts, &reply);
    // What was overheard and not answered belongs to other people's conversation.
    if !reply.is_silent() {
        bot.conversations.remember(person, place, verdict::topic(&verdicts, before));
    }
    Answered { reply, observed, took: start.elapsed() }
}
