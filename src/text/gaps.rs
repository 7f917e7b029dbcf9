//! What moderators read about questions that were asked in vain, and about counts. The messages are in
//! `locales/<lang>/gaps.ftl`.

use jiff::civil::Date;

use crate::{lang::Lang, text::Text};

/// How the questions of a day, or of several, ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DayCounts {
    /// Answered.
    pub(crate) answered: u64,
    /// Near misses offered.
    pub(crate) suggested: u64,
    /// The texts do not say.
    pub(crate) unknown: u64,
    /// Presses of "Not helpful".
    pub(crate) unhelpful: u64,
    /// The median time of a reply in milliseconds.
    pub(crate) median: Option<u64>,
}

impl DayCounts {
    /// All questions.
    pub(crate) fn asked(&self) -> u64 {
        self.answered + self.suggested + self.unknown
    }
}

impl Text {
    /// The heading over what was asked in vain.
    pub(crate) fn gaps_title(self) -> String {
        self.say("gaps-title")
    }

    /// A cluster that nothing answered.
    pub(crate) fn gaps_in_vain(self, number: usize, count: usize, askers: usize) -> String {
        self.get(
            "gaps-in-vain",
            &[("number", number.into()), ("count", count.into()), ("askers", askers.into())],
        )
    }

    /// A cluster whose answer did not help.
    pub(crate) fn gaps_unhelpful(self, number: usize, count: usize, entry: &str) -> String {
        self.get(
            "gaps-unhelpful",
            &[("number", number.into()), ("count", count.into()), ("entry", entry.into())],
        )
    }

    /// A cluster whose askers pressed the same near miss.
    pub(crate) fn gaps_chosen(self, number: usize, askers: usize, entry: &str) -> String {
        self.get(
            "gaps-chosen",
            &[("number", number.into()), ("askers", askers.into()), ("entry", entry.into())],
        )
    }

    /// How many questions are not shown because too few people asked alike.
    pub(crate) fn gaps_hidden(self, questions: usize, clusters: usize, min: usize) -> String {
        self.get(
            "gaps-hidden",
            &[("questions", questions.into()), ("clusters", clusters.into()), ("min", min.into())],
        )
    }

    /// Nothing was asked in vain.
    pub(crate) fn gaps_none(self) -> String {
        self.say("gaps-none")
    }

    /// `privacy.keep_gaps` is off.
    pub(crate) fn gaps_off(self) -> String {
        self.say("gaps-off")
    }

    /// There is no database.
    pub(crate) fn gaps_no_store(self) -> String {
        self.say("gaps-no-store")
    }

    /// The database failed.
    pub(crate) fn gaps_later(self) -> String {
        self.say("gaps-later")
    }

    /// The cluster of a button is gone.
    pub(crate) fn gaps_gone(self) -> String {
        self.say("gaps-gone")
    }

    /// A cluster was dismissed.
    pub(crate) fn gaps_dismissed(self, count: usize) -> String {
        self.get("gaps-dismissed", &[("count", count.into())])
    }

    /// The button that opens the form of a new entry for a cluster.
    pub(crate) fn gaps_button_write(self, number: usize) -> String {
        self.get("gaps-button-write", &[("number", number.into())])
    }

    /// The button that chooses an entry for a cluster.
    pub(crate) fn gaps_button_add(self, number: usize) -> String {
        self.get("gaps-button-add", &[("number", number.into())])
    }

    /// The button that gives a near miss the words of those who pressed it.
    pub(crate) fn gaps_button_teach(self, number: usize) -> String {
        self.get("gaps-button-teach", &[("number", number.into())])
    }

    /// The button that dismisses a cluster.
    pub(crate) fn gaps_button_dismiss(self, number: usize) -> String {
        self.get("gaps-button-dismiss", &[("number", number.into())])
    }

    /// The button that shows the next clusters.
    pub(crate) fn gaps_button_more(self) -> String {
        self.say("gaps-button-more")
    }

    /// The button that shows the list again.
    pub(crate) fn gaps_button_list(self) -> String {
        self.say("gaps-button-list")
    }

    /// The button under "the texts do not say".
    pub(crate) fn subscribe_button(self) -> String {
        self.say("subscribe-button")
    }

    /// The person will get a message.
    pub(crate) fn subscribed(self) -> String {
        self.say("subscribed")
    }

    /// The person will get a message anyway.
    pub(crate) fn subscribed_already(self) -> String {
        self.say("subscribed-already")
    }

    /// The person waits for too many answers.
    pub(crate) fn subscribed_too_many(self) -> String {
        self.say("subscribed-too-many")
    }

    /// The question was asked too long ago.
    pub(crate) fn subscribe_forgotten(self) -> String {
        self.say("subscribe-forgotten")
    }

