//! The gateway: serenity's shards on a thread and runtime of their own, so that nothing they do can stop the rest.
//!
//! serenity 0.12.5 freezes every timer of its runtime for up to 41 seconds after some close codes; on its own thread
//! that costs a late event and nothing else. `gateway/preflight.rs` asks for the address first, `gateway/ears.rs` hears
//! what serenity tells its log alone, `gateway/ledger.rs` counts sessions, `gateway/watch.rs` decides when to stop.

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
pub(super) use watch::{now, watch};

/// How long serenity may take to say goodbye; before its first connection it would take for ever.
const GOODBYE: Duration = Duration::from_secs(3);

type Runners = Arc<Mutex<HashMap<ShardId, ShardRunnerInfo>>>;

/// What a gateway needs to run.
pub(super) struct Plan {
    /// The bot's token.
    pub token: SecretString,
    /// Where to, and with how many shards.
    pub endpoint: Endpoint,
    /// What to be told of.
    pub intents: GatewayIntents,
    /// Who is told.
    pub event_handler: Arc<dyn RawEventHandler>,
}

/// A running gateway, seen from the other threads.
pub(super) struct Gateway {
    shards: u32,
    /// serenity takes this lock before each connection: whoever else holds it holds connections back.
    url: Arc<Mutex<String>>,
    runners: cell::Receiver<Option<Runners>>,
    ended: oneshot::Receiver<ExitReason>,
    heard: mpsc::UnboundedReceiver<SerenityEvent>,
    /// Seconds that the gateway's runtime has lived: it stands still when the runtime does.
    ticks: Arc<AtomicU64>,
    leave: CancellationToken,
}

/// The least that the bot's ways of being asked need; message content, a privileged one, only for ask channels.
pub(super) fn intents(has_ask_channels: bool) -> GatewayIntents {
    let least = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    if has_ask_channels { least | GatewayIntents::MESSAGE_CONTENT } else { least }
}

impl Gateway {
    /// Starts the thread and returns at once.
    pub(super) fn start(plan: Plan) -> Result<Gateway, ExitReason> {
        let (runners_in, runners) = cell::channel(None);
        let (ended_in, ended) = oneshot::channel();
        let (heard_in, heard) = mpsc::unbounded_channel();
        let url = Arc::new(Mutex::new(plan.endpoint.url.clone()));
        let (ticks, leave) = (Arc::new(AtomicU64::new(0)), CancellationToken::new());
        let gateway = Gateway {
            shards: plan.endpoint.shards,
            url: Arc::clone(&url),
            runners,
            ended,
            heard,
            ticks: Arc::clone(&ticks),
            leave: leave.clone(),
        };
        let body = move || {
            // serenity's own log lines stay on this thread: some hold what a member wrote.
            let ears = tracing::Dispatch::new(SerenityLog::log(heard_in));
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let Ok(runtime) = runtime else {
                return;
            };
            tracing::dispatcher::with_default(&ears, || {
                let stop = runtime.block_on(shards(plan, url, runners_in, ticks, leave));
                // Nobody listens any more once the bot is leaving.
                let _ = ended_in.send(stop);
            });
            runtime.shutdown_background();
        };
        std::thread::Builder::new()
            .name("gateway".into())
            .spawn(body)
            .map_err(|_| ExitReason::GatewayThread("could not be started"))?;
        Ok(gateway)
    }

    /// Asks the shards to say goodbye and waits until they have, or until that takes too long.
    pub(super) async fn leave(mut self) {
        self.leave.cancel();
        // Where the watchdog heard the end already there is nothing to wait for.
        let is_running = self.ended.try_recv() == Err(oneshot::error::TryRecvError::Empty);
        if is_running && timeout(GOODBYE + Duration::from_secs(1), self.ended).await.is_err() {
            tracing::warn!("the gateway's thread did not end in time");
        }
    }
}

/// Runs the shards until they end or are asked to.
async fn shards(
    plan: Plan,
    url: Arc<Mutex<String>>,
    runners: cell::Sender<Option<Runners>>,
    ticks: Arc<AtomicU64>,
    leave: CancellationToken,
) -> ExitReason {
    // serenity wants a client of its own and never uses it here: every request is sent by `rest.rs`. Should that change,
    // the request goes to a port where nobody listens and not to Discord past the rate limiter.
    let http =
        HttpBuilder::new(plan.token.expose_secret()).proxy("http://127.0.0.1:9").ratelimiter_disabled(true);
    let presence = PresenceData {
        activity: Some(ActivityData::custom(text(Lang::En).command_presence())),
        status: OnlineStatus::Online,
    };
    // serenity's `ClientBuilder` would ask for the gateway itself and fall back to Discord's if that fails.
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
    let stop = tokio::select! {
        value = ended.next() => why(value),
        () = leave.cancelled() => ExitReason::Asked,
    };
    if timeout(GOODBYE, manager.shutdown_all()).await.is_err() {
        tracing::debug!("the gateway did not say goodbye in time");
    }
    stop
}

fn why(value: Option<Result<(), GatewayError>>) -> ExitReason {
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
    fn message_content_is_asked_for_only_where_ask_channels_need_it() {
        assert_eq!(intents(false).bits(), 1 | 1 << 9 | 1 << 12);
        assert_eq!(intents(true).bits(), 1 | 1 << 9 | 1 << 12 | 1 << 15);
    }
}
