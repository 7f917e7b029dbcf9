//! How Discord fails, on demand.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Record, Route};

/// A fault of the HTTP API: the next `times` requests of `route` get it.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// Which requests.
    pub(crate) route: Route,
    /// Only those below this path; empty: all.
    pub(crate) below: String,
    /// How many of them.
    pub(crate) times: usize,
    /// What they get.
    pub(crate) answer: Answer,
}

/// What a request gets instead of the usual response.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// A status with headers and a body.
    Status(StatusCode, Vec<(&'static str, String)>, String),
    /// No response for as long as the bot waits.
    Hang,
    /// The request is served, but its response is lost.
    Lost,
    /// The usual response, but only once the semaphore has a permit.
    Held(std::sync::Arc<tokio::sync::Semaphore>),
}

/// How the next IDENTIFY or RESUME is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Welcome {
    /// A close frame with that code.
    Close(u16),
    /// Op 9; whether the session may be resumed.
    Invalid(bool),
}

impl Fault {
    /// The next request of that kind fails with a status and one of Discord's own codes.
    pub(crate) fn refuse(route: Route, status: u16, code: u32) -> Fault {
        let body = json!({"message": "refused by the local Discord", "code": code});
        Fault::of(route, status, Vec::new(), body)
    }

    /// The next request of that kind is rate limited; `scope` as in `X-RateLimit-Scope`.
    pub(crate) fn limit(route: Route, seconds: f64, scope: &'static str) -> Fault {
        let is_global = scope == "global";
        let body =
            json!({"message": "You are being rate limited.", "retry_after": seconds, "global": is_global});
        let mut headers =
            vec![("retry-after", seconds.ceil().to_string()), ("x-ratelimit-scope", scope.to_owned())];
        if is_global {
            headers.push(("x-ratelimit-global", "true".to_owned()));
        }
        Fault::of(route, 429, headers, body)
    }

    /// The next request of that kind gets an answer that is no JSON.
    pub(crate) fn garbled(route: Route, status: u16) -> Fault {
        let status = StatusCode::from_u16(status).unwrap();
        let answer = Answer::Status(status, Vec::new(), "<html>upstream".to_owned());
        Fault { route, below: String::new(), times: 1, answer }
    }

    /// The next request of that kind is never answered.
    pub(crate) fn hang(route: Route) -> Fault {
        Fault { route, below: String::new(), times: 1, answer: Answer::Hang }
    }

    /// The next request of that kind is served, but its response does not arrive.
    pub(crate) fn lose(route: Route) -> Fault {
        Fault { route, below: String::new(), times: 1, answer: Answer::Lost }
    }

    /// The next request of that kind is answered as usual once `gate` has a permit.
    pub(crate) fn hold(route: Route, gate: std::sync::Arc<tokio::sync::Semaphore>) -> Fault {
        Fault { route, below: String::new(), times: 1, answer: Answer::Held(gate) }
    }

    /// Only requests whose path begins so.
    pub(crate) fn below(mut self, path: &str) -> Fault {
        self.below = path.to_owned();
        self
    }

    /// Whether it fits, in which case it counts as used once more.
    pub(crate) fn takes(&mut self, record: &Record) -> bool {
        let fits = self.times > 0 && self.route == record.route && record.path.starts_with(&self.below);
        self.times -= usize::from(fits);
        fits
    }

    fn of(route: Route, status: u16, headers: Vec<(&'static str, String)>, body: Value) -> Fault {
        let status = StatusCode::from_u16(status).unwrap();
        Fault {
            route,
            below: String::new(),
            times: 1,
            answer: Answer::Status(status, headers, body.to_string()),
        }
    }
}
