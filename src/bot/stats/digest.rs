//! The weekly digest in the moderators' channel: how the questions of seven days ended, with a chart, and what was asked
//! in vain most often.

use jiff::civil::Date;

use crate::{
    bot::{
        Bot,
        gaps::clusters,
        record::Recorder,
        reply::{Card, Outcome, Picture, Reply, Tone, Visibility},
        stats::{chart, counts},
    },
    config::Schedule,
    lang::Lang,
    store::StoreError,
    text::text,
};

/// Clusters shown.
const MAX_CLUSTERS: usize = 5;

/// A digest that is to be sent.
pub(crate) struct Digest {
    /// The day it was due; it covers the seven days before.
    pub(crate) day: Date,
    /// What it says.
    pub(crate) reply: Reply,
}

impl Bot {
    /// The digest that is due and was not sent yet, now claimed: [`Bot::end_digest`] must follow. `None` if nothing was
    /// asked in its week.
    pub(crate) async fn due_digest(&self) -> Option<Digest> {
        let recorder = self.recorder.as_ref()?;
        self.config.discord.moderator_channel?;
        let schedule = Schedule::parse(&self.config.digest.schedule).flatten()?;
        let day = last_due(schedule, self.clock.local());
        match self.digest(recorder, day).await {
            Ok(digest) => digest,
            Err(error) => {
                tracing::warn!(%error, "the weekly digest could not be put together");
                None
            }
        }
    }

    async fn digest(&self, recorder: &Recorder, day: Date) -> Result<Option<Digest>, StoreError> {
        if recorder.store().has_digest(&day.to_string()).await? {
            return Ok(None);
        }
        let (first, last) = (counts::days_before(day, 7), counts::days_before(day, 1));
        let week = counts::read(recorder, first, last).await?;
        if week.total().asked() == 0 {
            return Ok(None);
        }
        // The moderators' channel is one of several people, who may set their clients to several languages.
        let text = text(Lang::En);
        let mut paragraphs =
            vec![text.digest_period(&text.day(first), &text.day(last)), text.stats_counts(&week.total())];
        let gaps = match self.config.privacy.keep_gaps {
            true => clusters::current(self, recorder).await.unwrap_or_default(),
            false => clusters::Clusters::default(),
        };
        if !gaps.shown.is_empty() {
            paragraphs.push(text.digest_gaps());
        }
        let numbered = gaps.shown.iter().take(MAX_CLUSTERS).enumerate();
        paragraphs.extend(numbered.map(|(at, cluster)| clusters::described(text, at + 1, cluster)));
        paragraphs.push(text.digest_more());
        paragraphs.push(text.digest_legend());
        if !recorder.store().claim_digest(&day.to_string()).await? {
            return Ok(None);
        }
        let days = (0..7).map(|n| counts::days_before(last, 6 - n));
        let days: Vec<_> = days.map(|day| (day, week.of_day(day))).collect();
        let card = Card {
            title: Some(text.digest_title()),
            body: paragraphs.join("\n\n"),
            tone: Tone::Info,
            ..Card::default()
        };
        let mut reply = Reply::card(Visibility::Private, Outcome::Service, card);
        reply.picture = chart::draw(&days).map(|png| Picture { png, about: text.digest_picture() });
        Ok(Some(Digest { day, reply }))
    }

    /// Records whether a claimed digest was sent.
    pub(crate) async fn end_digest(&self, digest: &Digest, is_sent: bool) {
        let Some(recorder) = &self.recorder else { return };
        if let Err(error) = recorder.store().end_digest(&digest.day.to_string(), is_sent).await {
            tracing::warn!(%error, "whether the weekly digest was sent could not be recorded");
        }
    }
}

/// The last day on which a digest was due.
fn last_due(schedule: Schedule, now: jiff::civil::DateTime) -> Date {
    let passed = (0..7)
        .map(|n| counts::days_before(now.date(), n))
        .find(|day| day.weekday() == schedule.weekday && (*day < now.date() || now.time() >= schedule.time));
    // None of the seven: it is due later today, so the last one was a week ago.
    passed.unwrap_or_else(|| counts::days_before(now.date(), 7))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Time, Weekday, date};

    use super::*;

    #[test]
    fn the_last_due_day_is_the_newest_whose_time_has_come() {
        let schedule = Schedule { weekday: Weekday::Monday, time: Time::constant(9, 0, 0, 0) };
        let monday = date(2026, 11, 30);
        for (now, due) in [
            (monday.at(9, 0, 0, 0), monday),
            (monday.at(8, 59, 0, 0), date(2026, 11, 23)),
            (date(2026, 12, 1).at(0, 0, 0, 0), monday),
            (date(2026, 12, 6).at(23, 0, 0, 0), monday),
        ] {
            assert_eq!(last_due(schedule, now), due, "{now}");
        }
    }
}
