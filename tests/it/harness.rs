//! What drives the bot in tests: the local Discord, the mail server, the database desk, failpoints and a small FAQ.
//! What is asserted is in the folders beside it.

pub(crate) mod desk;
pub(crate) mod discord;
pub(crate) mod failpoints;
pub(crate) mod sample_faq;
pub(crate) mod smtp;
pub(crate) mod world;
