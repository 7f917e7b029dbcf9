//! The rate limiter that every request passes: rate limits by route and in all, and the brakes that keep a fault on Discord's
//! side from costing the bot its token or its address.
//!
//! The first answers to interactions permit freely, since Discord counts them apart and forgets them after three seconds.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep_until},
};

use crate::discord::rest::{
    bucket::{Admission, Bucket},
    reply::{Answered, RestError, Scope},
};
use crate::ids::ChannelId;

/// Requests in flight at once: so many can be refused by one global limit.
const MAX_IN_FLIGHT: usize = 20;
/// Answers to interactions in flight at once.
const CALLBACKS_IN_FLIGHT: usize = 64;
/// Discord's global limit is 50 a second.
const GLOBAL: u32 = 48;
const SECOND: Duration = Duration::from_secs(1);
/// Discord shuts an address out for an hour after 10,000 refused requests in ten minutes.
const REFUSALS: usize = 500;
const REFUSALS_WINDOW: Duration = Duration::from_secs(600);
/// How long a channel that refuses us is left alone.
const MUTE: Duration = Duration::from_secs(600);
/// Routes remembered before those that are idle are forgotten.
const ROUTES: usize = 1024;

/// The route of a request, as far as limits are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Route {
    /// The first answer to an interaction.
    Callback,
    /// A later answer to an interaction.
    Edit,
    /// Messages in a channel.
    Messages(ChannelId),
    /// "Is typing…" in a channel.
    Typing(ChannelId),
    /// Opening private channels.
    Direct,
    /// The few others.
    Other,
}

impl Route {
    /// Whether it is outside the global limit and has no bucket: its path is new with every interaction.
    pub(super) fn is_free(self) -> bool {
        matches!(self, Route::Callback | Route::Edit)
    }

    /// The channel it goes to.
    pub(super) fn channel(self) -> Option<ChannelId> {
        match self {
            Route::Messages(channel) | Route::Typing(channel) => Some(channel),
            _ => None,
        }
    }
}

/// The rate limiter.
pub(super) struct RateLimiter {
    state: Mutex<State>,
    in_flight: Arc<Semaphore>,
    callbacks: Arc<Semaphore>,
    keeps_global: bool,
}

/// Leave to send one request. Dropping it unused tells the route that nothing will come back.
pub(super) struct Permit {
    route_key: Route,
    route: Option<RouteState>,
    flight: Option<OwnedSemaphorePermit>,
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(route) = self.route.take() {
            lock(&route.bucket).complete(None, Instant::now());
            route.completed.notify_one();
        }
    }
}

struct State {
    routes: HashMap<Route, RouteState>,
    global_until: Instant,
    second: (Instant, u32),
    refusals: VecDeque<Instant>,
    muted: HashMap<ChannelId, Instant>,
    is_refused: bool,
}

#[derive(Clone)]
struct RouteState {
    bucket: Arc<Mutex<Bucket>>,
    /// First come, first served.
    turn: Arc<tokio::sync::Mutex<()>>,
    completed: Arc<Notify>,
}

impl RateLimiter {
    /// A rate limiter; `keeps_global`: whether to keep Discord's global limit without being told.
    pub(super) fn new(keeps_global: bool) -> RateLimiter {
        let now = Instant::now();
        let state = State {
            routes: HashMap::new(),
            global_until: now,
            second: (now, 0),
            refusals: VecDeque::new(),
            muted: HashMap::new(),
            is_refused: false,
        };
        RateLimiter {
            state: Mutex::new(state),
            in_flight: Arc::new(Semaphore::new(MAX_IN_FLIGHT)),
            callbacks: Arc::new(Semaphore::new(CALLBACKS_IN_FLIGHT)),
            keeps_global,
        }
    }

