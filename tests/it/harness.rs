//! What drives the bot in tests: a local Discord, a mail server, a press desk on a real database, failpoints and a
//! small FAQ. The assertions are in the folders beside it.

pub(crate) mod desk;
pub(crate) mod discord;
pub(crate) mod failpoints;
pub(crate) mod sample_faq;
pub(crate) mod smtp;
pub(crate) mod world;
