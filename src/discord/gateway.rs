//! The gateway: serenity's shards on a thread and runtime of their own, so that nothing they do can stop the rest.
//!
//! serenity 0.12.5 freezes every timer of its runtime for up to 41 seconds after some close codes; on its own thread
//! only events are late. `gateway/preflight.rs` asks for the address first, `gateway/serenity_log.rs` reads what
//! serenity reports only in its log, `gateway/session_budget.rs` counts sessions, `gateway/watch.rs` is the watchdog.

mod preflight;
mod serenity_log;
mod session_budget;
mod watch;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::StreamExt;
use secrecy::{ExposeSecret, SecretString};
use serenity::{
    all::{
        ActivityData, GatewayIntents, HttpBuilder, OnlineStatus, PresenceData, ShardId, ShardManager,
        ShardManagerOptions, ShardRunnerInfo,
    },
    gateway::GatewayError,
    prelude::{Mutex, RawEventHandler, RwLock, TypeMap},
};
use tokio::{
    sync::{mpsc, oneshot, watch as cell},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::{discord::ExitReason, lang::Lang, text::text};
pub(super) use preflight::{Endpoint, preflight};
use serenity_log::{SerenityEvent, SerenityLog};
pub(super) use session_budget::{Advice, SessionBudget};
pub(super) use watch::{unix_seconds, watch};

/// How long serenity may take to close its shards; before its first connection it would take forever.
const CLOSE: Duration = Duration::from_secs(3);
/// How long to wait for serenity's table of shards.
const LOCK: Duration = Duration::from_millis(500);

type Runners = Arc<Mutex<HashMap<ShardId, ShardRunnerInfo>>>;

/// What a gateway needs to run.
pub(super) struct Plan {
    /// The bot's token.
    pub token: SecretString,
    /// Where to connect, and with how many shards.
    pub endpoint: Endpoint,
    /// Which events to subscribe to.
    pub intents: GatewayIntents,
    /// What receives the events.
    pub event_handler: Arc<dyn RawEventHandler>,
}

/// A running gateway, seen from the other threads.
pub(super) struct Gateway {
    shards: u32,
    /// serenity takes this lock before each connection, so holding it delays connections.
    url: Arc<Mutex<String>>,
    runners: cell::Receiver<Option<Runners>>,
    ended: oneshot::Receiver<ExitReason>,
    serenity_events: mpsc::UnboundedReceiver<SerenityEvent>,
    /// Counts seconds on the gateway's runtime: a frozen runtime stops counting.
    ticks: Arc<AtomicU64>,
    restarts: mpsc::UnboundedSender<ShardId>,
    shutdown: CancellationToken,
}

/// The intents that the bot needs; message content, a privileged one, only where there are ask channels.
pub(super) fn intents(has_ask_channels: bool) -> GatewayIntents {
    let required = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    if has_ask_channels { required | GatewayIntents::MESSAGE_CONTENT } else { required }
}

impl Gateway {
    /// Starts the thread and returns at once.
    pub(super) fn start(plan: Plan) -> Result<Gateway, ExitReason> {
        let (runners_sender, runners) = cell::channel(None);
        let (ended_sender, ended) = oneshot::channel();
        let (events_sender, serenity_events) = mpsc::unbounded_channel();
        let (restarts, restarts_receiver) = mpsc::unbounded_channel();
        let url = Arc::new(Mutex::new(plan.endpoint.url.clone()));
        let (ticks, shutdown) = (Arc::new(AtomicU64::new(0)), CancellationToken::new());
        let gateway = Gateway {
            shards: plan.endpoint.shards,
            url: Arc::clone(&url),
            runners,
            ended,
            serenity_events,
            ticks: Arc::clone(&ticks),
            restarts,
            shutdown: shutdown.clone(),
        };
        // The crate's own lines still go to the subscriber of the thread that starts the gateway.
        let own_log = tracing::dispatcher::get_default(Clone::clone);
        let body = move || {
            // serenity's own log lines stay on this thread: some contain what a member wrote.
            let serenity_log = tracing::Dispatch::new(SerenityLog::subscriber(events_sender, own_log));
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let Ok(runtime) = runtime else {
                return;
            };
            tracing::dispatcher::with_default(&serenity_log, || {
                let links = Links { runners: runners_sender, ticks, restarts: restarts_receiver, shutdown };
                let reason = runtime.block_on(run_shards(plan, url, links));
                // The receiver is gone once the bot is shutting down.
                let _ = ended_sender.send(reason);
            });
            runtime.shutdown_background();
        };
        std::thread::Builder::new()
            .name("gateway".into())
            .spawn(body)
            .map_err(|_| ExitReason::GatewayThread("could not be started"))?;
        Ok(gateway)
    }

    /// Sends something to every shard. A runner whose connection is gone, but which has not noticed, ends over it: after
    /// some close codes serenity 0.12.5 otherwise spins until the next heartbeat and freezes its runtime.
    pub(super) async fn probe_shards(&self) {
        let runners = self.runners.borrow().clone();
        let Some(runners) = runners else { return };
        let Ok(runners) = timeout(LOCK, runners.lock()).await else { return };
        for runner in runners.values() {
            runner.runner_tx.set_status(OnlineStatus::Online);
        }
    }

    /// Starts a shard again whose runner has ended.
    pub(super) fn restart_shard(&self, shard: ShardId) {
        // The receiver is gone once the gateway thread has ended, which the watchdog sees by itself.
        let _ = self.restarts.send(shard);
    }

    /// Closes the shards and waits until they are closed, or until that takes too long.
    pub(super) async fn shut_down(mut self) {
        self.shutdown.cancel();
        // If the watchdog has already received the end, there is nothing to wait for.
        let is_running = self.ended.try_recv() == Err(oneshot::error::TryRecvError::Empty);
        if is_running && timeout(CLOSE + Duration::from_secs(1), self.ended).await.is_err() {
            tracing::warn!("the gateway thread did not end in time");
        }
    }
}

/// The gateway thread's ends of what [`Gateway`] holds.
struct Links {
    runners: cell::Sender<Option<Runners>>,
    ticks: Arc<AtomicU64>,
    restarts: mpsc::UnboundedReceiver<ShardId>,
    shutdown: CancellationToken,
}

/// Runs the shards until they end or are asked to.
async fn run_shards(plan: Plan, url: Arc<Mutex<String>>, links: Links) -> ExitReason {
    let Links { runners, ticks, mut restarts, shutdown } = links;
    // serenity requires an HTTP client but never uses it here: `rest.rs` sends every request. Should that change, the
    // request fails on a closed port instead of bypassing the rate limiter.
    let http =
        HttpBuilder::new(plan.token.expose_secret()).proxy("http://127.0.0.1:9").ratelimiter_disabled(true);
    let presence = PresenceData {
        activity: Some(ActivityData::custom(text(Lang::En).command_presence())),
        status: OnlineStatus::Online,
    };
    // serenity's `ClientBuilder` would request the gateway address itself and fall back to Discord's if that fails.
    let (manager, mut ended) = ShardManager::new(ShardManagerOptions {
        data: Arc::new(RwLock::new(TypeMap::new())),
        event_handlers: Vec::new(),
        raw_event_handlers: vec![plan.event_handler],
        shard_index: 0,
        shard_init: plan.endpoint.shards,
        shard_total: plan.endpoint.shards,
        ws_url: url,
        http: Arc::new(http.build()),
        intents: plan.intents,
        presence: Some(presence),
    });
    runners.send_replace(Some(Arc::clone(&manager.runners)));
    tokio::spawn(async move {
        loop {
            ticks.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
    if manager.initialize().is_err() {
        return ExitReason::GatewayThread("could not start its shards");
    }
    let reason = loop {
        tokio::select! {
            value = ended.next() => break exit_reason(value),
            () = shutdown.cancelled() => break ExitReason::Asked,
            Some(shard) = restarts.recv() => {
                // Its runner has ended, so there is no confirmation to wait for.
                manager.shutdown_finished(shard);
                manager.restart(shard).await;
            }
        }
    };
    if timeout(CLOSE, manager.shutdown_all()).await.is_err() {
        tracing::debug!("serenity did not close its shards in time");
    }
    reason
}

fn exit_reason(value: Option<Result<(), GatewayError>>) -> ExitReason {
    match value {
        Some(Err(GatewayError::InvalidAuthentication)) => ExitReason::TokenRefused,
        Some(Err(GatewayError::InvalidGatewayIntents)) => ExitReason::IntentUnknown,
        Some(Err(GatewayError::DisallowedGatewayIntents)) => ExitReason::IntentRefused,
        _ => ExitReason::GatewayThread("ended by itself"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_content_is_requested_only_where_ask_channels_need_it() {
        assert_eq!(intents(false).bits(), 1 | 1 << 9 | 1 << 12);
        assert_eq!(intents(true).bits(), 1 | 1 << 9 | 1 << 12 | 1 << 15);
    }
}
