//! How fast one person may ask. The terminal is not limited.

use crate::ids::UserId;
use std::{
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::NoOpMiddleware,
    state::keyed::DefaultKeyedStateStore,
};

const WINDOW: Duration = Duration::from_secs(30);

/// After so many questions the people who have not asked lately are forgotten, so that memory stays bounded.
const FORGET_EVERY: u32 = 1_024;

/// The limiter, keyed by person.
pub(super) struct Limits<C: Clock = DefaultClock> {
    limiter: RateLimiter<UserId, DefaultKeyedStateStore<UserId>, C, NoOpMiddleware<C::Instant>>,
    clock: C,
    asked: AtomicU32,
}

impl Limits {
    /// So many questions a person in half a minute, at least one.
    pub(super) fn new(asks_per_half_minute: u32) -> Limits {
        Limits::with_clock(asks_per_half_minute, DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with_clock(asks_per_half_minute: u32, clock: C) -> Limits<C> {
        let asks = NonZeroU32::new(asks_per_half_minute).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(WINDOW / asks.get())
            .expect("half a minute shared among a u32 is longer than nothing")
            .allow_burst(asks);
        let limiter = RateLimiter::new(quota, DefaultKeyedStateStore::default(), clock.clone());
        Limits { limiter, clock, asked: AtomicU32::new(0) }
    }

    /// Counts a question of that person; over the limit, the whole seconds to wait.
    pub(super) fn check(&self, person: UserId) -> Result<(), u64> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&person).map_err(|not_until| {
            not_until.wait_time_from(self.clock.now()).as_secs_f64().ceil().max(1.0) as u64
        })
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    #[test]
    fn the_sixth_question_in_half_a_minute_waits_and_another_person_does_not() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::with_clock(5, clock.clone());
        for _ in 0..5 {
            assert_eq!(limits.check(UserId::new(1)), Ok(()));
        }
        assert_eq!(limits.check(UserId::new(1)), Err(6));
        assert_eq!(limits.check(UserId::new(2)), Ok(()));
        clock.advance(Duration::from_secs(6));
        assert_eq!(limits.check(UserId::new(1)), Ok(()));
    }

    #[test]
    fn people_who_asked_long_ago_are_forgotten() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::with_clock(5, clock.clone());
        for person in 0..u64::from(FORGET_EVERY) - 1 {
            assert_eq!(limits.check(UserId::new(person)), Ok(()));
        }
        clock.advance(WINDOW * 2);
        assert_eq!(limits.check(UserId::new(u64::MAX)), Ok(()));
        assert_eq!(limits.limiter.len(), 1);
    }

    #[test]
    fn a_limit_of_none_still_lets_one_question_through() {
        let limits = Limits::with_clock(0, FakeRelativeClock::default());
        assert_eq!(limits.check(UserId::new(1)), Ok(()));
        assert_eq!(limits.check(UserId::new(1)), Err(30));
    }
}
