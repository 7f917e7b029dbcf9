//! `faqbot version`

use std::{
    env::consts::{ARCH, OS},
    io::Write,
};

use crate::cli::exit::Failure;

/// Prints the version, the platform and, where the build was told, the commit.
pub(crate) fn command(out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "faqbot {}", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "platform {OS} {ARCH}")?;
    if let Some(commit) = option_env!("FAQBOT_COMMIT") {
        writeln!(out, "commit {commit}")?;
    }
    Ok(())
}
