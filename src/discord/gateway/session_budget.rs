//! How many sessions were opened in the last day, kept in a file so that a crash loop counts too.
//!
//! Discord resets a token after 1,000 IDENTIFYs in a day; serenity opens one every five seconds if it is let.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::discord::ExitReason;

const DAY: i64 = 24 * 3600;
const SHORT: i64 = 600;
const MAX_SHORT: usize = 10;
const MAX_DAY: usize = 200;
const LONGEST_PAUSE: u64 = 3600;

/// The ledger.
pub(crate) struct SessionBudget {
    path: PathBuf,
    /// In seconds since 1970, oldest first.
    at: VecDeque<i64>,
    pauses: u32,
}

/// What the ledger says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Advice {
    /// Go on.
    Go,
    /// Open no session for so long.
    Pause(Duration),
    /// ExitReason altogether.
    Stop(ExitReason),
}

impl SessionBudget {
    /// The ledger in the folder `data`; a missing or broken file is an empty one.
    pub(crate) fn open(data: &Path) -> SessionBudget {
        let path = data.join("identify.json");
        let read = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        SessionBudget { path, at: read.unwrap_or_default(), pauses: 0 }
    }

    /// Takes note of a session opened at `now`.
    pub(crate) fn note(&mut self, now: i64) {
        self.forget(now);
        self.at.push_back(now);
        if let Err(error) = self.save() {
            tracing::warn!(%error, "the ledger of sessions could not be written");
        }
    }

    /// Whether another session may be opened at `now`.
    pub(crate) fn advice(&mut self, now: i64) -> Advice {
        self.forget(now);
        if self.at.len() >= MAX_DAY {
            return Advice::Stop(ExitReason::IdentifyBudget(self.at.len(), self.path.display().to_string()));
        }
        let recent = self.at.iter().filter(|at| now - **at < SHORT).count();
        if recent < MAX_SHORT {
            if recent < MAX_SHORT / 2 {
                self.pauses = 0;
            }
            return Advice::Go;
        }
        let seconds = 60u64.saturating_mul(1 << self.pauses.min(10)).min(LONGEST_PAUSE);
        self.pauses += 1;
        Advice::Pause(Duration::from_secs(seconds))
    }

    fn forget(&mut self, now: i64) {
        // One from the future was written by a clock that has been put back since.
        self.at.retain(|at| (0..DAY).contains(&(now - at)));
    }

    fn save(&self) -> std::io::Result<()> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let whole = self.path.with_extension("json.new");
        std::fs::write(&whole, serde_json::to_vec(&self.at).expect("numbers are plain data"))?;
        std::fs::rename(whole, &self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_sessions_in_ten_minutes_make_a_pause_that_grows_to_an_hour() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = SessionBudget::open(folder.path());
        for at in 0..9 {
            ledger.note(at);
            assert_eq!(ledger.advice(at), Advice::Go);
        }
        ledger.note(9);
        let pauses: Vec<Advice> = (0..8).map(|_| ledger.advice(10)).collect();
        let pause = |seconds| Advice::Pause(Duration::from_secs(seconds));
        assert_eq!(pauses[..3], [pause(60), pause(120), pause(240)]);
        assert_eq!(pauses[7], pause(3600));
        assert_eq!(ledger.advice(SHORT + 9), Advice::Go);
        ledger.note(SHORT + 9);
        assert_eq!(ledger.advice(SHORT + 9), Advice::Go);
    }

    #[test]
    fn two_hundred_sessions_in_a_day_stop_the_bot_even_over_restarts() {
        let folder = tempfile::tempdir().unwrap();
        for at in 0..200 {
            SessionBudget::open(folder.path()).note(at * 400);
        }
        let advice = SessionBudget::open(folder.path()).advice(199 * 400);
        assert!(matches!(advice, Advice::Stop(ExitReason::IdentifyBudget(200, _))), "{advice:?}");
        assert_eq!(SessionBudget::open(folder.path()).advice(199 * 400 + DAY), Advice::Go);
    }

    #[test]
    fn a_broken_ledger_is_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("identify.json"), "{").unwrap();
        assert_eq!(SessionBudget::open(folder.path()).advice(1), Advice::Go);
    }
}
