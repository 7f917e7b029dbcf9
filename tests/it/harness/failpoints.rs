//! Listens for the failpoints of `src/failpoint.rs`.

use faqbot::failpoint;
use tracing::{Event, Level, Subscriber, field::Visit};
use tracing_subscriber::{Layer, filter::Targets, layer::Context, layer::SubscriberExt, registry};

/// A subscriber that calls `passed` with the name of each failpoint, on the thread that passes it.
pub(crate) fn listener(passed: impl Fn(&str) + Send + Sync + 'static) -> impl Subscriber + Send + Sync {
    registry()
        .with(Failpoints(passed).with_filter(Targets::new().with_target(failpoint::TARGET, Level::TRACE)))
}

struct Failpoints<F>(F);

impl<F: Fn(&str) + 'static, S: Subscriber> Layer<S> for Failpoints<F> {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut name = Name::default();
        event.record(&mut name);
        (self.0)(&name.0);
    }
}

#[derive(Default)]
struct Name(String);

impl Visit for Name {
    fn record_str(&mut self, _: &tracing::field::Field, value: &str) {
        value.clone_into(&mut self.0);
    }
    fn record_debug(&mut self, _: &tracing::field::Field, _: &dyn std::fmt::Debug) {}
}
