//! Counts the sessions opened in the last 24 hours, in a file so that restarts count too.
//!
//! Discord resets a token after 1,000 IDENTIFYs in a day, and serenity alone would open one every five seconds.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{discord::ExitReason, private_file};

/// The file of the budget, in the folder of the database.
const FILE: &str = "identify.json";
const DAY: i64 = 24 * 3600;
const SHORT: i64 = 600;
const MAX_SHORT: usize = 10;
const MAX_DAY: usize = 200;
const LONGEST_PAUSE: u64 = 3600;

/// When sessions were opened.
pub(crate) struct SessionBudget {
    path: PathBuf,
    /// Seconds since 1970.
    opened: VecDeque<i64>,
    pauses: u32,
}

/// Whether another session may be opened.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Advice {
    /// Yes.
    Go,
    /// Not before that much time has passed.
    Pause(Duration),
    /// No: the bot stops.
    Stop(ExitReason),
}

impl SessionBudget {
    /// Reads the budget from the folder `data`; a missing or broken file counts as empty.
    pub(crate) fn open(data: &Path) -> SessionBudget {
        let path = data.join(FILE);
        let read = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        SessionBudget { path, opened: read.unwrap_or_default(), pauses: 0 }
    }

    /// Records a session opened at `now`, in seconds since 1970.
    pub(crate) fn record(&mut self, now: i64) {
        self.forget(now);
        self.opened.push_back(now);
        if let Err(error) = self.save() {
            tracing::warn!(%error, "the session budget could not be written");
        }
    }

    /// Whether another session may be opened at `now`, in seconds since 1970.
    pub(crate) fn advice(&mut self, now: i64) -> Advice {
        self.forget(now);
        if self.opened.len() >= MAX_DAY {
            return Advice::Stop(ExitReason::IdentifyBudget(
                self.opened.len(),
                self.path.display().to_string(),
            ));
        }
        let recent: Vec<i64> = self.opened.iter().copied().filter(|at| now - at < SHORT).collect();
        if recent.len() < MAX_SHORT {
            if recent.len() < MAX_SHORT / 2 {
                self.pauses = 0;
            }
            return Advice::Go;
        }
        let backoff = 60u64.saturating_mul(1 << self.pauses.min(10)).min(LONGEST_PAUSE);
        self.pauses += 1;
        // Not before enough of them are older than the window: ten in ten minutes is the limit after a pause too.
        let oldest_counted = recent[recent.len() - MAX_SHORT];
        let window = u64::try_from(oldest_counted + SHORT - now).unwrap_or(0);
        Advice::Pause(Duration::from_secs(backoff.max(window)))
    }

    fn forget(&mut self, now: i64) {
        // A time in the future was recorded before the clock was set back: the session was opened all the same, so it
        // counts from now on.
        self.opened.iter_mut().for_each(|at| *at = (*at).min(now));
        self.opened.retain(|at| now - at < DAY);
        self.opened.make_contiguous().sort_unstable();
    }

    fn save(&self) -> std::io::Result<()> {
        let bytes = serde_json::to_vec(&self.opened).expect("numbers are plain data");
        let folder = self.path.parent().unwrap_or(Path::new("."));
        private_file::write(folder, FILE, &bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_sessions_in_ten_minutes_cause_a_pause_that_grows_to_an_hour() {
        let folder = tempfile::tempdir().unwrap();
        let mut budget = SessionBudget::open(folder.path());
        for at in 0..9 {
            budget.record(at);
            assert_eq!(budget.advice(at), Advice::Go);
        }
        budget.record(9);
        let pauses: Vec<Advice> = (0..8).map(|_| budget.advice(10)).collect();
        let pause = |seconds| Advice::Pause(Duration::from_secs(seconds));
        // The oldest of the ten leaves the window at 600.
        assert_eq!(pauses[..4], [pause(590), pause(590), pause(590), pause(590)]);
        assert_eq!(pauses[4..], [pause(960), pause(1920), pause(3600), pause(3600)]);
        assert_eq!(budget.advice(SHORT + 9), Advice::Go);
        budget.record(SHORT + 9);
        assert_eq!(budget.advice(SHORT + 9), Advice::Go);
    }

    #[test]
    fn two_hundred_sessions_in_a_day_stop_the_bot_even_across_restarts() {
        let folder = tempfile::tempdir().unwrap();
        for at in 0..200 {
            SessionBudget::open(folder.path()).record(at * 400);
        }
        let advice = SessionBudget::open(folder.path()).advice(199 * 400);
        assert!(matches!(advice, Advice::Stop(ExitReason::IdentifyBudget(200, _))), "{advice:?}");
        assert_eq!(SessionBudget::open(folder.path()).advice(199 * 400 + DAY), Advice::Go);
    }

    #[test]
    fn never_more_than_ten_sessions_are_opened_in_any_ten_minutes() {
        let folder = tempfile::tempdir().unwrap();
        let mut budget = SessionBudget::open(folder.path());
        // A fault that opens a session every five seconds, but for the pauses. As in the watchdog, each session is
        // recorded first, and after a pause the next one is opened without another question.
        let (mut now, mut opened) = (0, Vec::new());
        while now < DAY / 4 {
            budget.record(now);
            opened.push(now);
            match budget.advice(now) {
                Advice::Go => now += 5,
                Advice::Pause(length) => now += i64::try_from(length.as_secs()).unwrap(),
                Advice::Stop(_) => break,
            }
        }
        assert!(opened.len() > MAX_SHORT);
        assert!(opened.windows(MAX_SHORT + 1).all(|eleven| eleven[MAX_SHORT] - eleven[0] >= SHORT));
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_empty_the_budget() {
        let folder = tempfile::tempdir().unwrap();
        let mut budget = SessionBudget::open(folder.path());
        for at in 0..10 {
            budget.record(1_000_000 + at);
        }
        assert!(matches!(budget.advice(10), Advice::Pause(_)));
        assert!(matches!(SessionBudget::open(folder.path()).advice(10), Advice::Pause(_)));
        assert_eq!(budget.advice(10 + SHORT), Advice::Go, "they age from the new time on");
    }

    #[test]
    fn a_broken_file_counts_as_an_empty_budget() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("identify.json"), "{").unwrap();
        assert_eq!(SessionBudget::open(folder.path()).advice(1), Advice::Go);
    }
}
