//! The marked steps of an enquiry's way, between any two of which the process may be killed and nothing may be lost.
//!
//! A step is a trace event without any content. The kill tests (`tests/it/desk/kill.rs`, `desk/kill_program.rs`) listen
//! for them and kill the process at each; in service nobody listens and they cost nothing. Debug builds can also be
//! told to stand still at one: `step/injected.rs`.

#[cfg(debug_assertions)]
mod injected;

/// The target of the events, so that a subscriber can tell them apart.
pub const TARGET: &str = "faqbot::failpoint";

/// Every step, in the order in which a successful enquiry passes them.
pub const ALL: [&str; 15] = [
    "submit.received",
    "submit.begun",
    "submit.inserted",
    "submit.committed",
    "claim.begun",
    "claim.committed",
    "mail.connecting",
    "mail.connected",
    "mail.envelope",
    "mail.data",
    "mail.accepted",
    "mark.begun",
    "mark.written",
    "mark.committed",
    "notice.told",
];

/// Passes a step of [`ALL`].
pub(crate) fn step(name: &'static str) {
    debug_assert!(ALL.contains(&name), "{name} is not in the list of steps");
    tracing::trace!(target: TARGET, step = name);
    #[cfg(debug_assertions)]
    injected::at(name);
}
