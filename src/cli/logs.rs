//! The log: to standard error, by level, as lines or as JSON. Nothing that a member wrote is ever logged.

use std::{io::IsTerminal, sync::OnceLock};

use tracing::Dispatch;
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt};

use crate::{cli::color, config::Log};

static LOG: OnceLock<Dispatch> = OnceLock::new();

/// The log of this process, once it was started.
pub(crate) fn log() -> Option<&'static Dispatch> {
    LOG.get()
}

/// Starts logging as a service does, at the level of the settings.
pub(crate) fn start(log: &Log) {
    start_at(log, &log.level);
}

/// Starts logging as a command for a person does: warnings only, unless the settings ask for more than the usual.
pub(crate) fn start_quietly(log: &Log) {
    start_at(log, if log.level == "info" { "warn" } else { &log.level });
}

fn start_at(log: &Log, level: &str) {
    // Above `warn`, serenity logs whole events and with them what members wrote: its level is no setting.
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
    // A second start, as in tests that call commands in one process, keeps the first.
    if tracing::dispatcher::set_global_default(log.clone()).is_ok() {
        let _ = LOG.set(log);
    }
}
