//! Reads Discord's response and classifies it by what to do next.

use std::time::Duration;

use reqwest::{Response, StatusCode, header::HeaderMap};
use serde::Deserialize;

use crate::discord::rest::route::Route;

/// Discord's codes for a channel in which the bot may not write.
const MISSING_ACCESS: u32 = 50_001;
const MISSING_PERMISSIONS: u32 = 50_013;
/// Seconds to wait after a 429 that names no time.
const BLOCKED: f64 = 60.0;
/// The longest wait that a 429 can ask for.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// Why a call failed. It never contains an address, which may contain a token, nor a body, which may contain a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RestError {
    /// 401: nothing is sent after it.
    #[error("Discord refused the token")]
    TokenRefused,
    /// Discord refused the call.
    #[error("Discord refused with status {status}, code {code}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's own error code; 0 if it sent none.
        code: u32,
    },
    /// The bot may not write in that channel, which is then skipped for ten minutes.
    #[error("the channel refuses the bot (code {code})")]
    ChannelForbidden {
        /// Discord's own error code: 50001 or 50013.
        code: u32,
    },
    /// The channel refused the bot less than ten minutes ago, so nothing was sent.
    #[error("the channel refused the bot a short while ago")]
    Muted,
    /// Too many calls were refused: only initial responses to interactions are sent.
    #[error("too many calls were refused in the last ten minutes")]
    Breaker,
    /// Rate limited at every attempt.
    #[error("rate limited")]
    Limited,
    /// It waited too long in the rate limiter.
    #[error("it waited too long to be sent")]
    Late,
    /// No response came.
    #[error("{0}")]
    Lost(&'static str),
    /// Discord's response could not be decoded.
    #[error("the response could not be read")]
    Unreadable,
}

impl RestError {
    /// Whether the interaction has expired or was answered already, so that nothing can or need be done.
    pub(crate) fn is_too_late(&self) -> bool {
        const UNKNOWN_INTERACTION: u32 = 10_062;
        const ALREADY_ANSWERED: u32 = 40_060;
        const DEAD_TOKEN: u32 = 50_027;
        let RestError::Refused { code, .. } = self else { return false };
        [UNKNOWN_INTERACTION, ALREADY_ANSWERED, DEAD_TOKEN].contains(code)
    }

    /// Whether the message is for a thread that is archived or locked.
    pub(crate) fn is_closed_thread(&self) -> bool {
        const ARCHIVED: u32 = 50_083;
        const LOCKED: u32 = 160_005;
        let RestError::Refused { code, .. } = self else { return false };
        [ARCHIVED, LOCKED].contains(code)
    }

    /// Whether the fault concerns Discord or the load and not the call: something small may still arrive.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            RestError::Limited | RestError::Late | RestError::Lost(_) => true,
            RestError::Refused { status, .. } => *status >= 500,
            _ => false,
        }
    }
}

/// A response of Discord.
#[derive(Debug)]
pub(super) enum Answered {
    /// Success.
    Ok {
        /// The limit of the route.
        limit: Option<RouteLimit>,
        /// The body of the response.
        body: Vec<u8>,
    },
    /// 429.
    Limited {
        /// How long to wait.
        after: Duration,
        /// What the limit applies to.
        scope: Scope,
    },
    /// Another refusal, which a retry would not change.
    Refused {
        /// Why.
        error: RestError,
        /// The limit of the route.
        limit: Option<RouteLimit>,
    },
    /// A server error.
    Failed {
        /// The HTTP status.
        status: u16,
    },
    /// No response.
    Lost(&'static str),
}

/// What the limit of a 429 applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The whole bot.
    Global,
    /// This route.
    Route,
    /// A resource shared with others: not counted against the bot.
    Shared,
    /// The whole address, blocked in front of Discord: such a 429 has no JSON body or no time.
    Address,
}

/// The limit of a route, as the headers report it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RouteLimit {
    pub(super) remaining: u32,
    pub(super) reset_after: Duration,
}

