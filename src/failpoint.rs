//! Failpoints: named places at which a test can stop, kill or break the process, most of them on an enquiry's path.
//!
//! Passing one emits a trace event without content. The kill tests (`tests/it/desk/kill.rs`, `desk/kill_program.rs`)
//! listen for these events and kill the process at each of [`ALL`]; in service nobody listens and they cost nothing. Debug
//! builds can also stop or panic at one: `failpoint/injected.rs`.

#[cfg(debug_assertions)]
mod injected;

/// The target of the events.
pub const TARGET: &str = "faqbot::failpoint";

/// The failpoints on the path of an enquiry, in the order in which a successful one passes them.
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
    "record.begun",
    "record.written",
    "record.committed",
    "notice.sent",
];

/// Failpoints elsewhere: before a question is asked of the FAQ, when a build begins to train, after each file of an edit,
/// and between the last one and the swap.
const OTHERS: [&str; 4] = ["question.asked", "reload.training", "edit.file-written", "edit.written"];

/// Passes a failpoint.
pub(crate) fn pass(name: &'static str) {
    debug_assert!(ALL.contains(&name) || OTHERS.contains(&name), "{name} is not a failpoint");
    tracing::trace!(target: TARGET, failpoint = name);
    #[cfg(debug_assertions)]
    injected::at(name);
}
