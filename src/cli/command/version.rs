//! `faqbot version`

use std::{
    env::consts::{ARCH, OS},
    io::Write,
};

use crate::cli::exit::CommandError;

/// Prints the version, the platform and, if `FAQBOT_COMMIT` was set for the build, the commit.
pub(crate) fn command(out: &mut dyn Write) -> Result<(), CommandError> {
    writeln!(out, "faqbot {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "platform {OS} {ARCH}")?;
    if let Some(commit) = option_env!("FAQBOT_COMMIT") {
        writeln!(out, "commit {commit}")?;
    }
    Ok(())
}
