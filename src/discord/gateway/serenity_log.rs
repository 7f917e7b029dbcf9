//! What serenity reports only in its log: each IDENTIFY, two close codes after which it would reconnect forever, and a
//! shard that has stopped.
//!
//! [`SerenityLog`] passes on what happened and where, never the text of a line: serenity's warning about a frame
//! that it cannot decode contains the whole frame. The crate's own log lines go to the subscriber that the program set up.

use std::fmt::{Debug, Write};

use tokio::sync::mpsc::UnboundedSender;
use tracing::{
    Dispatch, Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
    subscriber::Interest,
};
use tracing_subscriber::{
    Layer,
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
    /// The runner of that shard has ended.
    ShardStopped(u32),
    /// A warning, with the module and line of serenity's source.
    Warning(&'static str, u32),
}

/// The tracing layer of the gateway thread.
pub(super) struct SerenityLog {
    events: UnboundedSender<SerenityEvent>,
    own: Dispatch,
}

impl SerenityLog {
    /// A subscriber that sends serenity's events to `events` and passes the crate's own log lines on to `own`.
    pub(super) fn subscriber(
        events: UnboundedSender<SerenityEvent>,
        own: Dispatch,
    ) -> impl Subscriber + Send + Sync {
        registry().with(SerenityLog { events, own })
    }
}

fn is_relevant(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let is_warning = *metadata.level() <= Level::WARN && target.starts_with("serenity");
    metadata.is_event() && (is_warning || is_own(metadata) || [WS, QUEUER].contains(&target))
}

/// Whether the line is one of this crate.
fn is_own(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    target == "faqbot" || target.starts_with("faqbot::")
}

/// The modules of serenity that log an IDENTIFY and the end of a shard.
const WS: &str = "serenity::gateway::ws";
const QUEUER: &str = "serenity::gateway::bridge::shard_queuer";

// The filter is the layer's own and not a per-layer filter: those keep their state per thread, and the program's
// subscriber, to which lines are passed on from within an event, would share it.
impl<S: Subscriber> Layer<S> for SerenityLog {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if is_relevant(metadata) { Interest::always() } else { Interest::never() }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        is_relevant(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::DEBUG)
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if is_own(event.metadata()) {
            if self.own.enabled(event.metadata()) {
                self.own.event(event);
            }
            return;
        }
        let mut line = Line::default();
        event.record(&mut line);
        if let Some(event) = classify(&line.0, event.metadata()) {
            // The receiver is gone once the bot is shutting down.
            let _ = self.events.send(event);
        }
    }
}

fn classify(line: &str, metadata: &Metadata<'static>) -> Option<SerenityEvent> {
    if metadata.target() == WS && line.ends_with("] Identifying") {
        Some(SerenityEvent::Identify)
    } else if metadata.target() == QUEUER && line.ends_with("] Stopping") {
        shard_id(line).map(SerenityEvent::ShardStopped)
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

/// The first number of a line, which is the id of its shard.
fn shard_id(line: &str) -> Option<u32> {
    let digits = line.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty());
    digits?.parse().ok()
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
        tracing::subscriber::with_default(SerenityLog::subscriber(sender, Dispatch::none()), || {
            tracing::debug!(target: "serenity::gateway::ws", "[{:?}] Identifying", "[0, 1]");
            tracing::debug!(target: "serenity::gateway::ws", "Failing bytes: {:?}", [1, 2]);
            tracing::warn!(target: "serenity::gateway::shard", "[{:?}] Sent invalid shard data.", 0);
            tracing::error!(target: "serenity::gateway::shard", "[{:?}] Shard has too many guilds.", 0);
            tracing::warn!(target: "serenity::gateway::ws", "Err deserializing text; text: {}", "secret");
            tracing::warn!(target: "hyper", "something else");
            tracing::debug!(target: "serenity::gateway::bridge::shard_queuer", "[ShardRunner {:?}] Stopping", [2, 16]);
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
                SerenityEvent::Warning("serenity::gateway::ws", _),
                SerenityEvent::ShardStopped(2)
            ]
        ));
    }

    #[test]
    fn the_crates_own_lines_reach_the_programs_log() {
        struct Count(std::sync::Arc<std::sync::atomic::AtomicUsize>);
        impl<S: Subscriber> Layer<S> for Count {
            fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
                self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
        }
        let count = std::sync::Arc::default();
        let own = Dispatch::new(registry().with(Count(std::sync::Arc::clone(&count))));
        let (sender, mut events) = tokio::sync::mpsc::unbounded_channel();
        tracing::subscriber::with_default(SerenityLog::subscriber(sender, own), || {
            tracing::error!("one of ours");
            tracing::warn!(target: "serenity::gateway::ws", "one of serenity's");
        });
        assert_eq!(count.load(std::sync::atomic::Ordering::Relaxed), 1);
        assert!(matches!(events.try_recv(), Ok(SerenityEvent::Warning(..))));
        assert!(events.try_recv().is_err());
    }
}
