//! When to reload without a moderator's request: after a change in the folder, after a check every minute, on SIGHUP.
//!
//! The file watcher is only a hint, since network drives and containers lose its events. Only the hash of the files,
//! computed in `reload.rs`, decides whether anything changed.

use std::{path::Path, sync::Arc, time::Duration};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::{sync::mpsc, time::MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use crate::bot::reload::Reloader;

/// How long the folder must stay unchanged before it is read.
const SETTLE: Duration = Duration::from_millis(500);
/// A folder that keeps changing is read after this many settling times.
const MAX_SETTLES: usize = 20;
/// How often the folder is read without a hint, to find changes that the watcher missed.
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
        tracing::warn!(%error, "the FAQ cannot be watched; it is checked once a minute instead");
    }
    let mut poll = tokio::time::interval_at(tokio::time::Instant::now() + POLL, POLL);
    poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        // The first check finds what changed after the bot read the files and before the watcher started.
        reloader.reload_if_changed().await;
        tokio::select! {
            _ = hints.recv() => settle(&mut hints).await,
            _ = poll.tick() => {}
        }
    }
}

/// Watches the folder. The channel of `hint` holds one message, since a second one would add nothing.
fn start(folder: &Path, hint: mpsc::Sender<()>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Reading the files is an event too, and must not cause another read.
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
            tracing::warn!(%error, "the handler for SIGHUP cannot be installed");
            return std::future::pending().await;
        }
    };
    while hangup.recv().await.is_some() {
        reloader.reload_and_report().await;
    }
}

#[cfg(not(unix))]
async fn on_hangup(_reloader: &Arc<Reloader>) {
    std::future::pending().await
}
