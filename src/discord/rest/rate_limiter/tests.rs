//! What the rate limiter admits and when, on a clock that advances only when every task waits.

use std::time::Duration;

use super::{
    state::{GLOBAL, MUTE, REFUSALS, REFUSALS_WINDOW, SECOND},
    *,
};
use crate::discord::rest::reply::{RouteLimit, Scope};

fn ok(remaining: u32, seconds: u64) -> Answered {
    let limit = RouteLimit { remaining, reset_after: Duration::from_secs(seconds) };
    Answered::Ok { limit: Some(limit), body: Vec::new() }
}

#[tokio::test(start_paused = true)]
async fn a_channel_of_five_in_five_seconds_takes_twelve_messages_in_ten() {
    let (limiter, start) = (RateLimiter::new(true), Instant::now());
    let (mut left, mut reset) = (5, start);
    for _ in 0..12 {
        let permit = limiter.acquire(Route::Messages(ChannelId::new(1))).await.unwrap();
        let now = Instant::now();
        if now >= reset {
            (left, reset) = (5, now + Duration::from_secs(5));
        }
        assert!(left > 0, "a request that Discord would refuse");
        left -= 1;
        limiter.record(permit, &ok(left, (reset - now).as_secs()), now);
    }
    assert_eq!(start.elapsed().as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_global_limit_delays_everything_but_initial_responses() {
    let (limiter, start) = (RateLimiter::new(false), Instant::now());
    let permit = limiter.acquire(Route::Messages(ChannelId::new(1))).await.unwrap();
    let limited = Answered::Limited { after: Duration::from_secs(3), scope: Scope::Global };
    limiter.record(permit, &limited, Instant::now());
    limiter.acquire(Route::Callback).await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 0);
    limiter.acquire(Route::Messages(ChannelId::new(2))).await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 3);
}

#[tokio::test(start_paused = true)]
async fn no_more_than_the_global_limit_leaves_in_a_second() {
    let (limiter, start) = (RateLimiter::new(true), Instant::now());
    for channel in 0..100 {
        let permit = limiter.acquire(Route::Messages(ChannelId::new(channel))).await.unwrap();
        limiter.record(permit, &ok(4, 5), Instant::now());
    }
    assert_eq!(start.elapsed().as_secs(), 2);
}

