//! Everything a user meets, tested as they meet it: one binary, so that it is linked once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bot;
mod cli;
mod content;
mod desk;
mod discord;
mod docs;
mod harness;
mod tidy;
