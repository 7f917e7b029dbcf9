//! The watchdog: runs on the main runtime, where no fault of the gateway thread affects it, and decides when to stop.

use std::{sync::atomic::Ordering, time::Duration};

use serenity::{all::ShardId, gateway::ConnectionStage};
use tokio::{
    sync::OwnedMutexGuard,
    time::{Instant, interval, timeout},
};

use crate::discord::{
    ExitReason,
    gateway::{Gateway, SerenityEvent, SessionBudget, session_budget::Advice},
    health::Health,
};

/// serenity can wait forever for the answer to a reconnect.
const DISCONNECTED: Duration = Duration::from_secs(120);
/// A known freeze of the gateway's runtime lasts 41 seconds at most.
const FROZEN: Duration = Duration::from_secs(90);

/// Watches until the bot should stop, and returns the reason.
pub(crate) async fn watch(gateway: &mut Gateway, budget: &mut SessionBudget, health: &Health) -> ExitReason {
    let mut second = interval(Duration::from_secs(1));
    let mut pause: Option<(OwnedMutexGuard<String>, Instant)> = None;
    let mut connected_at = Instant::now();
    let (mut ticks, mut ticked_at) = (0, Instant::now());
    loop {
        tokio::select! {
            ended = &mut gateway.ended => return ended.unwrap_or(ExitReason::GatewayThread("panicked")),
            Some(event) = gateway.serenity_events.recv() => match event {
                SerenityEvent::ShardRefused => return ExitReason::ShardRefused,
                SerenityEvent::ShardingRequired => return ExitReason::ShardingRequired,
                // serenity warns at every ordinary reconnect; `health.rs` logs lost connections.
                SerenityEvent::Warning(module, line) => tracing::debug!(module, line, "serenity warned"),
                SerenityEvent::Identify => {
                    let now = unix_seconds();
                    budget.record(now);
                    match budget.advice(now) {
                        Advice::Go => {}
                        Advice::Stop(reason) => return reason,
                        Advice::Pause(length) => {
                            tracing::error!(seconds = length.as_secs(), "too many sessions were opened: pausing");
                            // serenity needs this lock before each connection.
                            let url = gateway.url.clone().lock_owned().await;
                            pause = Some((url, Instant::now() + length));
                        }
                    }
                }
            },
            now = second.tick() => {
                if pause.as_ref().is_some_and(|(_, until)| *until <= now) {
                    pause = None;
                }
                let is_connected = is_connected(gateway).await;
                health.set_connected(is_connected);
                if is_connected || pause.is_some() {
                    connected_at = now;
                } else if now.duration_since(connected_at) >= DISCONNECTED {
                    return ExitReason::Disconnected(DISCONNECTED.as_secs());
                }
                let current = gateway.ticks.load(Ordering::Relaxed);
                if current != ticks {
                    (ticks, ticked_at) = (current, now);
                } else if now.duration_since(ticked_at) >= FROZEN {
                    return ExitReason::GatewayThread("is frozen");
                }
            }
        }
    }
}

/// Seconds since 1970.
pub(crate) fn unix_seconds() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// Whether every shard has a session.
async fn is_connected(gateway: &Gateway) -> bool {
    let runners = gateway.runners.borrow().clone();
    let Some(runners) = runners else { return false };
    let Ok(runners) = timeout(Duration::from_millis(500), runners.lock()).await else { return false };
    (0..gateway.shards).all(|shard| {
        runners.get(&ShardId(shard)).is_some_and(|runner| runner.stage == ConnectionStage::Connected)
    })
}
