//! `/faq stats`: how many questions were asked and how they ended, day by day.

pub(in crate::bot) mod chart;
pub(in crate::bot) mod counts;
pub(in crate::bot) mod digest;

use crate::{
    bot::{
        Bot, Request,
        reply::{Card, Outcome, Reply, Tone, Visibility},
        stats::counts::{days_before, read},
    },
    text::text,
};

/// Days shown one by one.
const DAYS: i32 = 7;
/// Days added up.
const LONG: i32 = 28;

/// The counts of the last days.
pub(super) async fn stats(bot: &Bot, request: &Request) -> Reply {
    let text = text(request.locale);
    let Some(recorder) = &bot.recorder else { return Reply::private(text.gaps_no_store()) };
    let today = bot.clock.today();
    let counts = match read(recorder, days_before(today, LONG - 1), today).await {
        Ok(counts) => counts,
        Err(error) => {
            tracing::warn!(%error, "the counts of questions could not be read");
            return Reply::private(text.gaps_later());
        }
    };
    let mut lines = vec![text.stats_period(LONG.unsigned_abs()), text.stats_counts(&counts.total())];
    lines.push(String::new());
    let days = (0..DAYS).map(|n| days_before(today, n));
    lines.extend(days.map(|day| text.stats_day(day, &counts.of_day(day))));
    let card =
        Card { title: Some(text.stats_title()), body: lines.join("\n"), tone: Tone::Info, ..Card::default() };
    let mut reply = Reply::card(Visibility::Private, Outcome::Service, card);
    reply.lang = text.lang();
    reply
}
