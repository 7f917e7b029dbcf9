//! The real binary with files on disk: what it prints and how it ends.
//!
//! `cli/workspace.rs` is a working folder with a small FAQ and the verbs to run the binary in it.

mod asking;
mod doctor;
mod ending;
mod measuring;
mod outbox;
mod talking;
mod workspace;