impl Answered {
    /// The result of the call if there is no further attempt.
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

/// Classifies a response.
pub(super) async fn read(sent: Result<Response, reqwest::Error>, route: Route) -> Answered {
    let response = match sent {
        Ok(response) => response,
        Err(error) => return Answered::Lost(lost_reason(&error)),
    };
    let (status, headers) = (response.status(), response.headers().clone());
    let limit = route_limit(&headers);
    let Ok(body) = response.bytes().await else { return Answered::Lost("the response was cut off") };
    if status.is_success() {
        return Answered::Ok { limit, body: body.into() };
    }
    let error_body = serde_json::from_slice::<ErrorBody>(&body);
    if status == StatusCode::TOO_MANY_REQUESTS {
        return limited(&headers, error_body.ok());
    }
    let error_body = error_body.unwrap_or_default();
    if status.is_server_error() {
        return Answered::Failed { status: status.as_u16() };
    }
    // An interaction's own token may have expired while the bot's is valid.
    let is_bot_token = status == StatusCode::UNAUTHORIZED && !route.is_interaction();
    let error = match status.as_u16() {
        _ if is_bot_token => RestError::TokenRefused,
        403 if route.channel().is_some()
            && [MISSING_ACCESS, MISSING_PERMISSIONS].contains(&error_body.code) =>
        {
            RestError::ChannelForbidden { code: error_body.code }
        }
        status => RestError::Refused { status, code: error_body.code },
    };
    Answered::Refused { error, limit }
}

/// The body of a refusal as far as it is needed; never its message, which may quote a text.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorBody {
    code: u32,
    retry_after: Option<f64>,
    global: bool,
}

/// `body`: `None` if it is not JSON.
fn limited(headers: &HeaderMap, body: Option<ErrorBody>) -> Answered {
    let is_json = body.is_some();
    let body = body.unwrap_or_default();
    let after = body.retry_after.or_else(|| number(headers, "retry-after"));
    let scope = match headers.get("x-ratelimit-scope").and_then(|scope| scope.to_str().ok()) {
        _ if !is_json || after.is_none() => Scope::Address,
        _ if body.global || headers.contains_key("x-ratelimit-global") => Scope::Global,
        Some("global") => Scope::Global,
        Some("shared") => Scope::Shared,
        _ => Scope::Route,
    };
    let after = Duration::try_from_secs_f64(after.unwrap_or(BLOCKED).max(0.0)).unwrap_or(LONGEST_WAIT);
    Answered::Limited { after: after.min(LONGEST_WAIT), scope }
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

fn lost_reason(error: &reqwest::Error) -> &'static str {
    if error.is_connect() {
        "no connection to Discord"
    } else if error.is_timeout() {
        "Discord did not answer in time"
    } else {
        "the connection to Discord was lost"
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header;

    use super::*;

    fn after_429(headers: &[(&'static str, &'static str)], body: &str) -> (u64, Scope) {
        let headers = headers.iter().map(|(name, value)| {
            (header::HeaderName::from_static(name), header::HeaderValue::from_static(value))
        });
        match limited(&headers.collect(), serde_json::from_str(body).ok()) {
            Answered::Limited { after, scope } => (after.as_secs(), scope),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_429_in_front_of_discord_concerns_the_whole_address() {
        let html = "<html>error code: 1015</html>";
        assert_eq!(
            after_429(&[("content-type", "text/html"), ("retry-after", "3600")], html),
            (3600, Scope::Address)
        );
        assert_eq!(after_429(&[], html), (60, Scope::Address));
        let blocked = r#"{"code": 0, "message": "You are being blocked from accessing our API temporarily"}"#;
        assert_eq!(after_429(&[], blocked), (60, Scope::Address));
    }

    #[test]
    fn a_429_of_discord_itself_names_its_scope() {
        let body = r#"{"message": "m", "retry_after": 3.5, "global": false}"#;
        assert_eq!(after_429(&[("x-ratelimit-scope", "user")], body), (3, Scope::Route));
        assert_eq!(after_429(&[("x-ratelimit-scope", "shared")], body), (3, Scope::Shared));
        assert_eq!(after_429(&[("x-ratelimit-scope", "global")], body), (3, Scope::Global));
    }
}