#[tokio::test(start_paused = true)]
async fn after_five_hundred_refusals_only_initial_responses_are_sent() {
    let limiter = RateLimiter::new(false);
    for _ in 0..REFUSALS {
        let permit = limiter.acquire(Route::Edit).await.unwrap();
        let error = RestError::Refused { status: 403, code: 0 };
        limiter.record(permit, &Answered::Refused { error, limit: None }, Instant::now());
    }
    assert_eq!(limiter.acquire(Route::Other).await.err(), Some(RestError::Breaker));
    assert!(limiter.acquire(Route::Callback).await.is_ok());
    tokio::time::advance(REFUSALS_WINDOW + SECOND).await;
    assert!(limiter.acquire(Route::Other).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_channel_that_refuses_the_bot_is_skipped_for_ten_minutes() {
    let limiter = RateLimiter::new(false);
    let permit = limiter.acquire(Route::Messages(ChannelId::new(7))).await.unwrap();
    let error = RestError::ChannelForbidden { code: 50_013 };
    limiter.record(permit, &Answered::Refused { error, limit: None }, Instant::now());
    assert_eq!(limiter.acquire(Route::Messages(ChannelId::new(7))).await.err(), Some(RestError::Muted));
    assert_eq!(limiter.acquire(Route::Typing(ChannelId::new(7))).await.err(), Some(RestError::Muted));
    assert!(limiter.acquire(Route::Messages(ChannelId::new(8))).await.is_ok());
    tokio::time::advance(MUTE + SECOND).await;
    assert!(limiter.acquire(Route::Messages(ChannelId::new(7))).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn after_a_refused_token_nothing_is_sent() {
    let limiter = RateLimiter::new(false);
    let permit = limiter.acquire(Route::Other).await.unwrap();
    let answered = Answered::Refused { error: RestError::TokenRefused, limit: None };
    limiter.record(permit, &answered, Instant::now());
    assert_eq!(limiter.acquire(Route::Callback).await.err(), Some(RestError::TokenRefused));
}

/// A limiter whose twenty slots are taken, by requests of one channel each.
async fn full() -> (Arc<RateLimiter>, Vec<Permit>) {
    let limiter = Arc::new(RateLimiter::new(false));
    let mut taken = Vec::new();
    for channel in 0..MAX_IN_FLIGHT {
        let channel = ChannelId::new(1000 + u64::try_from(channel).unwrap());
        taken.push(limiter.acquire(Route::Messages(channel)).await.unwrap());
    }
    (limiter, taken)
}

/// Starts a request and lets it get as far as it can.
async fn waiting(
    limiter: &Arc<RateLimiter>,
    route: Route,
) -> tokio::task::JoinHandle<Result<(Permit, Instant), RestError>> {
    let limiter = Arc::clone(limiter);
    let task =
        tokio::spawn(async move { limiter.acquire(route).await.map(|permit| (permit, Instant::now())) });
    tokio::task::yield_now().await;
    task
}

#[tokio::test(start_paused = true)]
async fn what_waited_for_a_slot_waits_on_while_a_global_limit_lasts() {
    let (limiter, mut taken) = full().await;
    let start = Instant::now();
    let task = waiting(&limiter, Route::Messages(ChannelId::new(7))).await;
    let limited = Answered::Limited { after: Duration::from_secs(4), scope: Scope::Global };
    limiter.record(taken.pop().unwrap(), &limited, Instant::now());
    let (_permit, at) = task.await.unwrap().unwrap();
    assert_eq!((at - start).as_secs(), 4);
}

#[tokio::test(start_paused = true)]
async fn what_waited_for_a_slot_is_not_sent_after_a_refused_token() {
    let (limiter, mut taken) = full().await;
    let task = waiting(&limiter, Route::Messages(ChannelId::new(7))).await;
    let refused = Answered::Refused { error: RestError::TokenRefused, limit: None };
    limiter.record(taken.pop().unwrap(), &refused, Instant::now());
    assert_eq!(task.await.unwrap().err(), Some(RestError::TokenRefused));
}

#[tokio::test(start_paused = true)]
async fn the_count_of_a_second_is_taken_when_a_request_is_sent() {
    let limiter = Arc::new(RateLimiter::new(true));
    let mut taken = Vec::new();
    for channel in 0..MAX_IN_FLIGHT {
        let channel = ChannelId::new(1000 + u64::try_from(channel).unwrap());
        taken.push(limiter.acquire(Route::Messages(channel)).await.unwrap());
    }
    // More than a second's worth of requests get their slots at the same moment, much later.
    let mut tasks = Vec::new();
    for channel in 0..60 {
        let task = waiting(&limiter, Route::Messages(ChannelId::new(channel))).await;
        tasks.push(tokio::spawn(async move { task.await.unwrap().unwrap().1 }));
    }
    tokio::time::advance(Duration::from_secs(30)).await;
    taken.clear();
    let mut times = Vec::new();
    for task in tasks {
        times.push(task.await.unwrap());
    }
    let first = *times.iter().min().unwrap();
    let in_first = times.iter().filter(|at| **at - first < SECOND).count();
    assert!(in_first <= usize::try_from(GLOBAL).unwrap(), "{in_first} requests in one second");
}

#[tokio::test(start_paused = true)]
async fn stuck_edits_never_delay_an_initial_response() {
    let (limiter, start) = (Arc::new(RateLimiter::new(false)), Instant::now());
    let mut stuck = Vec::new();
    for _ in 0..EDITS_IN_FLIGHT {
        stuck.push(limiter.acquire(Route::Edit).await.unwrap());
    }
    let waiting: Vec<_> = [waiting(&limiter, Route::Edit).await, waiting(&limiter, Route::Edit).await].into();
    for _ in 0..CALLBACKS_IN_FLIGHT {
        limiter.acquire(Route::Callback).await.unwrap();
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert!(waiting.iter().all(|task| !task.is_finished()));
}

#[tokio::test(start_paused = true)]
async fn a_blocked_address_delays_everything() {
    let (limiter, start) = (RateLimiter::new(false), Instant::now());
    let permit = limiter.acquire(Route::Other).await.unwrap();
    let limited = Answered::Limited { after: Duration::from_secs(60), scope: Scope::Address };
    limiter.record(permit, &limited, start);
    limiter.acquire(Route::Callback).await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 60);
}
