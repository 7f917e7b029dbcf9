//! The use cases: one door, [`Bot::handle`], between what a person does and what the bot says.
//!
//! Knows neither serenity nor a mail library nor SQL: those are the worlds at the rim.

pub mod reply;
pub mod request;

pub use reply::Reply;
pub use request::{Ask, Request};
