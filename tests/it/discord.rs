//! The bot on the local Discord, over HTTP and WebSocket.

mod buttons;
mod commands;
mod corrections;
mod digest;
mod editor;
mod editor_kill;
mod faults;
mod gaps;
mod gateway;
mod health;
mod history;
mod home_guilds;
mod hostile;
mod messages;
mod moderators;
mod openapi;
mod overload;
mod places;
mod privacy;
mod process;
mod reload;
mod review;
mod subscriptions;
