//! The real binary with files on disk: its output and its exit codes.
//!
//! `cli/workspace.rs` provides a working folder with a small FAQ, and runs the binary in it.

mod announcement_alone;
mod ask;
mod chat;
mod doctor;
mod exit_codes;
mod history;
mod import_and_eval;
mod new;
mod outbox;
mod workspace;
