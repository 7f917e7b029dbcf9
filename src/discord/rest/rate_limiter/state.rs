//! What the rate limiter knows at a moment: global limits, refusals, muted channels, and the routes. Pure bookkeeping.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    discord::rest::{
        bucket::Admission,
        rate_limiter::{RouteState, lock},
        reply::{RestError, Scope},
        route::Route,
    },
    ids::ChannelId,
};

/// Discord's global limit is 50 requests per second.
pub(super) const GLOBAL: u32 = 48;
pub(super) const SECOND: Duration = Duration::from_secs(1);
/// Discord blocks an address for an hour after 10,000 refused requests in ten minutes.
pub(super) const REFUSALS: usize = 500;
pub(super) const REFUSALS_WINDOW: Duration = Duration::from_secs(600);
/// How long a channel that refuses the bot is skipped.
pub(super) const MUTE: Duration = Duration::from_secs(600);
/// Routes remembered before idle ones are dropped.
const ROUTES: usize = 1024;

/// The state.
pub(super) struct State {
    keeps_global: bool,
    routes: HashMap<Route, RouteState>,
    /// Until when nothing but callbacks is sent.
    global_until: Instant,
    /// Until when not even callbacks are sent.
    blocked_until: Instant,
    /// The start of the current second, and the requests sent in it.
    second: (Instant, u32),
    refusals: VecDeque<Instant>,
    muted: HashMap<ChannelId, Instant>,
    /// Channels to which nothing is sent at all.
    closed: HashSet<ChannelId>,
    is_token_refused: bool,
}

impl State {
    pub(super) fn new(keeps_global: bool, now: Instant) -> State {
        State {
            keeps_global,
            routes: HashMap::new(),
            global_until: now,
            blocked_until: now,
            second: (now, 0),
            refusals: VecDeque::new(),
            muted: HashMap::new(),
            closed: HashSet::new(),
            is_token_refused: false,
        }
    }

    /// Whether anything may be sent on that route at all.
    pub(super) fn check(&mut self, route: Route, now: Instant) -> Result<(), RestError> {
        if self.is_token_refused {
            return Err(RestError::TokenRefused);
        }
        let is_muted = |channel| self.muted.get(&channel).is_some_and(|until| *until > now);
        if route.channel().is_some_and(|channel| self.closed.contains(&channel) || is_muted(channel)) {
            return Err(RestError::Muted);
        }
        while self.refusals.front().is_some_and(|at| now.duration_since(*at) > REFUSALS_WINDOW) {
            self.refusals.pop_front();
        }
        if self.refusals.len() >= REFUSALS && route != Route::Callback {
            return Err(RestError::Breaker);
        }
        Ok(())
    }

    /// Whether a request that has its slot may be sent now; if so, it is counted.
    pub(super) fn admit(
        &mut self,
        route: Route,
        route_state: Option<&RouteState>,
        now: Instant,
    ) -> Result<Admission, RestError> {
        self.check(route, now)?;
        if self.blocked_until > now {
            return Ok(Admission::At(self.blocked_until));
        }
        if route == Route::Callback {
            return Ok(Admission::Now);
        }
        if self.global_until > now {
            return Ok(Admission::At(self.global_until));
        }
        let Some(route_state) = route_state else { return Ok(Admission::Now) };
        if now.duration_since(self.second.0) >= SECOND {
            self.second = (now, 0);
        }
        if self.keeps_global && self.second.1 >= GLOBAL {
            return Ok(Admission::At(self.second.0 + SECOND));
        }
        let admission = lock(&route_state.bucket).admit(now);
        if admission == Admission::Now {
            self.second.1 += 1;
        }
        Ok(admission)
    }

    /// Records a 429, and returns whether it concerns more than its route.
    pub(super) fn limited(&mut self, route: Route, after: Duration, scope: Scope, now: Instant) -> bool {
        if scope != Scope::Shared {
            self.refusals.push_back(now);
        }
        let until = now + after;
        let is_wide = matches!(scope, Scope::Global | Scope::Address);
        if is_wide {
            if self.global_until <= now {
                let seconds = after.as_secs();
                match scope {
                    Scope::Address => {
                        tracing::error!(
                            seconds,
                            "Discord blocks this address: nothing is sent until it is over"
                        );
                    }
                    _ => {
                        tracing::warn!(seconds, "Discord's global rate limit: requests wait until it is over")
                    }
                }
            }
            self.global_until = self.global_until.max(until);
            // A callback that is limited shows that this time they are not exempt.
            if scope == Scope::Address || route == Route::Callback {
                self.blocked_until = self.blocked_until.max(until);
            }
        }
        is_wide
    }

    /// Records a refusal.
    pub(super) fn refused(&mut self, error: &RestError, route: Route, now: Instant) {
        match error {
            RestError::TokenRefused => self.is_token_refused = true,
            RestError::ChannelForbidden { .. } => {
                self.refusals.push_back(now);
                self.muted.retain(|_, until| *until > now);
                self.muted.extend(route.channel().map(|channel| (channel, now + MUTE)));
            }
            RestError::Refused { status: 401 | 403, .. } => self.refusals.push_back(now),
            _ => {}
        }
    }

    /// Nothing is sent to that channel any more.
    pub(super) fn close(&mut self, channel: ChannelId) {
        self.closed.insert(channel);
    }

    /// The channel accepts the bot again.
    pub(super) fn unmute(&mut self, route: Route) {
        if let Some(channel) = route.channel() {
            self.muted.remove(&channel);
        }
    }

    pub(super) fn route(&mut self, route: Route, now: Instant) -> RouteState {
        if self.routes.len() >= ROUTES && !self.routes.contains_key(&route) {
            // A route that somebody waits for or has in flight is held by more than this table.
            self.routes
                .retain(|_, state| Arc::strong_count(&state.bucket) > 1 || !lock(&state.bucket).is_idle(now));
        }
        let new = || RouteState { bucket: Arc::default(), turn: Arc::default(), completed: Arc::default() };
        self.routes.entry(route).or_insert_with(new).clone()
    }
}