    /// Waits until a request may leave.
    pub(super) async fn acquire(&self, route_key: Route) -> Result<Permit, RestError> {
        self.lock().check(route_key, Instant::now())?;
        if route_key.is_free() {
            let flight = slot(&self.callbacks).await;
            return Ok(Permit { route_key, route: None, flight: Some(flight) });
        }
        let route = self.lock().route(route_key, Instant::now());
        let turn = Arc::clone(&route.turn).lock_owned().await;
        loop {
            let now = Instant::now();
            let admission = {
                let mut state = self.lock();
                state.check(route_key, now)?;
                match state.global(now, self.keeps_global) {
                    Some(until) => Admission::At(until),
                    None => lock(&route.bucket).admit(now),
                }
            };
            match admission {
                Admission::Now => break,
                Admission::At(until) => sleep_until(until).await,
                Admission::AfterResponse => route.completed.notified().await,
            }
        }
        self.lock().second.1 += 1;
        drop(turn);
        let mut permit = Permit { route_key, route: Some(route), flight: None };
        permit.flight = Some(slot(&self.in_flight).await);
        Ok(permit)
    }

    /// Takes note of what came back.
    pub(super) fn record(&self, mut permit: Permit, answered: &Answered, now: Instant) {
        let mut state = self.lock();
        let route = permit.route.take();
        let back = |told| route.iter().for_each(|route| lock(&route.bucket).complete(told, now));
        match answered {
            Answered::Ok { limit, .. } => back(Some(*limit)),
            Answered::Refused { error, limit } => {
                back(Some(*limit));
                state.refused(error, permit.route_key, now);
            }
            Answered::Limited { after, scope } => {
                if *scope != Scope::Shared {
                    state.refusals.push_back(now);
                }
                if *scope == Scope::Global && !permit.route_key.is_free() {
                    state.global_until = state.global_until.max(now + *after);
                    back(None);
                } else if let Some(route) = &route {
                    lock(&route.bucket).close(now + *after);
                }
            }
            Answered::Failed { .. } | Answered::Lost(_) => back(None),
        }
        if let Some(route) = route {
            route.completed.notify_one();
        }
    }

    /// The state; nothing is awaited while it is held.
    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl State {
    /// Whether anything may be sent on that route_key at all.
    fn check(&mut self, route_key: Route, now: Instant) -> Result<(), RestError> {
        if self.is_refused {
            return Err(RestError::TokenRefused);
        }
        if route_key
            .channel()
            .is_some_and(|channel| self.muted.get(&channel).is_some_and(|until| *until > now))
        {
            return Err(RestError::Muted);
        }
        while self.refusals.front().is_some_and(|at| now.duration_since(*at) > REFUSALS_WINDOW) {
            self.refusals.pop_front();
        }
        if self.refusals.len() >= REFUSALS && route_key != Route::Callback {
            return Err(RestError::Breaker);
        }
        Ok(())
    }

    /// When the global limit lets a request permit, if not now.
    fn global(&mut self, now: Instant, keeps: bool) -> Option<Instant> {
        if self.global_until > now {
            return Some(self.global_until);
        }
        if now.duration_since(self.second.0) >= SECOND {
            self.second = (now, 0);
        }
        (keeps && self.second.1 >= GLOBAL).then(|| self.second.0 + SECOND)
    }

    fn refused(&mut self, error: &RestError, route_key: Route, now: Instant) {
        match error {
            RestError::TokenRefused => self.is_refused = true,
            RestError::Refused { status: 401 | 403, .. } => self.refusals.push_back(now),
            RestError::Muted => {
                self.refusals.push_back(now);
                self.muted.retain(|_, until| *until > now);
                self.muted.extend(route_key.channel().map(|channel| (channel, now + MUTE)));
            }
            _ => {}
        }
    }

    fn route(&mut self, route_key: Route, now: Instant) -> RouteState {
        if self.routes.len() >= ROUTES && !self.routes.contains_key(&route_key) {
            // A route that someone waits for or has in flight is held by more than this table.
            self.routes
                .retain(|_, route| Arc::strong_count(&route.bucket) > 1 || !lock(&route.bucket).is_idle(now));
        }
        let new = || RouteState { bucket: Arc::default(), turn: Arc::default(), completed: Arc::default() };
        self.routes.entry(route_key).or_insert_with(new).clone()
    }
}

async fn slot(semaphore: &Arc<Semaphore>) -> OwnedSemaphorePermit {
    Arc::clone(semaphore).acquire_owned().await.expect("these semaphores are never closed")
}

/// A short lock; a panic while it was held would have left nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
