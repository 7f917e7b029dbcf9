//! Rehearsals of a disaster, in debug builds alone: at a marked step the program stands still until it is killed, or
//! panics. The tests of the program itself ask for it by `FAQBOT_FAILPOINT=park:mail.data:2` (the second time that the
//! step is passed) or `panic:submit.begun:1`; a release build holds nothing of this.

use std::sync::{
    LazyLock,
    atomic::{AtomicU64, Ordering},
};

/// What is rehearsed, and where.
struct Plan {
    is_panic: bool,
    step: String,
    /// Passes until it happens.
    left: AtomicU64,
}

static PLAN: LazyLock<Option<Plan>> = LazyLock::new(|| {
    let typed = std::env::var("FAQBOT_FAILPOINT").ok()?;
    let mut parts = typed.split(':');
    let is_panic = parts.next()? == "panic";
    let (step, left) = (parts.next()?.to_owned(), AtomicU64::new(parts.next()?.parse().ok()?));
    Some(Plan { is_panic, step, left })
});

/// Does what was asked for, if this is the place and the time.
pub(super) fn at(step: &str) {
    let Some(plan) = &*PLAN else { return };
    if plan.step != step || plan.left.fetch_sub(1, Ordering::SeqCst) != 1 {
        return;
    }
    // As a careless panic would, the message holds what nobody may read in the log.
    assert!(!plan.is_panic, "canary-of-a-panic at {step}");
    loop {
        std::thread::park();
    }
}
