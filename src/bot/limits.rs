//! How much one person may ask in half a minute. Every request counts, cheap ones less; the terminal is not limited.
//!
//! Questions have a budget of their own, so that presses and completions never use it up. Everything else shares a second
//! budget, in which a request costs what it makes the bot do.

pub(in crate::bot) mod too_fast;

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

use crate::{
    bot::{conversation::ask::ConversationAsk, request::Ask},
    ids::UserId,
};

const WINDOW: Duration = Duration::from_secs(30);

/// How many units of the second budget stand for one question: 5 questions give 100 units.
const UNITS: u32 = 20;

/// After so many requests the people who have not asked lately are forgotten, so that memory stays bounded.
const FORGET_EVERY: u32 = 1_024;

/// What a request counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cost {
    /// Nothing: a person in need is never asked to wait.
    Free,
    /// One question.
    Question,
    /// So many units of the budget for everything else.
    Units(NonZeroU32),
}

impl Cost {
    const fn units(units: u32) -> Cost {
        match NonZeroU32::new(units) {
            Some(units) => Cost::Units(units),
            None => Cost::Free,
        }
    }

    /// What `ask` counts. The most expensive requests cost as much as a question.
    pub(super) fn of(ask: &Ask) -> Cost {
        match ask {
            Ask::NeedHelp => Cost::Free,
            Ask::Question { .. }
            | Ask::Overheard { .. }
            | Ask::Conversation(ConversationAsk::Question { .. } | ConversationAsk::OpeningPost { .. }) => {
                Cost::Question
            }
            // Discord asks for completions while a person types, a few times a second.
            Ask::Complete { .. } => Cost::units(1),
            Ask::Show { .. }
            | Ask::Why(_)
            | Ask::NotHelpful { .. }
            | Ask::Media
            | Ask::MediaForm { .. }
            | Ask::MediaExplained
            | Ask::Editor(_)
            | Ask::Conversation(_)
            | Ask::Stale => Cost::units(4),
            Ask::Gaps(_) | Ask::Stats | Ask::Corrections(_) | Ask::Subscribe { .. } => Cost::units(10),
            Ask::MediaSubmit { .. }
            | Ask::MediaStatus { .. }
            | Ask::MediaNotify { .. }
            | Ask::Status
            | Ask::Enquiries
            | Ask::EnquiryRetry { .. }
            | Ask::EnquiryBlock { .. } => Cost::units(10),
            Ask::Help | Ask::PrivacyShow | Ask::PrivacyErase | Ask::Reload { .. } | Ask::Test { .. } => {
                Cost::units(UNITS)
            }
        }
    }
}

type Limiter<C> =
    RateLimiter<UserId, DefaultKeyedStateStore<UserId>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// The budgets of every person.
pub(super) struct Limits<C: Clock = DefaultClock> {
    questions: Limiter<C>,
    others: Limiter<C>,
    clock: C,
    requests: AtomicU32,
}

impl Limits {
    /// So many questions per person in half a minute, at least one.
    pub(super) fn new(asks_per_half_minute: u32) -> Limits {
        Limits::with_clock(asks_per_half_minute, DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with_clock(asks_per_half_minute: u32, clock: C) -> Limits<C> {
        let questions = NonZeroU32::new(asks_per_half_minute).unwrap_or(NonZeroU32::MIN);
        let units = questions.saturating_mul(NonZeroU32::new(UNITS).unwrap_or(NonZeroU32::MIN));
        let limiter = |most: NonZeroU32| {
            let quota = Quota::with_period(WINDOW / most.get())
                .expect("half a minute divided by a u32 is longer than nothing")
                .allow_burst(most);
            RateLimiter::new(quota, DefaultKeyedStateStore::default(), clock.clone())
        };
        Limits {
            questions: limiter(questions),
            others: limiter(units),
            clock: clock.clone(),
            requests: AtomicU32::new(0),
        }
    }

    /// Counts a request of that person; over the limit, the whole seconds to wait.
    pub(super) fn check(&self, person: UserId, cost: Cost) -> Result<(), u64> {
        if self.requests.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            self.questions.retain_recent();
            self.others.retain_recent();
        }
        let checked = match cost {
            Cost::Free => return Ok(()),
            Cost::Question => self.questions.check_key(&person),
            // No cost is above the smallest budget, which is that of one question.
            Cost::Units(units) => match self.others.check_key_n(&person, units) {
                Ok(checked) => checked,
                Err(_) => return Err(WINDOW.as_secs()),
            },
        };
        checked.map_err(|not_until| {
            not_until.wait_time_from(self.clock.now()).as_secs_f64().ceil().max(1.0) as u64
        })
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;
    use crate::knowledge::content::entry::EntryId;

    fn question(limits: &Limits<FakeRelativeClock>, person: u64) -> Result<(), u64> {
        limits.check(UserId::new(person), Cost::Question)
    }

    #[test]
    fn the_sixth_question_in_half_a_minute_waits_and_another_person_does_not() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::with_clock(5, clock.clone());
        for _ in 0..5 {
            assert_eq!(question(&limits, 1), Ok(()));
        }
        assert_eq!(question(&limits, 1), Err(6));
        assert_eq!(question(&limits, 2), Ok(()));
        clock.advance(Duration::from_secs(6));
        assert_eq!(question(&limits, 1), Ok(()));
    }

    #[test]
    fn a_cheap_request_costs_less_and_none_uses_up_the_questions() {
        let entry = || EntryId::new("why").unwrap();
        for (ask, most) in [
            (Ask::Complete { prefix: "wh".into() }, 100),
            (Ask::Show { entry: entry(), private: None }, 25),
            (Ask::MediaStatus { reference: "M-7K4Q2".into() }, 10),
            (Ask::PrivacyErase, 5),
        ] {
            let limits = Limits::with_clock(5, FakeRelativeClock::default());
            let person = UserId::new(1);
            let passed = (0..200).take_while(|_| limits.check(person, Cost::of(&ask)).is_ok()).count();
            assert_eq!(passed, most, "{ask:?}");
            assert_eq!(question(&limits, 1), Ok(()), "{ask:?}");
            assert_eq!(limits.check(person, Cost::of(&Ask::NeedHelp)), Ok(()), "{ask:?}");
        }
    }

    #[test]
    fn people_who_asked_long_ago_are_forgotten() {
        let clock = FakeRelativeClock::default();
        let limits = Limits::with_clock(5, clock.clone());
        for person in 0..u64::from(FORGET_EVERY) - 1 {
            assert_eq!(question(&limits, person), Ok(()));
        }
        clock.advance(WINDOW * 2);
        assert_eq!(question(&limits, u64::MAX), Ok(()));
        assert_eq!(limits.questions.len(), 1);
    }

    #[test]
    fn a_limit_of_none_still_lets_one_request_of_each_kind_through() {
        let limits = Limits::with_clock(0, FakeRelativeClock::default());
        assert_eq!(question(&limits, 1), Ok(()));
        assert_eq!(question(&limits, 1), Err(30));
        assert_eq!(limits.check(UserId::new(1), Cost::of(&Ask::PrivacyErase)), Ok(()));
        assert!(limits.check(UserId::new(1), Cost::of(&Ask::PrivacyErase)).is_err());
    }
}
