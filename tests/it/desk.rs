//! The press desk: no enquiry that was acknowledged is ever lost.

mod canary;
mod discord;
mod form;
mod independent;
mod kill;
mod kill_program;
mod mail;
mod process;
mod store;
mod stuck;
mod wire;
