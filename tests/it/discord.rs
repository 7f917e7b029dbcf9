//! The bot on the local Discord, over HTTP and WebSocket.

mod buttons;
mod commands;
mod faults;
mod gateway;
mod messages;
mod moderators;
mod openapi;
mod process;
mod reload;
