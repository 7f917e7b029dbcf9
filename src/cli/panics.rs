//! The panic hook: logs where a panic happened, but not its message, which may contain what a person typed.

use std::{
    backtrace::{Backtrace, BacktraceStatus},
    io::Write,
};

use crate::cli::logs;

/// Installs the hook for this process.
pub fn install() {
    std::panic::set_hook(Box::new(|panic| {
        let location = panic.location().map_or_else(|| "an unknown location".to_owned(), ToString::to_string);
        // Captured only if RUST_BACKTRACE asks for it; it contains names of functions, no values.
        let trace = Backtrace::capture();
        let has_trace = trace.status() == BacktraceStatus::Captured;
        let trace = if has_trace { format!("\n{trace}") } else { String::new() };
        match logs::log() {
            // Not the thread's own subscriber: the gateway's thread may filter this line.
            Some(log) => tracing::dispatcher::with_default(log, || {
                tracing::error!(location, "the program panicked; the message is omitted{trace}");
            }),
            None => {
                // If standard error is closed, nobody can read the message.
                let _ = writeln!(
                    std::io::stderr(),
                    "error: the program panicked at {location}; the message is omitted, since it may contain what somebody typed{trace}"
                );
            }
        }
    }));
}
