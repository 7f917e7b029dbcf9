//! The Discord rim: everything that knows serenity.
//!
//! A [`Discord`] is made from the token and the settings and then run: `discord/gateway.rs` listens on a thread of its
//! own, `discord/dispatch.rs` takes each event in, `discord/inbound.rs` turns it into a request for [`Bot::handle`],
//! `discord/outbound.rs` turns the reply into what Discord takes, and `discord/rest.rs` sends it.

mod address;
pub mod commands;
pub mod custom_id;
mod inbound;
mod outbound;
mod register;
mod rest;
mod stop;

pub use stop::{Exit, Stop};
