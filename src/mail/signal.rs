//! The signal between the press desk and the delivery loop: wakes the loop, and says whether delivery is paused.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Shared by the press desk, which wakes the loop, and the loop, which reports pauses.
#[derive(Debug, Default)]
pub struct DeliverySignal {
    /// There may be an enquiry to deliver.
    pub(super) mail: Notify,
    /// There may be a notice to send.
    pub(super) notices: Notify,
    paused: AtomicBool,
}

impl DeliverySignal {
    /// Wakes the loop: something was stored, or a retry was requested. A call is not lost while the loop is busy.
    pub(crate) fn wake(&self) {
        self.mail.notify_one();
        self.notices.notify_one();
    }

    /// Whether delivery is paused because the mail server rejects our login or settings.
    pub(crate) fn is_paused(&self) -> bool {
        self.paused.load(Ordering::Relaxed)
    }

    /// Sets whether delivery is paused; returns the previous value.
    pub(super) fn set_paused(&self, paused: bool) -> bool {
        self.paused.swap(paused, Ordering::Relaxed)
    }
}
