//! `faqbot` answers a community's questions on Discord from an announcement and a FAQ, and from nothing else.
//!
//! Follow one question through the crate:
//!
//! 1. [`discord`] receives an interaction or a message and turns it into a [`bot::Request`] (`discord/inbound.rs`);
//!    the terminal does the same in `cli/chat.rs`.
//! 2. [`bot::Bot::handle`] is the one door: every [`bot::Ask`] ends in exactly one [`bot::Reply`].
//! 3. `bot/answer.rs` asks the current [`knowledge::Generation`], which never changes once it is built:
//!    `knowledge/normalise.rs` folds the text, `knowledge/split.rs` parts several questions,
//!    `knowledge/index.rs` (words) and `knowledge/embed.rs` (meaning) bring candidates,
//!    `knowledge/rank.rs` gives each one score and `knowledge/decide.rs` takes one decision.
//! 4. [`text`] words the reply in the member's language, and `discord/outbound.rs` renders it within Discord's limits.
//!
//! The other two ways through the house, a reload and a media enquiry, are told in `ARCHITECTURE.md`.

pub mod bot;
pub mod cli;
pub mod config;
pub mod discord;
pub mod email;
pub mod failpoint;
pub mod ids;
pub mod knowledge;
pub mod lang;
pub mod mail;
pub mod store;
pub mod text;
