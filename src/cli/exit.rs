//! How a command fails: one message and one exit code, made for scripts and service managers.

use std::{
    io::{self, ErrorKind, Write},
    path::PathBuf,
    process::ExitCode,
};

use crate::{
    cli::color,
    config::Faults,
    knowledge::{BuildError, content::finding::Findings},
};

/// There are findings.
const FINDINGS: u8 = 1;
/// The command was used wrongly.
const USAGE: u8 = 2;
/// Something outside may be better in a while (`EX_TEMPFAIL`).
const LATER: u8 = 75;
/// No restart can heal it (`EX_CONFIG`): a unit file names it in `RestartPreventExitStatus`.
const CONFIG: u8 = 78;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The settings or a secret are wrong.
    #[error("the settings cannot be used")]
    Settings(#[from] Faults),
    /// The content has errors.
    #[error("the content of {dir} cannot be used")]
    Content {
        /// The folder.
        dir: PathBuf,
        /// Its findings.
        findings: Findings,
    },
    /// The index could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// What was typed makes no sense.
    #[error("{0}")]
    Usage(String),
    /// There are findings, and they have been printed.
    #[error("there are findings")]
    Findings,
    /// Something that nobody can mend by starting the bot again.
    #[error("{0}")]
    Lasting(String),
    /// Something that may pass.
    #[error("{0}")]
    Passing(String),
    /// The system refused.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl Failure {
    /// Writes the message, unless everything has been said.
    pub(crate) fn tell(&self, err: &mut io::Stderr) {
        let is_coloured = color::is_coloured(err);
        let message = match self {
            Failure::Settings(faults) => faults.render(is_coloured),
            Failure::Content { dir, findings } => {
                format!("{}\n", findings.render(color::colour(is_coloured), Some(dir)))
            }
            Failure::Findings => return,
            Failure::Io(error) if error.kind() == ErrorKind::BrokenPipe => return,
            other => format!("error: {other}\n"),
        };
        // Where standard error is closed there is nobody left to tell.
        let _ = err.write_all(message.as_bytes());
    }

    /// The exit code. Content that cannot be used is a finding to a person and a lasting fault to a service.
    pub(crate) fn code(&self, is_service: bool) -> ExitCode {
        ExitCode::from(match self {
            Failure::Settings(_) | Failure::Lasting(_) | Failure::Build(BuildError::Model(_)) => CONFIG,
            Failure::Content { .. } if is_service => CONFIG,
            Failure::Content { .. } | Failure::Findings => FINDINGS,
            Failure::Usage(_) => USAGE,
            // The reader has seen enough, as `head` has.
            Failure::Io(error) if error.kind() == ErrorKind::BrokenPipe => 0,
            Failure::Build(_) | Failure::Passing(_) | Failure::Io(_) => LATER,
        })
    }
}
