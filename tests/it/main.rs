//! Everything a user meets, tested the way they meet it. It is one binary, so that it is linked only once.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

mod bot;
mod cli;
mod content;
mod desk;
mod discord;
mod docs;
mod harness;
mod preview;
mod tidy;
