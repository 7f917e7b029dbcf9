//! The subcommands, one file each.

pub(in crate::cli) mod ask;
pub(in crate::cli) mod chat;
pub(in crate::cli) mod check;
pub(in crate::cli) mod doctor;
pub(in crate::cli) mod eval;
pub(in crate::cli) mod history;
pub(in crate::cli) mod import;
pub(in crate::cli) mod index;
pub(in crate::cli) mod new;
pub(in crate::cli) mod outbox;
pub(in crate::cli) mod preview;
pub(in crate::cli) mod purge;
pub(in crate::cli) mod run;
pub(in crate::cli) mod suggest;
pub(in crate::cli) mod version;
