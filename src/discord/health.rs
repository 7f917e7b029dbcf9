//! The state of the connection, and what must be logged once instead of a thousand times.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// Kinds of events remembered by name; Discord has fewer than a hundred.
const MAX_KINDS: usize = 100;

/// The state of the connection. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Health(Arc<Inner>);

#[derive(Default)]
struct Inner {
    is_connected: AtomicBool,
    dropped: AtomicU64,
    dropped_total: AtomicU64,
    undecodable: AtomicU64,
    unknown_kinds: Mutex<BTreeSet<String>>,
}

impl Health {
    /// Records whether every shard has a session, and logs a change.
    pub(super) fn set_connected(&self, is_connected: bool) {
        let was = self.0.is_connected.swap(is_connected, Ordering::Relaxed);
        match (was, is_connected) {
            (false, true) => tracing::info!("connected to Discord"),
            (true, false) => tracing::warn!("lost the connection to Discord; reconnecting"),
            _ => {}
        }
    }

    /// Disconnecting is now expected and not worth a warning.
    pub(super) fn set_shutting_down(&self) {
        self.0.is_connected.store(false, Ordering::Relaxed);
    }

    /// Counts a request that was dropped because too many came at once.
    pub(super) fn count_dropped(&self) {
        self.0.dropped.fetch_add(1, Ordering::Relaxed);
        self.0.dropped_total.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether every shard has a session.
    pub(crate) fn is_connected(&self) -> bool {
        self.0.is_connected.load(Ordering::Relaxed)
    }

    /// Requests dropped since the start.
    pub(crate) fn dropped_total(&self) -> u64 {
        self.0.dropped_total.load(Ordering::Relaxed)
    }

    /// Events since the start that could not be decoded.
    pub(crate) fn undecodable_total(&self) -> u64 {
        self.0.undecodable.load(Ordering::Relaxed)
    }

    /// Logs how many requests were dropped since the last call, and returns whether there were any.
    pub(super) fn log_dropped(&self) -> bool {
        let count = self.0.dropped.swap(0, Ordering::Relaxed);
        if count > 0 {
            tracing::error!(count, "requests were dropped: too many came at once");
        }
        count > 0
    }

    /// Remembers an event kind that cannot be decoded, and returns whether it is the first of its kind.
    pub(super) fn is_new_unknown(&self, kind: &str) -> bool {
        self.0.undecodable.fetch_add(1, Ordering::Relaxed);
        let mut kinds = self.0.unknown_kinds.lock().unwrap_or_else(PoisonError::into_inner);
        kinds.len() < MAX_KINDS && kinds.insert(kind.to_owned())
    }
}
