//! What serenity reports only in its log: each IDENTIFY, and two close codes after which it would reconnect forever.
//!
//! [`SerenityLog`] passes on what happened and where, never the text of a line: serenity's warning about a frame
//! that it cannot decode contains the whole frame.

use std::fmt::{Debug, Write};

use tokio::sync::mpsc::UnboundedSender;
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer,
    filter::FilterFn,
    layer::{Context, SubscriberExt},
    registry,
};

/// Something that serenity logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SerenityEvent {
    /// A session is being opened.
    Identify,
    /// Close code 4010.
    ShardRefused,
    /// Close code 4011.
    ShardingRequired,
    /// A warning, with the module and line of serenity's source.
    Warning(&'static str, u32),
}

/// The tracing layer of the gateway thread.
pub(super) struct SerenityLog(UnboundedSender<SerenityEvent>);

impl SerenityLog {
    /// A subscriber that only sends events to `events`.
    pub(super) fn subscriber(events: UnboundedSender<SerenityEvent>) -> impl Subscriber + Send + Sync {
        let filter = FilterFn::new(is_relevant).with_max_level_hint(Level::DEBUG);
        registry().with(SerenityLog(events).with_filter(filter))
    }
}

fn is_relevant(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let is_warning = *metadata.level() <= Level::WARN && target.starts_with("serenity");
    metadata.is_event() && (is_warning || target == "serenity::gateway::ws")
}

impl<S: Subscriber> Layer<S> for SerenityLog {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line::default();
        event.record(&mut line);
        if let Some(event) = classify(&line.0, event.metadata()) {
            // The receiver is gone once the bot is shutting down.
            let _ = self.0.send(event);
        }
    }
}

fn classify(line: &str, metadata: &Metadata<'static>) -> Option<SerenityEvent> {
    if metadata.target() == "serenity::gateway::ws" && line.ends_with("] Identifying") {
        Some(SerenityEvent::Identify)
    } else if *metadata.level() > Level::WARN {
        None
    } else if line.ends_with("Sent invalid shard data.") {
        Some(SerenityEvent::ShardRefused)
    } else if line.ends_with("Shard has too many guilds.") {
        Some(SerenityEvent::ShardingRequired)
    } else {
        Some(SerenityEvent::Warning(metadata.target(), metadata.line().unwrap_or_default()))
    }
}

/// The text of a line.
#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            // Writing to a string never fails.
            let _ = write!(self.0, "{value:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serenitys_messages_are_classified_and_their_text_is_not_passed_on() {
        let (sender, mut events) = tokio::sync::mpsc::unbounded_channel();
        tracing::subscriber::with_default(SerenityLog::subscriber(sender), || {
            tracing::debug!(target: "serenity::gateway::ws", "[{:?}] Identifying", "[0, 1]");
            tracing::debug!(target: "serenity::gateway::ws", "Failing bytes: {:?}", [1, 2]);
            tracing::warn!(target: "serenity::gateway::shard", "[{:?}] Sent invalid shard data.", 0);
            tracing::error!(target: "serenity::gateway::shard", "[{:?}] Shard has too many guilds.", 0);
            tracing::warn!(target: "serenity::gateway::ws", "Err deserializing text; text: {}", "secret");
            tracing::warn!(target: "hyper", "something else");
        });
        let mut all = Vec::new();
        while let Ok(event) = events.try_recv() {
            all.push(event);
        }
        assert!(matches!(
            all[..],
            [
                SerenityEvent::Identify,
                SerenityEvent::ShardRefused,
                SerenityEvent::ShardingRequired,
                SerenityEvent::Warning("serenity::gateway::ws", _)
            ]
        ));
    }
}
