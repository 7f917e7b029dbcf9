//! What is in force, for a moderator.

use jiff::ToSpan;

use crate::{
    bot::{
        Bot, Request,
        moderate::service,
        reply::{Reply, Tone},
    },
    knowledge::content::entry::{EntryId, Kind},
    text::text,
};

/// Entries named as those that helped least.
const MAX_LEAST_HELPFUL: usize = 5;

/// Days of which "Not helpful" is counted.
const FEEDBACK_DAYS: i32 = 90;

/// Generation, counts, hash, age, findings, what was not helpful.
pub(in crate::bot) async fn status(bot: &Bot, request: &Request) -> Reply {
    let text = text(request.locale);
    let generation = bot.current.load();
    let content = generation.content();
    let status = bot.reloader.status();
    let count = |kind: Kind| content.entries.iter().filter(|entry| entry.kind == kind).count();
    let routes = content.entries.iter().filter(|entry| entry.kind.is_route()).count();
    let wordings = content.entries.iter().map(|entry| entry.all_wordings().count()).sum();
    let in_force = match generation.is_ready() {
        true => text.status_generation(generation.number(), &content.hash.0),
        false => text.status_nothing_in_force(),
    };
    let mut lines = vec![
        in_force,
        text.status_in_force_since(status.since, bot.clock.now()),
        text.status_announcement(content.announcement.as_ref()),
        text.status_entries(count(Kind::Answer), count(Kind::NotCovered), routes, wordings),
        text.status_findings(status.warnings.n_errors(), status.warnings.n_warnings()),
    ];
    if status.is_provisional {
        lines.push(text.status_provisional());
    }
    lines.extend(status.refused_at.map(|at| text.status_last_refused(at)));
    let (total, least) = not_helpful(bot).await;
    lines.push(match bot.recorder.is_some() {
        true => text.status_not_helpful_kept(FEEDBACK_DAYS.unsigned_abs(), total),
        false => text.status_not_helpful(total),
    });
    if !least.is_empty() {
        lines.push(text.status_not_helpful_most(&least));
    }
    let tone = if status.refused_at.is_some() { Tone::Error } else { Tone::Info };
    let mut reply = service(text.status_title(), lines.join("\n"), tone);
    reply.generation = generation.number();
    reply
}

/// How often "Not helpful" was pressed, and the entries on which most often: in the last days where there is a database,
/// otherwise since the start.
async fn not_helpful(bot: &Bot) -> (u64, Vec<EntryId>) {
    let counts: Vec<(Option<EntryId>, u64)> = match &bot.recorder {
        None => bot.feedback.counts(),
        Some(recorder) => {
            recorder.flush().await;
            let first = bot.clock.today().saturating_sub(FEEDBACK_DAYS.days());
            let rows = recorder.store().feedback(&first.to_string()).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "the counts of \"Not helpful\" could not be read");
                Vec::new()
            });
            rows.into_iter().map(|(id, count)| (EntryId::new(&id), count.unsigned_abs())).collect()
        }
    };
    let total = counts.iter().map(|(_, count)| count).sum();
    let entries = counts.into_iter().filter_map(|(entry, _)| entry);
    (total, entries.take(MAX_LEAST_HELPFUL).collect())
}
