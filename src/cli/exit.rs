//! How a command fails: one message, and one exit code for scripts and service managers.

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

/// The command found something to report.
const FINDINGS: u8 = 1;
/// The command line is wrong.
const USAGE: u8 = 2;
/// A temporary error: trying again later may help (`EX_TEMPFAIL`).
const TEMPORARY: u8 = 75;
/// A restart cannot help (`EX_CONFIG`): the unit file names this code in `RestartPreventExitStatus`.
const PERMANENT: u8 = 78;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandError {
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
    /// The arguments do not make sense together.
    #[error("{0}")]
    Usage(String),
    /// There are findings, which have already been printed.
    #[error("there are findings")]
    Findings,
    /// An error that a restart cannot fix.
    #[error("{0}")]
    Permanent(String),
    /// An error that may go away by itself.
    #[error("{0}")]
    Temporary(String),
    /// The operating system's error.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl CommandError {
    /// Writes the message, unless it has already been printed.
    pub(crate) fn report(&self, err: &mut io::Stderr) {
        let is_coloured = color::is_coloured(err);
        let message = match self {
            CommandError::Settings(faults) => faults.render(is_coloured),
            CommandError::Content { dir, findings } => {
                format!("{}\n", findings.render(color::colour(is_coloured), Some(dir)))
            }
            CommandError::Findings => return,
            CommandError::Io(error) if error.kind() == ErrorKind::BrokenPipe => return,
            other => format!("error: {other}\n"),
        };
        // If standard error is closed, nobody can read the message.
        let _ = err.write_all(message.as_bytes());
    }

    /// The exit code. Invalid content is a finding for a person and a permanent error for a service, unless
    /// the folder is only missing or still changing.
    pub(crate) fn code(&self, is_service: bool) -> ExitCode {
        ExitCode::from(match self {
            CommandError::Settings(_)
            | CommandError::Permanent(_)
            | CommandError::Build(BuildError::Model(_)) => PERMANENT,
            CommandError::Content { findings, .. } if is_service && findings.is_temporary() => TEMPORARY,
            CommandError::Content { .. } if is_service => PERMANENT,
            CommandError::Content { .. } | CommandError::Findings => FINDINGS,
            CommandError::Usage(_) => USAGE,
            // The reader closed the pipe, as `head` does.
            CommandError::Io(error) if error.kind() == ErrorKind::BrokenPipe => 0,
            CommandError::Build(_) | CommandError::Temporary(_) | CommandError::Io(_) => TEMPORARY,
        })
    }
}
