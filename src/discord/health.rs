//! What can be seen of the Discord rim from outside: connected or not, and how often something went wrong.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// Kinds of events remembered by name; Discord has fewer than a hundred.
const MAX_KINDS: usize = 100;

/// The state of the rim. Clones share it.
#[derive(Clone, Default)]
pub struct Health(Arc<Inner>);

#[derive(Default)]
struct Inner {
    is_connected: AtomicBool,
    panics: AtomicU64,
    busy: AtomicU64,
    late: AtomicU64,
    failed: AtomicU64,
    unknown: Mutex<BTreeMap<String, u64>>,
}

/// How often something went wrong since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Requests whose answer panicked.
    pub panics: u64,
    /// Requests turned away because too many came at once.
    pub busy: u64,
    /// Answers that Discord no longer took.
    pub late: u64,
    /// Answers that could not be delivered.
    pub failed: u64,
    /// Events that this version cannot read.
    pub unknown_events: u64,
}

impl Health {
    /// Whether every shard has a session.
    pub fn is_connected(&self) -> bool {
        self.0.is_connected.load(Ordering::Relaxed)
    }

    /// The counts.
    pub fn counts(&self) -> Counts {
        let unknown = self.0.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        Counts {
            panics: self.0.panics.load(Ordering::Relaxed),
            busy: self.0.busy.load(Ordering::Relaxed),
            late: self.0.late.load(Ordering::Relaxed),
            failed: self.0.failed.load(Ordering::Relaxed),
            unknown_events: unknown.values().sum(),
        }
    }

    pub(super) fn set_connected(&self, is_connected: bool) {
        let was = self.0.is_connected.swap(is_connected, Ordering::Relaxed);
        match (was, is_connected) {
            (false, true) => tracing::info!("connected to Discord"),
            (true, false) => tracing::warn!("the connection to Discord is lost; trying again"),
            _ => {}
        }
    }

    /// We leave, so nobody is connected and nothing is wrong with that.
    pub(super) fn leave(&self) {
        self.0.is_connected.store(false, Ordering::Relaxed);
    }

    pub(super) fn count_panic(&self) {
        self.0.panics.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_busy(&self) -> u64 {
        self.0.busy.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(super) fn count_late(&self) {
        self.0.late.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn count_failed(&self) {
        self.0.failed.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts an event that cannot be read, and says whether it is the first of its kind.
    pub(super) fn count_unknown(&self, kind: &str) -> bool {
        let mut unknown = self.0.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known = unknown.contains_key(kind);
        if !is_known && unknown.len() >= MAX_KINDS {
            return false;
        }
        *unknown.entry(kind.to_owned()).or_default() += 1;
        !is_known
    }
}
