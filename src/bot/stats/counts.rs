//! The counts of days: read, and added up.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};

use crate::{
    bot::record::{self, Recorder},
    store::StoreError,
    text::DayCounts,
};

/// The counts of every day from `first` to `last`.
pub(in crate::bot) async fn read(recorder: &Recorder, first: Date, last: Date) -> Result<Counts, StoreError> {
    recorder.flush().await;
    let rows = recorder.store().tallies(&first.to_string()).await?;
    Ok(Counts::of(rows, last))
}

/// The day so many days before `day`.
pub(in crate::bot) fn days_before(day: Date, n: i32) -> Date {
    day.saturating_sub(n.days())
}

/// The counts of several days.
#[derive(Debug, Default)]
pub(in crate::bot) struct Counts {
    /// By day and name.
    days: BTreeMap<Date, BTreeMap<String, u64>>,
}

impl Counts {
    /// The counts of rows (day, name, count) up to `last`; what cannot be read is left out.
    pub(in crate::bot) fn of(rows: Vec<(String, String, i64)>, last: Date) -> Counts {
        let mut counts = Counts::default();
        for (day, name, count) in rows {
            let (Ok(day), Ok(count)) = (day.parse::<Date>(), u64::try_from(count)) else { continue };
            if day <= last {
                *counts.days.entry(day).or_default().entry(name).or_default() += count;
            }
        }
        counts
    }

    /// The counts of one day.
    pub(in crate::bot) fn of_day(&self, day: Date) -> DayCounts {
        self.days.get(&day).map(|names| summed(std::iter::once(names))).unwrap_or_default()
    }

    /// The counts of all days together.
    pub(in crate::bot) fn total(&self) -> DayCounts {
        summed(self.days.values())
    }
}

fn summed<'a>(days: impl Iterator<Item = &'a BTreeMap<String, u64>>) -> DayCounts {
    let mut counts = DayCounts::default();
    let mut times: BTreeMap<u32, u64> = BTreeMap::new();
    for (name, count) in days.flatten() {
        match name.as_str() {
            "answered" => counts.answered += count,
            "suggested" => counts.suggested += count,
            "unknown" => counts.unknown += count,
            "unhelpful" => counts.unhelpful += count,
            name => {
                if let Some(bucket) = name.strip_prefix(record::TIME).and_then(|n| n.parse().ok()) {
                    *times.entry(bucket).or_default() += count;
                }
            }
        }
    }
    counts.median = median(&times);
    counts
}

/// The median time in milliseconds.
fn median(times: &BTreeMap<u32, u64>) -> Option<u64> {
    let all: u64 = times.values().sum();
    let mut before = 0;
    let bucket = times.iter().find_map(|(bucket, count)| {
        before += count;
        (before * 2 >= all).then_some(*bucket)
    })?;
    Some(record::milliseconds(bucket).round() as u64)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn counts_are_summed_by_day_and_the_median_is_that_of_all_replies() {
        let row = |day: &str, name: &str, count| (day.to_owned(), name.to_owned(), count);
        let rows = vec![
            row("2026-08-01", "answered", 3),
            row("2026-08-01", "ms:04", 3),
            row("2026-08-02", "unknown", 1),
            row("2026-08-02", "ms:40", 1),
            row("2026-08-02", "unhelpful", 2),
            row("2026-08-03", "answered", 9),
            row("nonsense", "answered", 9),
        ];
        let counts = Counts::of(rows, date(2026, 8, 2));
        let total = counts.total();
        assert_eq!((total.asked(), total.answered, total.unknown, total.unhelpful), (4, 3, 1, 2));
        assert_eq!(total.median, Some(2));
        assert_eq!(counts.of_day(date(2026, 8, 2)).median, Some(1024));
        assert_eq!(counts.of_day(date(2026, 8, 5)).median, None);
    }
}
