//! When each waiting enquiry is due, by a monotonic clock. The times of the database are only used after a restart,
//! because the system clock can be set.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use tokio::time::Instant;

use crate::store::QueuedEnquiry;

/// The delay after the first failure.
const FIRST: Duration = Duration::from_secs(30);
/// The longest delay.
pub(super) const LONGEST: Duration = Duration::from_secs(3600);

/// The state of the queue in this process.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    due: HashMap<i64, Instant>,
    /// Enquiries that are being delivered.
    in_progress: HashSet<i64>,
    /// Until when delivery is paused, and how many times in a row.
    pause: Option<(Instant, u32)>,
}

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Claim this enquiry; the flag says whether more are due.
    Claim(i64, bool),
    /// Nothing is due for this long.
    Wait(Duration),
}

impl Schedule {
    /// The first enquiry that is due at `now` and not being delivered.
    pub(super) fn next(&mut self, waiting: &[QueuedEnquiry], now: Instant, poll: Duration) -> Next {
        let known: HashSet<i64> = waiting.iter().map(|enquiry| enquiry.id).collect();
        self.due.retain(|id, _| known.contains(id));
        let free: Vec<&QueuedEnquiry> =
            waiting.iter().filter(|enquiry| !self.in_progress.contains(&enquiry.id)).collect();
        if let Some((until, _)) = self.pause {
            // A requested retry is made in spite of the pause.
            let requested = free.iter().find(|enquiry| enquiry.retry_requested).map(|enquiry| enquiry.id);
            if let Some(id) = requested {
                return Next::Claim(id, false);
            }
            if until > now {
                return Next::Wait(poll.min(until - now));
            }
        }
        let mut soonest = poll;
        let mut ready = Vec::new();
        for enquiry in free {
            let at = self.due_at(enquiry, now);
            if at <= now { ready.push(enquiry.id) } else { soonest = soonest.min(at - now) }
        }
        // During a pause one enquiry at a time finds out whether the server accepts us again.
        let is_probing = self.pause.is_some();
        match ready.first() {
            Some(_) if is_probing && !self.in_progress.is_empty() => Next::Wait(poll),
            Some(id) => Next::Claim(*id, ready.len() > 1 && !is_probing),
            None => Next::Wait(soonest),
        }
    }

    /// An enquiry seen for the first time waits no longer than the longest delay, however far the system clock was set
    /// back.
    fn due_at(&mut self, enquiry: &QueuedEnquiry, now: Instant) -> Instant {
        match enquiry.due_in {
            None => {
                self.due.remove(&enquiry.id);
                now
            }
            Some(seconds) => *self.due.entry(enquiry.id).or_insert_with(|| {
                let longest = i64::try_from(LONGEST.as_secs()).unwrap_or(i64::MAX);
                now + Duration::from_secs(seconds.clamp(0, longest).unsigned_abs())
            }),
        }
    }

    /// Marks an enquiry as being delivered.
    pub(super) fn begin(&mut self, id: i64) {
        self.in_progress.insert(id);
    }

    /// Ends a delivery; the enquiry is due again at `at` if it still waits.
    pub(super) fn finish(&mut self, id: i64, at: Option<Instant>) {
        self.in_progress.remove(&id);
        match at {
            Some(at) => self.due.insert(id, at),
            None => self.due.remove(&id),
        };
    }

    /// Pauses delivery from `now` on, longer each time in a row.
    pub(super) fn pause(&mut self, now: Instant, jitter: f64) {
        let times = self.pause.map_or(0, |(_, times)| times);
        self.pause = Some((now + backoff(times + 3, jitter), times + 1));
    }

    /// Ends the pause.
    pub(super) fn resume(&mut self) {
        self.pause = None;
    }
}

/// The delay after `attempts` failures: 30 s, doubling up to one hour. A `jitter` from 0 to 1 spreads it by a fifth.
pub(super) fn backoff(attempts: u32, jitter: f64) -> Duration {
    let plain = FIRST.saturating_mul(2_u32.saturating_pow(attempts.min(20))).min(LONGEST);
    plain.mul_f64(0.8 + 0.4 * jitter.clamp(0.0, 1.0)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLL: Duration = Duration::from_secs(30);

    fn queued(id: i64, due_in: Option<i64>) -> QueuedEnquiry {
        QueuedEnquiry { id, attempts: 0, due_in, retry_requested: false }
    }

    #[test]
    fn the_delay_doubles_to_an_hour_and_is_spread_by_a_fifth() {
        let seconds: Vec<u64> = (0..9).map(|n| backoff(n, 0.5).as_secs()).collect();
        assert_eq!(seconds, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
        assert_eq!(backoff(0, 0.0).as_secs(), 24);
        assert_eq!(backoff(0, 1.0).as_secs(), 36);
        assert_eq!(backoff(u32::MAX, 1.0), LONGEST);
    }

    #[test]
    fn a_clock_that_jumps_neither_hastens_nor_stops_an_enquiry() {
        let mut schedule = Schedule::default();
        let start = Instant::now();
        // The first poll after a restart sets the time, at most one hour ahead whatever the database says.
        assert_eq!(schedule.next(&[queued(1, Some(90_000))], start, POLL), Next::Wait(POLL));
        assert_eq!(schedule.next(&[queued(1, Some(90_000))], start + LONGEST, POLL), Next::Claim(1, false));
        // Known enquiries keep their time when the system clock jumps an hour ahead.
        schedule.finish(1, Some(start + LONGEST + Duration::from_secs(60)));
        assert_eq!(schedule.next(&[queued(1, Some(-3600))], start + LONGEST, POLL), Next::Wait(POLL));
    }

    #[test]
    fn an_enquiry_in_progress_is_not_claimed_twice() {
        let mut schedule = Schedule::default();
        let now = Instant::now();
        assert_eq!(schedule.next(&[queued(1, None), queued(2, None)], now, POLL), Next::Claim(1, true));
        schedule.begin(1);
        assert_eq!(schedule.next(&[queued(1, None), queued(2, None)], now, POLL), Next::Claim(2, false));
        schedule.begin(2);
        assert_eq!(schedule.next(&[queued(1, None), queued(2, None)], now, POLL), Next::Wait(POLL));
    }

    #[test]
    fn a_pause_holds_back_everything_but_a_requested_retry() {
        let mut schedule = Schedule::default();
        let now = Instant::now();
        schedule.pause(now, 0.5);
        assert_eq!(schedule.next(&[queued(1, None), queued(2, None)], now, POLL), Next::Wait(POLL));
        let requested = QueuedEnquiry { retry_requested: true, ..queued(2, None) };
        assert_eq!(schedule.next(&[queued(1, None), requested], now, POLL), Next::Claim(2, false));
        let after = now + Duration::from_secs(241);
        assert_eq!(schedule.next(&[queued(1, None), queued(2, None)], after, POLL), Next::Claim(1, false));
        schedule.begin(1);
        assert_eq!(schedule.next(&[queued(1, None), queued(2, None)], after, POLL), Next::Wait(POLL));
        schedule.resume();
        assert_eq!(schedule.next(&[queued(1, None), queued(2, None)], after, POLL), Next::Claim(2, false));
    }
}
