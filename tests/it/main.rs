//! Everything a user meets, tested as they meet it: one binary, so that it is linked once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bad_content;
mod cli;
mod content;
mod door;
mod library;
mod locales;
mod reload;
mod wording;