    /// Nothing can be stored now.
    pub(crate) fn subscribe_later(self) -> String {
        self.say("subscribe-later")
    }

    /// Introduces an answer that somebody waited for.
    pub(crate) fn subscription_due(self) -> String {
        self.say("subscription-due")
    }

    /// No earlier answer is to be corrected.
    pub(crate) fn corrections_none(self) -> String {
        self.say("corrections-none")
    }

    /// How many earlier answers are to be corrected.
    pub(crate) fn corrections_offer(self, count: usize) -> String {
        self.get("corrections-offer", &[("count", count.into())])
    }

    /// The button that corrects them.
    pub(crate) fn corrections_button(self, count: usize) -> String {
        self.get("corrections-button", &[("count", count.into())])
    }

    /// They are being corrected.
    pub(crate) fn corrections_ordered(self, count: usize) -> String {
        self.get("corrections-ordered", &[("count", count.into())])
    }

    /// The note over a corrected answer.
    pub(crate) fn corrections_note(self, day: &str) -> String {
        self.get("corrections-note", &[("day", day.into())])
    }

    /// In place of an answer whose entry is gone.
    pub(crate) fn corrections_withdrawn(self) -> String {
        self.say("corrections-withdrawn")
    }

    /// The heading over the counts.
    pub(crate) fn stats_title(self) -> String {
        self.say("stats-title")
    }

    /// The days that are added up.
    pub(crate) fn stats_period(self, days: u32) -> String {
        self.get("stats-period", &[("days", days.into())])
    }

    /// The counts of several days.
    pub(crate) fn stats_counts(self, counts: &DayCounts) -> String {
        let line = self.get(
            "stats-counts",
            &[
                ("asked", self.whole(counts.asked()).into()),
                ("answered", self.whole(counts.answered).into()),
                ("suggested", self.whole(counts.suggested).into()),
                ("unknown", self.whole(counts.unknown).into()),
                ("unhelpful", self.whole(counts.unhelpful).into()),
            ],
        );
        match counts.median {
            Some(median) => {
                let median = self.whole(median);
                format!("{line}\n{}", self.get("stats-median", &[("median", median.into())]))
            }
            None => line,
        }
    }

    /// The counts of one day, in one line.
    pub(crate) fn stats_day(self, day: Date, counts: &DayCounts) -> String {
        self.get(
            "stats-day",
            &[
                ("day", self.day(day).into()),
                ("asked", self.whole(counts.asked()).into()),
                ("answered", self.whole(counts.answered).into()),
                ("suggested", self.whole(counts.suggested).into()),
                ("unknown", self.whole(counts.unknown).into()),
                ("unhelpful", self.whole(counts.unhelpful).into()),
            ],
        )
    }

    /// The heading of the weekly digest.
    pub(crate) fn digest_title(self) -> String {
        self.say("digest-title")
    }

    /// The days that it covers.
    pub(crate) fn digest_period(self, first: &str, last: &str) -> String {
        self.get("digest-period", &[("first", first.into()), ("last", last.into())])
    }

    /// Introduces what was asked in vain.
    pub(crate) fn digest_gaps(self) -> String {
        self.say("digest-gaps")
    }

    /// Where there is more.
    pub(crate) fn digest_more(self) -> String {
        self.say("digest-more")
    }

    /// What the colours of the chart mean.
    pub(crate) fn digest_legend(self) -> String {
        self.say("digest-legend")
    }

    /// What the chart shows, for those who do not see it.
    pub(crate) fn digest_picture(self) -> String {
        self.say("digest-picture")
    }

    /// A day and a month, in the order of the language.
    pub(crate) fn day(self, day: Date) -> String {
        match self.lang() {
            Lang::Fr => format!("{:02}/{:02}", day.day(), day.month()),
            _ => day.strftime("%d %b").to_string(),
        }
    }

    /// A whole number, grouped in the manner of the language.
    fn whole(self, number: u64) -> String {
        let digits = number.to_string();
        let separator = if self.lang() == Lang::Fr { '\u{202f}' } else { ',' };
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }
}

#[cfg(test)]
mod tests {
    use crate::text::text;

    use super::*;

    #[test]
    fn numbers_and_days_follow_the_language() {
        let day = jiff::civil::date(2026, 11, 30);
        assert_eq!(
            (text(Lang::En).whole(1_234_567), text(Lang::En).day(day)),
            ("1,234,567".into(), "30 Nov".into())
        );
        assert_eq!(
            (text(Lang::Fr).whole(1234), text(Lang::Fr).day(day)),
            ("1\u{202f}234".into(), "30/11".into())
        );
        assert_eq!(text(Lang::En).whole(0), "0");
    }
}
