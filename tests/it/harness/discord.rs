//! A local stand-in for Discord on a free loopback port: the parts of the gateway and of the HTTP API that the bot uses.
//!
//! It behaves as Discord does where a bot can tell: unknown or answered interactions are refused, a nonce makes a
//! repetition harmless, a body beyond a limit is a 400. It fails on demand (`fault.rs`), records every request
//! (`record.rs`) and lets tests wait for what happened instead of sleeping ([`Discord::until`]).
//!
//! Tests use it through `world.rs`, in terms of what people do: slash, mention, press. Begin there.

mod event;
mod fault;
mod gateway;
mod guild;
mod openapi;
mod person;
mod record;
mod rest;
mod rules;
mod seen;
mod state;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use axum::{Router, routing::any};
use tokio::sync::watch;

pub(crate) use event::*;
pub(crate) use fault::{Answer, Fault, Welcome};
pub(crate) use gateway::Frame;
pub(crate) use guild::{OTHER_CHANNELS, guild, guild_with_id};
pub(crate) use openapi::OpenApi;
pub(crate) use person::{Person, ROLE};
pub(crate) use record::{Record, Route};
pub(crate) use seen::{Kind, Seen};
pub(crate) use state::{RELOADING, State};

/// The bot's user, which is its application too.
pub(crate) const BOT: u64 = 900_000_000_000_000_001;
/// The home server.
pub(crate) const GUILD: u64 = 800_000_000_000_000_001;
/// A server of somebody else.
pub(crate) const OTHER_GUILD: u64 = 800_000_000_000_000_002;
/// A channel like any other.
pub(crate) const CHANNEL: u64 = 700_000_000_000_000_001;
/// The channel that tests name in `discord.ask_channels`.
pub(crate) const ASK_CHANNEL: u64 = 700_000_000_000_000_002;
/// The channel that tests name in `discord.moderator_channel`.
pub(crate) const MODERATOR_CHANNEL: u64 = 700_000_000_000_000_003;
/// The only valid token.
pub(crate) const TOKEN: &str = "bG9jYWw.dG9rZW4.Zm9yLXRlc3Rz";

/// A guard against waiting forever, far beyond what anything takes; no test asserts a time.
const PATIENCE: Duration = Duration::from_secs(90);

/// The server. It ends when it is dropped.
pub(crate) struct Discord {
    inner: Arc<Inner>,
    server: tokio::task::JoinHandle<()>,
}

/// What requests and connections share.
pub(crate) struct Inner {
    pub(crate) address: SocketAddr,
    state: Mutex<State>,
    changed: watch::Sender<u64>,
}

impl Inner {
    /// The state; whoever is waiting looks again once the guard is gone.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.send_modify(|count| *count += 1);
        result
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Discord {
    /// Starts it.
    pub(crate) async fn start() -> Discord {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let inner =
            Arc::new(Inner { address, state: Mutex::new(State::default()), changed: watch::Sender::new(0) });
        let router = Router::new()
            .route("/gateway", any(gateway::connect))
            .fallback(rest::answer)
            .with_state(Arc::clone(&inner));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Discord { inner, server }
    }

    /// What `discord.api_url` must be.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.inner.address)
    }

    /// Reads or changes the state.
    pub(crate) fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        self.inner.change(change)
    }

    /// Makes the next matching requests fail.
    pub(crate) fn fail(&self, fault: Fault) {
        self.with(|state| state.faults.push(fault));
    }

    /// Sets how the next IDENTIFY or RESUME is answered.
    pub(crate) fn greet(&self, welcome: Welcome) {
        self.with(|state| state.welcomes.push_back(welcome));
    }

    /// Does something to the live connection.
    pub(crate) fn frame(&self, frame: Frame) {
        self.with(|state| state.frame(frame));
    }

    /// Waits until `look` returns something; `what` describes it in the message of a failure.
    pub(crate) async fn until<T>(&self, what: &str, mut look: impl FnMut(&State) -> Option<T>) -> T {
        let mut changed = self.inner.changed.subscribe();
        let waiting = async {
            loop {
                if let Some(found) = look(&self.inner.lock()) {
                    return found;
                }
                changed.changed().await.unwrap();
            }
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(found) => found,
            Err(_) => panic!("waited in vain until {what}; what happened:\n{}", self.inner.lock().story()),
        }
    }

    /// Waits until the bot has opened its n-th session, counted from 1.
    pub(crate) async fn until_ready(&self, n: usize) {
        self.until("the bot is connected", |state| {
            (state.identifies.len() >= n && state.is_live()).then_some(())
        })
        .await;
    }

    /// Every request so far.
    pub(crate) fn records(&self) -> Vec<Record> {
        self.inner.lock().records.clone()
    }

    /// The requests of one kind so far.
    pub(crate) fn requests(&self, route: Route) -> Vec<Record> {
        self.records().into_iter().filter(|record| record.route == route).collect()
    }

    /// Whatever Discord would have refused, or should never see: a ping, a text over its limit.
    pub(crate) fn violations(&self) -> Vec<String> {
        self.inner.lock().violations.clone()
    }
}

impl Drop for Discord {
    fn drop(&mut self) {
        self.server.abort();
    }
}
