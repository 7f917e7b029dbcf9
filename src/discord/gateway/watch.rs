//! The watchdog: runs on the main runtime, where no fault of the gateway thread affects it, and decides when to stop.

use std::{sync::atomic::Ordering, time::Duration};

use serenity::{all::ShardId, gateway::ConnectionStage};
use tokio::{
    sync::OwnedMutexGuard,
    time::{Instant, interval, timeout},
};

use crate::discord::{
    ExitReason,
    gateway::{Gateway, LOCK, SerenityEvent, SessionBudget, session_budget::Advice},
    health::Health,
};

/// serenity can wait forever for the answer to a reconnect.
const DISCONNECTED: Duration = Duration::from_secs(120);
/// A known freeze of the gateway's runtime lasts 41 seconds at most.
const FROZEN: Duration = Duration::from_secs(90);
/// After so long without a tick the shards are probed, so that a spinning one ends.
const PROBE: Duration = Duration::from_secs(2);
/// How often dropped requests are logged.
const LOG_EVERY: Duration = Duration::from_secs(60);
/// A shard that stops within this time of a probe was stopped by it.
const PROBE_VALID: Duration = Duration::from_secs(10);

/// Watches until the bot should stop, and returns the reason.
pub(crate) async fn watch(gateway: &mut Gateway, budget: &mut SessionBudget, health: &Health) -> ExitReason {
    let mut second = interval(Duration::from_secs(1));
    let mut pause: Option<(OwnedMutexGuard<String>, Instant)> = None;
    let mut connected_at = Instant::now();
    let (mut ticks, mut ticked_at) = (0, Instant::now());
    let mut probed_at: Option<Instant> = None;
    let mut dropped_logged_at: Option<Instant> = None;
    loop {
        tokio::select! {
            ended = &mut gateway.ended => return ended.unwrap_or(ExitReason::GatewayThread("panicked")),
            Some(event) = gateway.serenity_events.recv() => match event {
                SerenityEvent::ShardRefused => return ExitReason::ShardRefused,
                SerenityEvent::ShardingRequired => return ExitReason::ShardingRequired,
                // A runner that a probe has ended is started again by nobody else.
                SerenityEvent::ShardStopped(shard) if probed_at.is_some_and(|at| at.elapsed() < PROBE_VALID) => {
                    tracing::warn!(shard, "the connection of a shard was closed unnoticed: opening another one");
                    gateway.restart_shard(ShardId(shard));
                }
                SerenityEvent::ShardStopped(_) => {}
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
                            let until = Instant::now() + length;
                            match &mut pause {
                                // The lock is held already: whoever waits for it again waits forever.
                                Some((_, end)) => *end = until,
                                // serenity needs this lock before each connection.
                                None => pause = Some((gateway.url.clone().lock_owned().await, until)),
                            }
                        }
                    }
                }
            },
            now = second.tick() => {
                if pause.as_ref().is_some_and(|(_, until)| *until <= now) {
                    pause = None;
                }
                let may_log = dropped_logged_at.is_none_or(|at: Instant| at.elapsed() >= LOG_EVERY);
                if may_log && health.log_dropped() {
                    dropped_logged_at = Some(now);
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
                } else if now.duration_since(ticked_at) >= PROBE
                    && probed_at.is_none_or(|at| at.elapsed() >= PROBE_VALID)
                {
                    probed_at = Some(now);
                    gateway.probe_shards().await;
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
    let Ok(runners) = timeout(LOCK, runners.lock()).await else { return false };
    (0..gateway.shards).all(|shard| {
        runners.get(&ShardId(shard)).is_some_and(|runner| runner.stage == ConnectionStage::Connected)
    })
}
