//! The gate that every request passes: rate limits by route and in all, and the brakes that keep a fault on Discord's
//! side from costing the bot its token or its address.
//!
//! The first answers to interactions pass freely, since Discord counts them apart and forgets them after three seconds.

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
    bucket::{Bucket, May},
    reply::{Answered, RestError, Scope},
};

/// Requests in flight at once: so many can be refused by one global limit.
const IN_FLIGHT: usize = 20;
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
pub(super) enum Lane {
    /// The first answer to an interaction.
    Callback,
    /// A later answer to an interaction.
    Edit,
    /// Messages in a channel.
    Messages(u64),
    /// "Is typing…" in a channel.
    Typing(u64),
    /// Opening private channels.
    Direct,
    /// The few others.
    Other,
}

impl Lane {
    /// Whether it is outside the global limit and has no bucket: its path is new with every interaction.
    pub(super) fn is_free(self) -> bool {
        matches!(self, Lane::Callback | Lane::Edit)
    }

    /// The channel it goes to.
    pub(super) fn channel(self) -> Option<u64> {
        match self {
            Lane::Messages(channel) | Lane::Typing(channel) => Some(channel),
            _ => None,
        }
    }
}

/// The gate.
pub(super) struct Gate {
    state: Mutex<State>,
    flights: Arc<Semaphore>,
    callbacks: Arc<Semaphore>,
    keeps_global: bool,
}

/// Leave to send one request. Dropping it unused tells the route that nothing will come back.
pub(super) struct Pass {
    lane: Lane,
    route: Option<Route>,
    flight: Option<OwnedSemaphorePermit>,
}

impl Drop for Pass {
    fn drop(&mut self) {
        if let Some(route) = self.route.take() {
            lock(&route.bucket).back(None, Instant::now());
            route.came_back.notify_one();
        }
    }
}

struct State {
    routes: HashMap<Lane, Route>,
    global_until: Instant,
    second: (Instant, u32),
    refusals: VecDeque<Instant>,
    muted: HashMap<u64, Instant>,
    is_refused: bool,
}

#[derive(Clone)]
struct Route {
    bucket: Arc<Mutex<Bucket>>,
    /// First come, first served.
    turn: Arc<tokio::sync::Mutex<()>>,
    came_back: Arc<Notify>,
}

impl Gate {
    /// A gate; `keeps_global`: whether to keep Discord's global limit without being told.
    pub(super) fn new(keeps_global: bool) -> Gate {
        let now = Instant::now();
        let state = State {
            routes: HashMap::new(),
            global_until: now,
            second: (now, 0),
            refusals: VecDeque::new(),
            muted: HashMap::new(),
            is_refused: false,
        };
        Gate {
            state: Mutex::new(state),
            flights: Arc::new(Semaphore::new(IN_FLIGHT)),
            callbacks: Arc::new(Semaphore::new(CALLBACKS_IN_FLIGHT)),
            keeps_global,
        }
    }

    /// Waits until a request may leave.
    pub(super) async fn enter(&self, lane: Lane) -> Result<Pass, RestError> {
        self.lock().check(lane, Instant::now())?;
        if lane.is_free() {
            let flight = permit(&self.callbacks).await;
            return Ok(Pass { lane, route: None, flight: Some(flight) });
        }
        let route = self.lock().route(lane, Instant::now());
        let turn = Arc::clone(&route.turn).lock_owned().await;
        loop {
            let now = Instant::now();
            let may = {
                let mut state = self.lock();
                state.check(lane, now)?;
                match state.global(now, self.keeps_global) {
                    Some(until) => May::Wait(until),
                    None => lock(&route.bucket).ask(now),
                }
            };
            match may {
                May::Go => break,
                May::Wait(until) => sleep_until(until).await,
                May::Follow => route.came_back.notified().await,
            }
        }
        self.lock().second.1 += 1;
        drop(turn);
        let mut pass = Pass { lane, route: Some(route), flight: None };
        pass.flight = Some(permit(&self.flights).await);
        Ok(pass)
    }

    /// Takes note of what came back.
    pub(super) fn learn(&self, mut pass: Pass, answered: &Answered, now: Instant) {
        let mut state = self.lock();
        let route = pass.route.take();
        let back = |told| route.iter().for_each(|route| lock(&route.bucket).back(told, now));
        match answered {
            Answered::Ok { limit, .. } => back(Some(*limit)),
            Answered::Refused { error, limit } => {
                back(Some(*limit));
                state.refused(error, pass.lane, now);
            }
            Answered::Limited { after, scope } => {
                if *scope != Scope::Shared {
                    state.refusals.push_back(now);
                }
                if *scope == Scope::Global && !pass.lane.is_free() {
                    state.global_until = state.global_until.max(now + *after);
                    back(None);
                } else if let Some(route) = &route {
                    lock(&route.bucket).close(now + *after);
                }
            }
            Answered::Failed { .. } | Answered::Lost(_) => back(None),
        }
        if let Some(route) = route {
            route.came_back.notify_one();
        }
    }

    /// The state; nothing is awaited while it is held.
    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl State {
    /// Whether anything may be sent on that lane at all.
    fn check(&mut self, lane: Lane, now: Instant) -> Result<(), RestError> {
        if self.is_refused {
            return Err(RestError::TokenRefused);
        }
        if lane.channel().is_some_and(|channel| self.muted.get(&channel).is_some_and(|until| *until > now)) {
            return Err(RestError::Muted);
        }
        while self.refusals.front().is_some_and(|at| now.duration_since(*at) > REFUSALS_WINDOW) {
            self.refusals.pop_front();
        }
        if self.refusals.len() >= REFUSALS && lane != Lane::Callback {
            return Err(RestError::Breaker);
        }
        Ok(())
    }

    /// When the global limit lets a request pass, if not now.
    fn global(&mut self, now: Instant, keeps: bool) -> Option<Instant> {
        if self.global_until > now {
            return Some(self.global_until);
        }
        if now.duration_since(self.second.0) >= SECOND {
            self.second = (now, 0);
        }
        (keeps && self.second.1 >= GLOBAL).then(|| self.second.0 + SECOND)
    }

    fn refused(&mut self, error: &RestError, lane: Lane, now: Instant) {
        match error {
            RestError::TokenRefused => self.is_refused = true,
            RestError::Refused { status: 401 | 403, .. } => self.refusals.push_back(now),
            RestError::Muted => {
                self.refusals.push_back(now);
                self.muted.retain(|_, until| *until > now);
                self.muted.extend(lane.channel().map(|channel| (channel, now + MUTE)));
            }
            _ => {}
        }
    }

    fn route(&mut self, lane: Lane, now: Instant) -> Route {
        if self.routes.len() >= ROUTES && !self.routes.contains_key(&lane) {
            // A route that someone waits for or has in flight is held by more than this table.
            self.routes
                .retain(|_, route| Arc::strong_count(&route.bucket) > 1 || !lock(&route.bucket).is_idle(now));
        }
        let new = || Route { bucket: Arc::default(), turn: Arc::default(), came_back: Arc::default() };
        self.routes.entry(lane).or_insert_with(new).clone()
    }
}

async fn permit(semaphore: &Arc<Semaphore>) -> OwnedSemaphorePermit {
    Arc::clone(semaphore).acquire_owned().await.expect("these semaphores are never closed")
}

/// A short lock; a panic while it was held would have left nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
