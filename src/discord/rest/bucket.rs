//! The rate limit of one route, as Discord's headers tell it: pure bookkeeping, without a clock of its own.
//!
//! twilight-http-ratelimiting 0.18 was looked at first: it lets one request of a route be in flight at a time even where
//! no limit is told, keeps the interaction tokens in its paths for hours, and knows neither a global 429 nor the count of
//! refusals; the rate limiter around it would have been as large as this file.

use std::time::Duration;

use tokio::time::Instant;

use crate::discord::rest::reply::RouteLimit;

/// What is known of a route's limit.
#[derive(Debug, Default)]
pub(super) struct Bucket {
    known: Known,
    in_flight: u32,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Known {
    /// Nothing was answered yet: one request goes ahead and brings the limit home.
    #[default]
    Nothing,
    /// It has no limit.
    Free,
    /// So many more until then.
    Limited { remaining: u32, reset_at: Instant },
}

/// Whether a request may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    /// Now; it is counted as in flight.
    Now,
    /// Not before then.
    At(Instant),
    /// Not before another one of the route has come back.
    AfterResponse,
}

impl Bucket {
    /// Whether a request may leave at `now`.
    pub(super) fn ask(&mut self, now: Instant) -> Admission {
        match &mut self.known {
            Known::Nothing if self.in_flight > 0 => return Admission::AfterResponse,
            Known::Nothing | Known::Free => {}
            Known::Limited { reset_at, .. } if *reset_at <= now => {
                // A new window: again one request goes ahead.
                if self.in_flight > 0 {
                    return Admission::AfterResponse;
                }
                self.known = Known::Nothing;
            }
            Known::Limited { remaining: 0, reset_at } => return Admission::At(*reset_at),
            Known::Limited { remaining, .. } => *remaining -= 1,
        }
        self.in_flight += 1;
        Admission::Now
    }

    /// A request has come back, with the limit it was told if it was told one.
    pub(super) fn complete(&mut self, told: Option<Option<RouteLimit>>, now: Instant) {
        self.in_flight = self.in_flight.saturating_sub(1);
        // Answers may overtake each other by a little: this much later is a new window.
        const SAME_WINDOW: Duration = Duration::from_millis(500);
        match told {
            None => {}
            Some(None) if matches!(self.known, Known::Nothing) => self.known = Known::Free,
            Some(None) => {}
            Some(Some(limit)) => {
                let reset_at = now + limit.reset_after;
                // Those in flight may not have been counted by Discord yet.
                let fresh = limit.remaining.saturating_sub(self.in_flight);
                self.known = match self.known {
                    Known::Limited { remaining, reset_at: old } if reset_at <= old + SAME_WINDOW => {
                        Known::Limited {
                            remaining: remaining.min(limit.remaining),
                            reset_at: old.max(reset_at),
                        }
                    }
                    _ => Known::Limited { remaining: fresh, reset_at },
                };
            }
        }
    }

    /// A 429: nothing more before `until`.
    pub(super) fn close(&mut self, until: Instant) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.known = Known::Limited { remaining: 0, reset_at: until };
    }

    /// Whether it can be forgotten at `now`.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        let is_open = !matches!(self.known, Known::Limited { reset_at, .. } if reset_at > now);
        self.in_flight == 0 && is_open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(remaining: u32, seconds: u64) -> Option<Option<RouteLimit>> {
        Some(Some(RouteLimit { remaining, reset_after: Duration::from_secs(seconds) }))
    }

    #[test]
    fn the_first_request_of_a_route_goes_alone_and_the_others_follow_its_news() {
        let (mut bucket, now) = (Bucket::default(), Instant::now());
        assert_eq!(bucket.ask(now), Admission::Now);
        assert_eq!(bucket.ask(now), Admission::AfterResponse);
        bucket.complete(limit(2, 5), now);
        assert_eq!(bucket.ask(now), Admission::Now);
        assert_eq!(bucket.ask(now), Admission::Now);
        assert_eq!(bucket.ask(now), Admission::At(now + Duration::from_secs(5)));
    }

    #[test]
    fn answers_that_overtake_each_other_never_open_the_route_wider() {
        let (mut bucket, now) = (Bucket::default(), Instant::now());
        bucket.ask(now);
        bucket.complete(limit(4, 5), now);
        bucket.ask(now);
        bucket.ask(now);
        bucket.complete(limit(2, 5), now);
        bucket.complete(limit(3, 5), now);
        let left = (0..9).take_while(|_| bucket.ask(now) == Admission::Now).count();
        assert_eq!(left, 2);
    }

    #[test]
    fn a_route_without_a_limit_is_free() {
        let (mut bucket, now) = (Bucket::default(), Instant::now());
        bucket.ask(now);
        bucket.complete(Some(None), now);
        assert!((0..100).all(|_| bucket.ask(now) == Admission::Now));
    }

    #[test]
    fn a_refused_route_opens_when_discord_said_and_with_one_request_first() {
        let (mut bucket, now) = (Bucket::default(), Instant::now());
        let until = now + Duration::from_secs(3);
        bucket.ask(now);
        bucket.close(until);
        assert_eq!(bucket.ask(now), Admission::At(until));
        assert!(!bucket.is_idle(now));
        assert_eq!(bucket.ask(until), Admission::Now);
        assert_eq!(bucket.ask(until), Admission::AfterResponse);
        bucket.complete(None, until);
        assert_eq!(bucket.ask(until), Admission::Now);
    }
}
