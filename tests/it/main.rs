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
mod conversations;
mod discord;
mod discord_buttons;
mod discord_commands;
mod discord_faults;
mod discord_gateway;
mod discord_messages;
mod discord_moderators;
mod discord_process;
mod discord_reload;
mod openapi;
mod tidy;
mod world;
