//! Everything a user meets, tested as they meet it: one binary, so that it is linked once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bad_content;
mod cli;
mod content;
mod desk_canary;
mod desk_form;
mod desk_independent;
mod desk_kill;
mod desk_mail;
mod desk_store;
mod desk_wire;
mod desk_world;
mod library;
mod smtp_server;
