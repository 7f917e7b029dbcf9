//! What the rate limiter lets pass and when, on a clock that stands still until somebody waits.

use super::*;
use crate::discord::rest::reply::RouteLimit;
use crate::ids::ChannelId;

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
async fn a_global_limit_holds_everything_back_but_answers_to_interactions() {
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
async fn after_five_hundred_refusals_only_answers_to_interactions_pass() {
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
async fn a_channel_that_refuses_us_is_left_alone_for_ten_minutes() {
    let limiter = RateLimiter::new(false);
    let permit = limiter.acquire(Route::Messages(ChannelId::new(7))).await.unwrap();
    limiter.record(permit, &Answered::Refused { error: RestError::Muted, limit: None }, Instant::now());
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
