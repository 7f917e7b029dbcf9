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

/// Reloads on each of `hangups`, and with `folder` whenever its files change, until `stop`. Without `folder` it still
/// checks the files every minute while they are refused, so that a corrected FAQ is not left out.
pub async fn run(
    reloader: Arc<Reloader>,
    folder: Option<&Path>,
    mut hangups: Hangups,
    stop: CancellationToken,
) {
    let on_hangup = async {
        loop {
            hangups.next().await;
            reloader.reload_and_report().await;
        }
    };
    tokio::select! {
        () = stop.cancelled() => {}
        () = on_hangup => {}
        () = on_change(&reloader, folder) => {}
    }
}

/// SIGHUP, from the moment the handler is installed. A signal that arrives while nobody waits is kept.
pub struct Hangups {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl Hangups {
    /// Installs the handler, which keeps SIGHUP from ending the process. It needs a Tokio runtime.
    pub fn install() -> Hangups {
        Hangups {
            #[cfg(unix)]
            signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())
                .inspect_err(|error| tracing::warn!(%error, "the handler for SIGHUP cannot be installed"))
                .ok(),
        }
    }

    /// Waits for the next SIGHUP.
    async fn next(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending().await
    }
}

async fn on_change(reloader: &Arc<Reloader>, folder: Option<&Path>) {
    let (hint, mut hints) = mpsc::channel(1);
    let mut is_missing = folder.is_some_and(|folder| !folder.is_dir());
    let mut _watcher = folder.filter(|_| !is_missing).and_then(|folder| start(folder, hint.clone()));
    let mut poll = tokio::time::interval_at(tokio::time::Instant::now() + POLL, POLL);
    poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        // The first check finds what changed after the bot read the files and before the watcher started.
        if folder.is_some() || reloader.is_behind() {
            reloader.reload_if_changed().await;
        }
        tokio::select! {
            _ = hints.recv() => settle(&mut hints).await,
            _ = poll.tick() => {
                if let Some(folder) = folder.filter(|folder| is_missing && folder.is_dir()) {
                    // An error is logged once; the check every minute continues.
                    (_watcher, is_missing) = (start(folder, hint.clone()), false);
                }
            }
        }
    }
}

/// Watches the folder. The channel of `hint` holds one message, since a second one would add nothing.
fn start(folder: &Path, hint: mpsc::Sender<()>) -> Option<RecommendedWatcher> {
    let watcher = watcher(folder, hint);
    if let Err(error) = &watcher {
        tracing::warn!(%error, "the FAQ cannot be watched; it is checked once a minute instead");
    }
    watcher.ok()
}

fn watcher(folder: &Path, hint: mpsc::Sender<()>) -> notify::Result<RecommendedWatcher> {
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
