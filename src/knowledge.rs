//! What the bot knows and how it matches: pure functions and values, no async, no clock, no network, no Discord.
//!
//! A [`Generation`] is one version of the content, parsed, indexed and trained; it never changes once it is built.
//! [`Current`] is the cell it is swapped in.

pub mod check;
pub mod decide;
pub mod draft;
pub mod embed;
pub mod entry;
pub mod features;
pub mod finding;
pub mod gate;
pub mod generation;
pub mod head;
pub mod import;
pub mod index;
pub mod language;
pub mod load;
pub mod matcher;
pub mod names;
pub mod normalise;
pub mod parse;
pub mod rank;
pub mod source;
pub mod spelling;
pub mod split;
pub mod train;
pub mod vectors;
pub mod verdict;

pub use finding::{Code, Colour, Finding, Findings, Severity};
pub use generation::{BuildError, BuildOptions, Current, Generation, Progress};
