//! What the bot knows and how it matches: pure functions and values, no async, no clock, no network, no Discord.
//!
//! A [`Generation`] is one version of the content, parsed, indexed and trained; it never changes once it is built.
//! [`Current`] is the cell it is swapped in.

pub mod entry;
pub mod generation;
pub mod verdict;

pub use generation::{BuildError, BuildOptions, Current, Generation, Progress};
