//! The rate limit of one route, as Discord's headers report it: pure bookkeeping, without a clock of its own.
//!
//! Why not twilight-http-ratelimiting 0.18: it allows one request of a route at a time even where no limit is reported,
//! keeps interaction tokens in its paths for hours, and handles neither a global 429 nor the count of refusals. The code
//! around it would have been as long as this file.

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
    /// No response yet: one request goes first and its response reports the limit.
    #[default]
    Nothing,
    /// The route has no limit.
    Free,
    /// That many more requests until the reset.
    Limited { remaining: u32, reset_at: Instant },
}

/// Whether a request may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    /// Now; it is counted as in flight.
    Now,
    /// Not before then.
    At(Instant),
    /// Not before the response to another request of the route.
    AfterResponse,
}

impl Bucket {
    /// Whether a request may be sent at `now`.
    pub(super) fn admit(&mut self, now: Instant) -> Admission {
        match &mut self.known {
            Known::Nothing if self.in_flight > 0 => return Admission::AfterResponse,
            Known::Nothing | Known::Free => {}
            Known::Limited { reset_at, .. } if *reset_at <= now => {
                // A new window: again one request goes first.
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

    /// Records the response to a request. `limit`: `None` if the response says nothing about the route, `Some(None)`
    /// if it reports no limit.
    pub(super) fn complete(&mut self, limit: Option<Option<RouteLimit>>, now: Instant) {
        self.in_flight = self.in_flight.saturating_sub(1);
        // Responses may arrive out of order; a reset this much later belongs to a new window.
        const SAME_WINDOW: Duration = Duration::from_millis(500);
        match limit {
            None => {}
            Some(None) if matches!(self.known, Known::Nothing) => self.known = Known::Free,
            Some(None) => {}
            Some(Some(limit)) => {
                let reset_at = now + limit.reset_after;
                // Discord may not have counted the requests in flight yet.
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

    /// Records a 429: no request before `until`.
    pub(super) fn close(&mut self, until: Instant) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.known = Known::Limited { remaining: 0, reset_at: until };
    }

    /// Whether it can be dropped at `now`.
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
    fn the_first_request_of_a_route_goes_alone_and_the_others_wait_for_its_limit() {
        let (mut bucket, now) = (Bucket::default(), Instant::now());
        assert_eq!(bucket.admit(now), Admission::Now);
        assert_eq!(bucket.admit(now), Admission::AfterResponse);
        bucket.complete(limit(2, 5), now);
        assert_eq!(bucket.admit(now), Admission::Now);
        assert_eq!(bucket.admit(now), Admission::Now);
        assert_eq!(bucket.admit(now), Admission::At(now + Duration::from_secs(5)));
    }

    #[test]
    fn responses_out_of_order_never_raise_the_limit() {
        let (mut bucket, now) = (Bucket::default(), Instant::now());
        bucket.admit(now);
        bucket.complete(limit(4, 5), now);
        bucket.admit(now);
        bucket.admit(now);
        bucket.complete(limit(2, 5), now);
        bucket.complete(limit(3, 5), now);
        let left = (0..9).take_while(|_| bucket.admit(now) == Admission::Now).count();
        assert_eq!(left, 2);
    }

    #[test]
    fn a_route_without_a_limit_is_unlimited() {
        let (mut bucket, now) = (Bucket::default(), Instant::now());
        bucket.admit(now);
        bucket.complete(Some(None), now);
        assert!((0..100).all(|_| bucket.admit(now) == Admission::Now));
    }

    #[test]
    fn a_route_after_a_429_opens_at_the_reset_with_one_request_first() {
        let (mut bucket, now) = (Bucket::default(), Instant::now());
        let until = now + Duration::from_secs(3);
        bucket.admit(now);
        bucket.close(until);
        assert_eq!(bucket.admit(now), Admission::At(until));
        assert!(!bucket.is_idle(now));
        assert_eq!(bucket.admit(until), Admission::Now);
        assert_eq!(bucket.admit(until), Admission::AfterResponse);
        bucket.complete(None, until);
        assert_eq!(bucket.admit(until), Admission::Now);
    }
}
