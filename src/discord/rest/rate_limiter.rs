//! The rate limiter that every request passes: limits per route and overall, and the circuit breakers that keep a fault
//! from costing the bot its token or its address.
//!
//! Initial responses to interactions are exempt from the limits and have slots of their own, since Discord counts them
//! separately and discards an interaction after three seconds.

mod state;

use std::sync::{Arc, Mutex, MutexGuard};

use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep_until},
};

use crate::{
    discord::rest::{
        bucket::{Admission, Bucket},
        reply::{Answered, RestError},
        route::Route,
    },
    ids::ChannelId,
};
use state::State;

/// Requests in flight at once: at most that many can be refused by one global limit.
const MAX_IN_FLIGHT: usize = 20;
/// Initial responses to interactions in flight at once.
const CALLBACKS_IN_FLIGHT: usize = 64;
/// Edits of those responses in flight at once.
const EDITS_IN_FLIGHT: usize = 32;

/// The rate limiter.
pub(super) struct RateLimiter {
    state: Mutex<State>,
    requests: Arc<Semaphore>,
    callbacks: Arc<Semaphore>,
    edits: Arc<Semaphore>,
}

/// The permission to send one request. Dropping it unused counts as a request without a response.
pub(super) struct Permit {
    route: Route,
    route_state: Option<RouteState>,
    _slot: OwnedSemaphorePermit,
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(route) = self.route_state.take() {
            lock(&route.bucket).complete(None, Instant::now());
            route.completed.notify_one();
        }
    }
}

#[derive(Clone)]
struct RouteState {
    bucket: Arc<Mutex<Bucket>>,
    /// First come, first served.
    turn: Arc<tokio::sync::Mutex<()>>,
    completed: Arc<Notify>,
}

impl RateLimiter {
    /// A rate limiter; `keeps_global`: whether to respect Discord's global limit although no header reports it.
    pub(super) fn new(keeps_global: bool) -> RateLimiter {
        RateLimiter {
            state: Mutex::new(State::new(keeps_global, Instant::now())),
            requests: Arc::new(Semaphore::new(MAX_IN_FLIGHT)),
            callbacks: Arc::new(Semaphore::new(CALLBACKS_IN_FLIGHT)),
            edits: Arc::new(Semaphore::new(EDITS_IN_FLIGHT)),
        }
    }

    /// Waits until a request may be sent. Every condition is checked once the request has its slot: what was true
    /// before it waited for one may no longer be.
    pub(super) async fn acquire(&self, route: Route) -> Result<Permit, RestError> {
        self.lock().check(route, Instant::now())?;
        let slots = match route {
            Route::Callback => &self.callbacks,
            Route::Edit => &self.edits,
            _ => &self.requests,
        };
        let route_state = (!route.is_interaction()).then(|| self.lock().route(route, Instant::now()));
        let _turn = match &route_state {
            Some(route_state) => Some(Arc::clone(&route_state.turn).lock_owned().await),
            None => None,
        };
        loop {
            let slot = slot(slots).await;
            let now = Instant::now();
            let admission = self.lock().admit(route, route_state.as_ref(), now)?;
            match (admission, &route_state) {
                (Admission::Now, _) => return Ok(Permit { route, route_state, _slot: slot }),
                (Admission::At(until), _) => {
                    drop(slot);
                    sleep_until(until).await;
                }
                (Admission::AfterResponse, Some(route_state)) => {
                    drop(slot);
                    route_state.completed.notified().await;
                }
                // Only a bucket makes a request wait for another response.
                (Admission::AfterResponse, None) => {}
            }
        }
    }

    /// Sends nothing to that channel any more.
    pub(super) fn close(&self, channel: ChannelId) {
        self.lock().close(channel);
    }

    /// Records the response to a request.
    pub(super) fn record(&self, mut permit: Permit, answered: &Answered, now: Instant) {
        let route_state = permit.route_state.take();
        let mut state = self.lock();
        let complete = |limit| {
            route_state.iter().for_each(|route| lock(&route.bucket).complete(limit, now));
        };
        match answered {
            Answered::Ok { limit, .. } => {
                complete(Some(*limit));
                state.unmute(permit.route);
            }
            Answered::Refused { error, limit } => {
                complete(Some(*limit));
                state.refused(error, permit.route, now);
            }
            Answered::Limited { after, scope } => {
                if state.limited(permit.route, *after, *scope, now) {
                    complete(None);
                } else if let Some(route) = &route_state {
                    lock(&route.bucket).close(now + *after);
                }
            }
            Answered::Failed { .. } | Answered::Lost(_) => complete(None),
        }
        drop(state);
        if let Some(route) = route_state {
            route.completed.notify_one();
        }
    }

    /// The state; nothing is awaited while it is locked.
    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

async fn slot(semaphore: &Arc<Semaphore>) -> OwnedSemaphorePermit {
    Arc::clone(semaphore).acquire_owned().await.expect("these semaphores are never closed")
}

/// Locks for a moment; a panic while it was locked would have left nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
