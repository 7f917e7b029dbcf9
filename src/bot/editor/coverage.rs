//! `/faq coverage`: what the content lacks: French versions, wordings, tests, reviews.

use crate::{
    bot::{
        Bot, Request,
        editor::service,
        reply::{Reply, Tone},
    },
    knowledge::content::entry::{Entry, EntryId},
    lang::Lang,
    text::text,
};

/// Fewer wordings than this are few, as `faqbot check` says too.
const ENOUGH_WORDINGS: usize = 6;

/// Lists what is missing, by kind; most urgent first.
pub(super) fn coverage(bot: &Bot, request: &Request) -> Reply {
    let text = text(request.locale);
    let today = bot.clock.today();
    let generation = bot.current.load();
    let entries = generation.content().entries.iter().filter(|entry| !entry.kind.is_route());
    let entries: Vec<&Entry> = entries.collect();
    let ids = |is_listed: &dyn Fn(&Entry) -> bool| -> Vec<EntryId> {
        entries.iter().filter(|entry| is_listed(entry)).map(|entry| entry.id.clone()).collect()
    };
    let mut few: Vec<&&Entry> =
        entries.iter().filter(|entry| entry.wordings.len() < ENOUGH_WORDINGS).collect();
    few.sort_by_key(|entry| entry.wordings.len());
    let few: Vec<EntryId> = few.into_iter().map(|entry| entry.id.clone()).collect();
    let overdue = ids(&|entry| entry.is_review_overdue(today));
    let hidden = ids(&|entry| !entry.is_valid_on(today));
    let no_french = ids(&|entry| !entry.versions.contains_key(&Lang::Fr));
    let no_tests = ids(&|entry| entry.asks.is_empty());
    let lines: Vec<String> = [
        (&overdue, text.coverage_overdue(&overdue)),
        (&hidden, text.coverage_hidden(&hidden)),
        (&few, text.coverage_few_wordings(&few)),
        (&no_tests, text.coverage_no_tests(&no_tests)),
        (&no_french, text.coverage_no_french(&no_french)),
    ]
    .into_iter()
    .filter(|(ids, _)| !ids.is_empty())
    .map(|(_, line)| line)
    .collect();
    let body = if lines.is_empty() { text.coverage_complete() } else { lines.join("\n\n") };
    service(text.coverage_title(), body, Tone::Info)
}
