//! What serenity tells its log and nobody else: each IDENTIFY, and two close codes it would try again for ever.
//!
//! The ears are the log of the gateway's thread. They pass on what happened and where, never the text of a line: a
//! frame that serenity cannot read is written out in full in its warning.

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

/// Something heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SerenityEvent {
    /// A session is being opened.
    Identify,
    /// Close code 4010.
    ShardRefused,
    /// Close code 4011.
    ShardingRequired,
    /// serenity warned of something, at this place of its source.
    Warning(&'static str, u32),
}

/// The log of the gateway's thread.
pub(super) struct SerenityLog(UnboundedSender<SerenityEvent>);

impl SerenityLog {
    /// A log of ears alone, which pass on to `heard`.
    pub(super) fn log(heard: UnboundedSender<SerenityEvent>) -> impl Subscriber + Send + Sync {
        let ours = FilterFn::new(is_ours).with_max_level_hint(Level::DEBUG);
        registry().with(SerenityLog(heard).with_filter(ours))
    }
}

fn is_ours(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let is_warning = *metadata.level() <= Level::WARN && target.starts_with("serenity");
    metadata.is_event() && (is_warning || target == "serenity::gateway::ws")
}

impl<S: Subscriber> Layer<S> for SerenityLog {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line::default();
        event.record(&mut line);
        if let Some(heard) = meaning(&line.0, event.metadata()) {
            // Nobody listens any more once the bot is leaving.
            let _ = self.0.send(heard);
        }
    }
}

fn meaning(line: &str, metadata: &Metadata<'static>) -> Option<SerenityEvent> {
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
    fn serenitys_own_words_are_understood_and_its_texts_are_not_passed_on() {
        let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
        tracing::subscriber::with_default(SerenityLog::log(sender), || {
            tracing::debug!(target: "serenity::gateway::ws", "[{:?}] Identifying", "[0, 1]");
            tracing::debug!(target: "serenity::gateway::ws", "Failing bytes: {:?}", [1, 2]);
            tracing::warn!(target: "serenity::gateway::shard", "[{:?}] Sent invalid shard data.", 0);
            tracing::error!(target: "serenity::gateway::shard", "[{:?}] Shard has too many guilds.", 0);
            tracing::warn!(target: "serenity::gateway::ws", "Err deserializing text; text: {}", "secret");
            tracing::warn!(target: "hyper", "something else");
        });
        let mut all = Vec::new();
        while let Ok(one) = heard.try_recv() {
            all.push(one);
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
