//! `/faq coverage`: what the content lacks: French versions, wordings, tests, reviews. What members ask most comes first.

use std::{cmp::Reverse, collections::HashMap};

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

/// Lists what is missing, by kind, most urgent first; within a kind, what was asked most often first.
pub(super) async fn coverage(bot: &Bot, request: &Request) -> Reply {
    let text = text(request.locale);
    let today = bot.clock.today();
    let asked = asked(bot).await;
    let generation = bot.current.load();
    let entries = generation.content().entries.iter().filter(|entry| !entry.kind.is_route());
    let mut entries: Vec<&Entry> = entries.collect();
    let n_asked = |entry: &Entry| asked.get(entry.id.as_str()).copied().unwrap_or(0);
    entries.sort_by_key(|entry| (Reverse(n_asked(entry)), entry.wordings.len()));
    let listed = |is_listed: &dyn Fn(&Entry) -> bool| -> Vec<(EntryId, u64)> {
        let listed = entries.iter().filter(|entry| is_listed(entry));
        listed.map(|entry| (entry.id.clone(), n_asked(entry))).collect()
    };
    let overdue = listed(&|entry| entry.is_review_overdue(today));
    let hidden = listed(&|entry| !entry.is_valid_on(today));
    let few = listed(&|entry| entry.wordings.len() < ENOUGH_WORDINGS);
    let no_tests = listed(&|entry| entry.asks.is_empty());
    let no_french = listed(&|entry| !entry.versions.contains_key(&Lang::Fr));
    let mut lines: Vec<String> = [
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
    if lines.is_empty() {
        lines.push(text.coverage_complete());
    } else if !asked.is_empty() {
        lines.push(text.coverage_counts());
    }
    service(text.coverage_title(), lines.join("\n\n"), Tone::Info)
}

/// How often each entry was a public answer lately; nothing without a database, or if it fails.
async fn asked(bot: &Bot) -> HashMap<String, u64> {
    let Some(recorder) = &bot.recorder else { return HashMap::new() };
    recorder.flush().await;
    recorder.store().answers_by_entry().await.unwrap_or_else(|error| {
        tracing::warn!(%error, "how often entries were asked could not be read");
        HashMap::new()
    })
}
