//! What a panic tells the operator: where it was, and never its message, which may hold what a person typed.

use std::{
    backtrace::{Backtrace, BacktraceStatus},
    io::Write,
};

use crate::cli::logs;

/// From now on every panic of this process is told so.
pub fn install() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        // Only where RUST_BACKTRACE asks for it: names of functions, no values.
        let trace = Backtrace::capture();
        let has_trace = trace.status() == BacktraceStatus::Captured;
        let trace = if has_trace { format!("\n{trace}") } else { String::new() };
        match logs::log() {
            // Not the thread's own log: the gateway's keeps nothing.
            Some(log) => tracing::dispatcher::with_default(log, || {
                tracing::error!(place, "a fault of the program; its message is left out{trace}");
            }),
            None => {
                // Where standard error is closed there is nobody left to tell.
                let _ = writeln!(
                    std::io::stderr(),
                    "error: a fault of the program at {place}; its message is left out, as it may hold what somebody typed{trace}"
                );
            }
        }
    }));
}
