//! What came back from Discord, sorted by what has to be done about it.

use std::time::Duration;

use reqwest::{Response, StatusCode, header::HeaderMap};
use serde::Deserialize;

use crate::discord::rest::rate_limiter::Route;

/// Why a call had no success. It never holds an address, which may hold a token, nor a body, which may hold a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestError {
    /// 401: nothing more is sent.
    #[error("Discord refused the token")]
    TokenRefused,
    /// Discord refused the call.
    #[error("Discord refused with status {status}, code {code}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's own code; 0 where it gave none.
        code: u32,
    },
    /// Discord has no place for us in that channel; it is left alone for ten minutes.
    #[error("the channel refuses the bot")]
    Muted,
    /// Too many calls were refused: only answers to interactions permit.
    #[error("too many calls were refused in the last ten minutes")]
    Breaker,
    /// Rate limited to the end of all tries.
    #[error("rate limited")]
    Limited,
    /// It waited too long in the rate limiter.
    #[error("it waited too long to be sent")]
    Late,
    /// No answer came.
    #[error("{0}")]
    Lost(&'static str),
    /// Discord's answer makes no sense.
    #[error("the answer could not be read")]
    Unreadable,
}

impl RestError {
    /// Whether it only tells that the interaction is over or was answered already: nothing anyone can do, or need do.
    pub fn is_too_late(&self) -> bool {
        const UNKNOWN_INTERACTION: u32 = 10_062;
        const ALREADY_ANSWERED: u32 = 40_060;
        const DEAD_TOKEN: u32 = 50_027;
        let RestError::Refused { code, .. } = self else { return false };
        [UNKNOWN_INTERACTION, ALREADY_ANSWERED, DEAD_TOKEN].contains(code)
    }
}

/// An answer of Discord.
#[derive(Debug)]
pub(super) enum Answered {
    /// Done.
    Ok {
        /// The limit that the route has.
        limit: Option<RouteLimit>,
        /// The answer.
        body: Vec<u8>,
    },
    /// 429.
    Limited {
        /// When to come back.
        after: Duration,
        /// Whose limit it is.
        scope: Scope,
    },
    /// Another refusal, which trying again would not heal.
    Refused {
        /// Why.
        error: RestError,
        /// The limit that the route has.
        limit: Option<RouteLimit>,
    },
    /// Discord's own fault.
    Failed {
        /// The HTTP status.
        status: u16,
    },
    /// No answer.
    Lost(&'static str),
}

/// Whose limit a 429 tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The whole bot's.
    Global,
    /// This route's.
    RouteState,
    /// One shared with others: not our fault, not counted against us.
    Shared,
}

/// A route's limit, as the headers tell it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RouteLimit {
    pub(super) remaining: u32,
    pub(super) reset_after: Duration,
}

impl Answered {
    /// The outcome of the call, if this is the last word on it.
    pub(super) fn into_result(self) -> Result<Vec<u8>, RestError> {
        match self {
            Answered::Ok { body, .. } => Ok(body),
            Answered::Limited { .. } => Err(RestError::Limited),
            Answered::Refused { error, .. } => Err(error),
            Answered::Failed { status } => Err(RestError::Refused { status, code: 0 }),
            Answered::Lost(why) => Err(RestError::Lost(why)),
        }
    }
}

/// Sorts an answer.
pub(super) async fn read(sent: Result<Response, reqwest::Error>, route_key: Route) -> Answered {
    let response = match sent {
        Ok(response) => response,
        Err(error) => return Answered::Lost(why(&error)),
    };
    let (status, headers) = (response.status(), response.headers().clone());
    let limit = route_limit(&headers);
    let Ok(body) = response.bytes().await else { return Answered::Lost("the answer broke off") };
    if status.is_success() {
        return Answered::Ok { limit, body: body.into() };
    }
    let told: Told = serde_json::from_slice(&body).unwrap_or_default();
    if status == StatusCode::TOO_MANY_REQUESTS {
        return limited(&headers, &told);
    }
    if status.is_server_error() {
        return Answered::Failed { status: status.as_u16() };
    }
    // An interaction's own token may be dead while the bot's lives on.
    let is_ours = status == StatusCode::UNAUTHORIZED && !route_key.is_free();
    let error = match status.as_u16() {
        _ if is_ours => RestError::TokenRefused,
        403 if route_key.channel().is_some() && [50_001, 50_013].contains(&told.code) => RestError::Muted,
        404 if route_key.channel().is_some() && told.code == 10_003 => RestError::Muted,
        status => RestError::Refused { status, code: told.code },
    };
    Answered::Refused { error, limit }
}

/// What Discord writes into the body of a refusal, as far as it matters; never its message, which may quote a text.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Told {
    code: u32,
    retry_after: Option<f64>,
    global: bool,
}

fn limited(headers: &HeaderMap, told: &Told) -> Answered {
    let after = told.retry_after.or_else(|| number(headers, "retry-after")).unwrap_or(1.0);
    let scope = match headers.get("x-ratelimit-scope").and_then(|scope| scope.to_str().ok()) {
        _ if told.global || headers.contains_key("x-ratelimit-global") => Scope::Global,
        Some("global") => Scope::Global,
        Some("shared") => Scope::Shared,
        _ => Scope::RouteState,
    };
    Answered::Limited { after: Duration::from_secs_f64(after.clamp(0.0, 3600.0)), scope }
}

fn route_limit(headers: &HeaderMap) -> Option<RouteLimit> {
    let remaining = number(headers, "x-ratelimit-remaining")?;
    let reset_after = number(headers, "x-ratelimit-reset-after")?;
    let is_sane = (0.0..=100_000.0).contains(&remaining) && (0.0..=86_400.0).contains(&reset_after);
    is_sane.then(|| RouteLimit {
        remaining: format!("{remaining:.0}").parse().unwrap_or(0),
        reset_after: Duration::from_secs_f64(reset_after),
    })
}

fn number(headers: &HeaderMap, name: &str) -> Option<f64> {
    headers.get(name)?.to_str().ok()?.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

fn why(error: &reqwest::Error) -> &'static str {
    if error.is_connect() {
        "no connection to Discord"
    } else if error.is_timeout() {
        "Discord did not answer in time"
    } else {
        "the connection to Discord broke"
    }
}
