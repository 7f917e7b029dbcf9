//! How the desk and the delivery loop speak to one another: a bell, and whether the queue stands still.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Shared by the desk, which rings, and the loop, which listens.
#[derive(Debug, Default)]
pub struct Doorbell {
    /// There may be something to deliver.
    pub(super) mail: Notify,
    /// There may be something to tell.
    pub(super) notices: Notify,
    paused: AtomicBool,
}

impl Doorbell {
    /// Something was stored, or is to be tried again. A ring is not lost while the loop is busy.
    pub fn ring(&self) {
        self.mail.notify_one();
        self.notices.notify_one();
    }

    /// Whether the queue stands still because the mail server does not let us in.
    pub fn is_paused(&self) -> bool {
        self.paused.load(Ordering::Relaxed)
    }

    pub(super) fn set_paused(&self, paused: bool) -> bool {
        self.paused.swap(paused, Ordering::Relaxed)
    }
}
