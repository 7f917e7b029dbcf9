//! The press desk: no enquiry that was acknowledged is ever lost.

mod canary;
mod discord;
mod form;
mod full_disk;
mod independent;
mod kill;
mod kill_program;
mod mail;
mod mail_cases;
mod notices;
mod permissions;
mod process;
mod store;
mod stuck;
mod wire;
