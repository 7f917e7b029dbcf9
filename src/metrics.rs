//! What the process counts, as Prometheus reads it. Labels never name a person, a server, a channel or a text.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};

/// Seconds: a remembered question takes microseconds, one with the sentence model milliseconds, a reload seconds.
const BUCKETS: [f64; 11] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 3.0, 30.0];

/// The counters of one process. Whoever counts has a clone of the `Arc` around it.
pub(crate) struct Metrics {
    registry: Registry,
    replies: Family<ReplyLabels, Counter>,
    reply_seconds: Histogram,
    dropped: Counter,
    undecodable: Counter,
    ready: Gauge,
    connected: Gauge,
    refused: Gauge,
    provisional: Gauge,
    generation: Gauge,
    enquiries: Family<StateLabels, Gauge>,
    oldest_waiting: Gauge,
    resident: Gauge,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReplyLabels {
    ask: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StateLabels {
    state: &'static str,
}

/// What is read at the moment of a scrape instead of being counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Snapshot {
    /// Whether a FAQ is in force.
    pub(crate) is_ready: bool,
    /// Whether every shard has a session with Discord.
    pub(crate) is_connected: bool,
    /// Whether the files on disk were refused, so that an older FAQ is in force.
    pub(crate) is_refused: bool,
    /// Whether a provisional generation answers until the full one is built.
    pub(crate) is_provisional: bool,
    /// The number of the generation in force.
    pub(crate) generation: u64,
    /// Requests dropped since the start because too many came at once.
    pub(crate) dropped: u64,
    /// Events since the start that could not be decoded.
    pub(crate) undecodable: u64,
    /// Enquiries by state; `None` if the database could not be read.
    pub(crate) enquiries: Option<Vec<(&'static str, i64)>>,
    /// The age in seconds of the oldest enquiry that waits for delivery; 0 if none does.
    pub(crate) oldest_waiting: i64,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut metrics = Metrics {
            registry: Registry::with_prefix("faqbot"),
            replies: Family::default(),
            reply_seconds: Histogram::new(BUCKETS),
            dropped: Counter::default(),
            undecodable: Counter::default(),
            ready: Gauge::default(),
            connected: Gauge::default(),
            refused: Gauge::default(),
            provisional: Gauge::default(),
            generation: Gauge::default(),
            enquiries: Family::default(),
            oldest_waiting: Gauge::default(),
            resident: Gauge::default(),
        };
        let registry = &mut metrics.registry;
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The version of the program", build);
        registry.register("replies", "Replies by what was asked and how it ended", metrics.replies.clone());
        registry.register_with_unit(
            "reply_duration",
            "From a request to its reply, without the time on the wire",
            Unit::Seconds,
            metrics.reply_seconds.clone(),
        );
        registry.register("dropped_requests", "Requests dropped under overload", metrics.dropped.clone());
        registry.register(
            "undecodable_events",
            "Events that could not be decoded",
            metrics.undecodable.clone(),
        );
        registry.register("ready", "1 if a FAQ is in force", metrics.ready.clone());
        registry.register("connected", "1 if every shard has a session", metrics.connected.clone());
        registry.register("content_refused", "1 if the files on disk were refused", metrics.refused.clone());
        registry.register(
            "content_provisional",
            "1 while a provisional generation answers",
            metrics.provisional.clone(),
        );
        registry.register("generation", "The number of the generation in force", metrics.generation.clone());
        registry.register("enquiries", "Enquiries in the database by state", metrics.enquiries.clone());
        registry.register_with_unit(
            "oldest_waiting_enquiry_age",
            "The age of the oldest enquiry that waits for delivery, 0 if none does",
            Unit::Seconds,
            metrics.oldest_waiting.clone(),
        );
        registry.register_with_unit(
            "resident_memory",
            "Resident memory, where the operating system tells it",
            Unit::Bytes,
            metrics.resident.clone(),
        );
        metrics
    }
}

impl Metrics {
    /// Counts a reply to the kind of request `ask` that ended with `outcome` after `took`.
    pub(crate) fn count_reply(&self, ask: &'static str, outcome: &'static str, took: Duration) {
        self.replies.get_or_create(&ReplyLabels { ask, outcome }).inc();
        self.reply_seconds.observe(took.as_secs_f64());
    }

    /// Everything in the text format of Prometheus (OpenMetrics 1.0), with the gauges set to `snapshot`.
    pub(crate) fn encode(&self, snapshot: &Snapshot) -> String {
        set_total(&self.dropped, snapshot.dropped);
        set_total(&self.undecodable, snapshot.undecodable);
        self.ready.set(snapshot.is_ready.into());
        self.connected.set(snapshot.is_connected.into());
        self.refused.set(snapshot.is_refused.into());
        self.provisional.set(snapshot.is_provisional.into());
        self.generation.set(i64::try_from(snapshot.generation).unwrap_or(i64::MAX));
        self.oldest_waiting.set(snapshot.oldest_waiting);
        self.resident.set(resident_bytes().unwrap_or(0));
        for (state, count) in snapshot.enquiries.iter().flatten() {
            self.enquiries.get_or_create(&StateLabels { state }).set(*count);
        }
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// Sets a counter that is counted elsewhere; it never falls.
fn set_total(counter: &Counter, total: u64) {
    let inner: &AtomicU64 = counter.inner();
    inner.fetch_max(total, Ordering::Relaxed);
}

/// Resident memory of this process in bytes, from `/proc`.
fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: i64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_and_what_is_read_are_both_in_the_text() {
        let metrics = Metrics::default();
        metrics.count_reply("question", "answer", Duration::from_millis(3));
        metrics.count_reply("question", "answer", Duration::from_millis(4));
        let snapshot = Snapshot {
            is_ready: true,
            generation: 7,
            dropped: 5,
            enquiries: Some(vec![("pending", 2)]),
            oldest_waiting: 90,
            ..Snapshot::default()
        };
        let text = metrics.encode(&snapshot);
        for line in [
            "faqbot_replies_total{ask=\"question\",outcome=\"answer\"} 2",
            "faqbot_reply_duration_seconds_bucket{le=\"0.005\"} 2",
            "faqbot_ready 1",
            "faqbot_connected 0",
            "faqbot_generation 7",
            "faqbot_dropped_requests_total 5",
            "faqbot_enquiries{state=\"pending\"} 2",
            "faqbot_oldest_waiting_enquiry_age_seconds 90",
            "# EOF",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }
}
