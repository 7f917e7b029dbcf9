//! The log: written to standard error, as lines or as JSON. It never contains what a member wrote.

use std::{io::IsTerminal, sync::OnceLock};

use tracing::Dispatch;
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt};

use crate::{cli::color, config::Log};

static LOG: OnceLock<Dispatch> = OnceLock::new();

/// The log of this process, once it is started.
pub(crate) fn log() -> Option<&'static Dispatch> {
    LOG.get()
}

/// Starts the log of a service, at the level of the settings.
pub(crate) fn start(log: &Log) {
    start_at(log, &log.level);
}

/// Starts the log of an interactive command: only warnings, unless the settings ask for more than the default.
pub(crate) fn start_quietly(log: &Log) {
    start_at(log, if log.level == "info" { "warn" } else { &log.level });
}

fn start_at(log: &Log, level: &str) {
    // Below `warn`, serenity logs whole events, including what members wrote, so its level cannot be set.
    let filter = EnvFilter::new(format!("warn,faqbot={level},serenity=warn"));
    let lines = fmt::layer().with_writer(std::io::stderr);
    let registry = tracing_subscriber::registry().with(filter);
    let log = if log.json {
        Dispatch::new(registry.with(lines.json().flatten_event(true)))
    } else {
        let stderr = std::io::stderr();
        let lines = lines.with_ansi(color::is_coloured(&stderr)).with_target(false);
        if stderr.is_terminal() {
            Dispatch::new(registry.with(lines.without_time()))
        } else {
            Dispatch::new(registry.with(lines))
        }
    };
    // Tests run several commands in one process; the first log stays.
    if tracing::dispatcher::set_global_default(log.clone()).is_ok() {
        let _ = LOG.set(log);
    }
}
