//! When to reload by itself: a change in the folder, a look at it once a minute, and SIGHUP.
//!
//! The watcher is only a hint, since network drives and containers lose its events: whether anything changed is told
//! by the hash of the files alone, in `reload.rs`.

use std::{path::Path, sync::Arc, time::Duration};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::{sync::mpsc, time::MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use crate::bot::reload::Reloader;

/// How long the folder must be left alone before it is read.
const SETTLE: Duration = Duration::from_millis(500);
/// A folder that never comes to rest is read after so many settling times all the same.
const MAX_SETTLES: usize = 20;
/// The look at the folder that finds what the watcher missed.
const POLL: Duration = Duration::from_secs(60);

/// Reloads on SIGHUP, and with `folder` whenever its files change, until `stop`.
pub async fn run(reloader: Arc<Reloader>, folder: Option<&Path>, stop: CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = on_hangup(&reloader) => {}
        () = on_change(&reloader, folder) => {}
    }
}

async fn on_change(reloader: &Arc<Reloader>, folder: Option<&Path>) {
    let Some(folder) = folder else { return std::future::pending().await };
    let (hint, mut hints) = mpsc::channel(1);
    let watcher = start(folder, hint.clone());
    if let Err(error) = &watcher {
        tracing::warn!(%error, "the FAQ cannot be watched; it is looked at once a minute instead");
    }
    let mut poll = tokio::time::interval_at(tokio::time::Instant::now() + POLL, POLL);
    poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        // The first look is for what changed between the start of the bot and that of the watcher.
        reloader.reload_if_changed().await;
        tokio::select! {
            _ = hints.recv() => settle(&mut hints).await,
            _ = poll.tick() => {}
        }
    }
}

/// Watches the folder. `hint` holds one message: more would say nothing new.
fn start(folder: &Path, hint: mpsc::Sender<()>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Reading the files is an event too, and must not lead to reading them again.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = hint.try_send(());
        }
    })?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(watcher)
}

async fn settle(hints: &mut mpsc::Receiver<()>) {
    for _ in 0..MAX_SETTLES {
        if tokio::time::timeout(SETTLE, hints.recv()).await.is_err() {
            return;
        }
    }
}

#[cfg(unix)]
async fn on_hangup(reloader: &Arc<Reloader>) {
    use tokio::signal::unix::{SignalKind, signal};

    let mut hangup = match signal(SignalKind::hangup()) {
        Ok(hangup) => hangup,
        Err(error) => {
            tracing::warn!(%error, "SIGHUP cannot be listened to");
            return std::future::pending().await;
        }
    };
    while hangup.recv().await.is_some() {
        reloader.reload_and_tell().await;
    }
}

#[cfg(not(unix))]
async fn on_hangup(_reloader: &Arc<Reloader>) {
    std::future::pending().await
}
