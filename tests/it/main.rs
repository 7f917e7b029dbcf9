//! The tests that see the bot as its users do: one binary, so that it is linked once.

mod content;
mod door;
mod locales;
mod reload;
mod wording;
