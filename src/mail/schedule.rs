//! When each waiting enquiry is due, by a clock that nobody can set: the database's times only serve after a restart.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use tokio::time::Instant;

use crate::store::Entry;

/// The first delay after a failure.
const FIRST: Duration = Duration::from_secs(30);
/// The longest delay.
pub(super) const LONGEST: Duration = Duration::from_secs(3600);

/// What this process knows about the queue.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    due: HashMap<i64, Instant>,
    in_hand: HashSet<i64>,
    pause: Option<(Instant, u32)>,
}

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Claim this one; whether more are due.
    Claim(i64, bool),
    /// Nothing for so long.
    Wait(Duration),
}

impl Schedule {
    /// The first enquiry that is due at `now` and not in hand.
    pub(super) fn next(&mut self, waiting: &[Entry], now: Instant, poll: Duration) -> Next {
        let known: HashSet<i64> = waiting.iter().map(|entry| entry.id).collect();
        self.due.retain(|id, _| known.contains(id));
        let free: Vec<&Entry> = waiting.iter().filter(|entry| !self.in_hand.contains(&entry.id)).collect();
        if let Some((until, _)) = self.pause {
            // A human who asks for another try ends the pause for one probe.
            let urged = free.iter().find(|entry| entry.is_urged).map(|entry| entry.id);
            if let Some(id) = urged {
                return Next::Claim(id, false);
            }
            if until > now {
                return Next::Wait(poll.min(until - now));
            }
        }
        let mut soonest = poll;
        let mut ready = Vec::new();
        for entry in free {
            let at = self.due_at(entry, now);
            if at <= now { ready.push(entry.id) } else { soonest = soonest.min(at - now) }
        }
        // While the server does not let us in, one enquiry at a time knocks.
        let is_probing = self.pause.is_some();
        match ready.first() {
            Some(_) if is_probing && !self.in_hand.is_empty() => Next::Wait(poll),
            Some(id) => Next::Claim(*id, ready.len() > 1 && !is_probing),
            None => Next::Wait(soonest),
        }
    }

    /// An entry first seen keeps at most the longest delay, however far the machine's clock has been set back.
    fn due_at(&mut self, entry: &Entry, now: Instant) -> Instant {
        match entry.due_in {
            None => {
                self.due.remove(&entry.id);
                now
            }
            Some(seconds) => *self.due.entry(entry.id).or_insert_with(|| {
                let longest = i64::try_from(LONGEST.as_secs()).unwrap_or(i64::MAX);
                now + Duration::from_secs(seconds.clamp(0, longest).unsigned_abs())
            }),
        }
    }

    pub(super) fn take(&mut self, id: i64) {
        self.in_hand.insert(id);
    }

    /// Puts an enquiry down again, due at `at` if it still waits.
    pub(super) fn put_down(&mut self, id: i64, at: Option<Instant>) {
        self.in_hand.remove(&id);
        match at {
            Some(at) => self.due.insert(id, at),
            None => self.due.remove(&id),
        };
    }

    /// The queue stands still from `now` on, longer each time in a row.
    pub(super) fn pause(&mut self, now: Instant, jitter: f64) {
        let times = self.pause.map_or(0, |(_, times)| times);
        self.pause = Some((now + backoff(times + 3, jitter), times + 1));
    }

    pub(super) fn resume(&mut self) {
        self.pause = None;
    }
}

/// The delay after `attempts` failures: 30 s, doubling, to an hour; `jitter` from 0 to 1 spreads it by a fifth.
pub(super) fn backoff(attempts: u32, jitter: f64) -> Duration {
    let plain = FIRST.saturating_mul(2_u32.saturating_pow(attempts.min(20))).min(LONGEST);
    plain.mul_f64(0.8 + 0.4 * jitter.clamp(0.0, 1.0)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLL: Duration = Duration::from_secs(30);

    fn entry(id: i64, due_in: Option<i64>) -> Entry {
        Entry { id, attempts: 0, due_in, is_urged: false }
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
    fn a_clock_that_jumps_neither_hurries_nor_stops_an_enquiry() {
        let mut schedule = Schedule::default();
        let start = Instant::now();
        // The first sight after a restart sets the time; an hour is the most, whatever the database says.
        assert_eq!(schedule.next(&[entry(1, Some(90_000))], start, POLL), Next::Wait(POLL));
        assert_eq!(schedule.next(&[entry(1, Some(90_000))], start + LONGEST, POLL), Next::Claim(1, false));
        // Known entries keep their time when the machine's clock jumps an hour ahead.
        schedule.put_down(1, Some(start + LONGEST + Duration::from_secs(60)));
        assert_eq!(schedule.next(&[entry(1, Some(-3600))], start + LONGEST, POLL), Next::Wait(POLL));
    }

    #[test]
    fn an_enquiry_in_hand_is_not_taken_twice() {
        let mut schedule = Schedule::default();
        let now = Instant::now();
        assert_eq!(schedule.next(&[entry(1, None), entry(2, None)], now, POLL), Next::Claim(1, true));
        schedule.take(1);
        assert_eq!(schedule.next(&[entry(1, None), entry(2, None)], now, POLL), Next::Claim(2, false));
        schedule.take(2);
        assert_eq!(schedule.next(&[entry(1, None), entry(2, None)], now, POLL), Next::Wait(POLL));
    }

    #[test]
    fn a_pause_holds_everything_but_what_a_human_urges() {
        let mut schedule = Schedule::default();
        let now = Instant::now();
        schedule.pause(now, 0.5);
        assert_eq!(schedule.next(&[entry(1, None), entry(2, None)], now, POLL), Next::Wait(POLL));
        let urged = Entry { is_urged: true, ..entry(2, None) };
        assert_eq!(schedule.next(&[entry(1, None), urged], now, POLL), Next::Claim(2, false));
        let after = now + Duration::from_secs(241);
        assert_eq!(schedule.next(&[entry(1, None), entry(2, None)], after, POLL), Next::Claim(1, false));
        schedule.take(1);
        assert_eq!(schedule.next(&[entry(1, None), entry(2, None)], after, POLL), Next::Wait(POLL));
        schedule.resume();
        assert_eq!(schedule.next(&[entry(1, None), entry(2, None)], after, POLL), Next::Claim(2, false));
    }
}
