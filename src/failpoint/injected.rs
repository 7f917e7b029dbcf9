//! Injected faults, in debug builds only. `FAQBOT_FAILPOINT=park:mail.data:2` stops the thread that passes `mail.data`
//! for the second time until the process is killed; `panic:submit.begun:1` panics. A release build does not contain this.

use std::sync::{
    LazyLock,
    atomic::{AtomicU64, Ordering},
};

/// The fault and its place.
struct Plan {
    is_panic: bool,
    failpoint: String,
    /// Passes left until the fault.
    left: AtomicU64,
}

static PLAN: LazyLock<Option<Plan>> = LazyLock::new(|| {
    let plan = std::env::var("FAQBOT_FAILPOINT").ok()?;
    let mut parts = plan.split(':');
    let is_panic = parts.next()? == "panic";
    let (failpoint, left) = (parts.next()?.to_owned(), AtomicU64::new(parts.next()?.parse().ok()?));
    Some(Plan { is_panic, failpoint, left })
});

/// Injects the fault if it belongs here and now.
pub(super) fn at(failpoint: &str) {
    let Some(plan) = &*PLAN else { return };
    if plan.failpoint != failpoint || plan.left.fetch_sub(1, Ordering::SeqCst) != 1 {
        return;
    }
    // Like a careless panic, the message holds a text that must not reach the log.
    assert!(!plan.is_panic, "canary-of-a-panic at {failpoint}");
    loop {
        std::thread::park();
    }
}
