//! Completions of `/ask question:`: entries whose content matches what was typed so far.

use std::sync::Arc;

use crate::bot::{
    Bot, Request,
    reply::{Completion, Reply},
    typed,
};

/// Discord shows no more.
const MAX_COMPLETIONS: usize = 25;

/// Up to 25 questions in the member's language. A failure offers none, because a completion must never hold up a question.
pub(super) async fn complete(bot: &Bot, request: &Request, prefix: &str) -> Reply {
    let generation = bot.current.load();
    let number = generation.number();
    let prefix = typed::cut(prefix);
    let asked = Arc::clone(&generation);
    let found = bot.pool.run(move || asked.complete(&prefix, MAX_COMPLETIONS)).await.unwrap_or_default();
    let content = generation.content();
    let today = bot.clock.today();
    let entries = found
        .iter()
        .filter_map(|id| content.entry(id))
        .filter(|entry| !entry.kind.is_route() && entry.is_valid_on(today));
    let completions = entries.take(MAX_COMPLETIONS).map(|entry| Completion {
        name: entry.version(request.locale).question.clone(),
        value: typed::completion(&entry.id),
    });
    let mut reply = Reply::completions(completions.collect());
    reply.generation = number;
    reply
}
