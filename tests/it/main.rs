//! Everything a user meets, tested as they meet it: one binary, so that it is linked once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bad_content;
mod cli;
mod content;
mod conversations;
mod desk_canary;
mod desk_discord;
mod desk_form;
mod desk_independent;
mod desk_kill;
mod desk_kill_program;
mod desk_mail;
mod desk_process;
mod desk_store;
mod desk_stuck;
mod desk_wire;
mod desk_world;
mod discord;
mod discord_buttons;
mod discord_commands;
mod discord_faults;
mod discord_gateway;
mod discord_messages;
mod discord_moderators;
mod discord_process;
mod discord_reload;
mod docs;
mod door;
mod library;
mod locales;
mod openapi;
mod reload;
mod smtp_server;
mod steps;
mod tidy;
mod wording;
mod world;
