//! The real binary with files on disk: its output and its exit codes.
//!
//! `cli/workspace.rs` provides a working folder with a small FAQ, and runs the binary in it.

mod asking;
mod doctor;
mod ending;
mod measuring;
mod outbox;
mod talking;
mod workspace;
