//! The reply after a panic: a short apology with a reference that is also in the log. No detail of the failure reaches the
//! chat, and nothing a person typed reaches the log.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{
    bot::reply::{Card, Outcome, Reply, Tone, Visibility},
    lang::Lang,
    text::text,
};

/// Apologises for a failure of the request `ask` and logs it under the same reference.
pub(super) fn reply(locale: Lang, ask: &'static str) -> Reply {
    let reference = new_reference();
    tracing::error!(%reference, ask, "a request failed; the person was given the reference");
    let text = text(locale);
    let card = Card {
        title: Some(text.apology_title()),
        body: text.apology(&reference),
        tone: Tone::Error,
        ..Card::default()
    };
    Reply::card(Visibility::Private, Outcome::Service, card)
}

/// A short code such as `E-3F9A1C`, new for every failure.
pub(super) fn new_reference() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let seed = format!("{} {count}", jiff::Timestamp::now().as_nanosecond());
    let hash = blake3::hash(seed.as_bytes()).to_hex().to_uppercase();
    format!("E-{}", hash.chars().take(6).collect::<String>())
}
