//! `faqbot index`: builds the index unless it is up to date.

use std::{io::Write, time::Instant};

use crate::cli::{args::Global, exit::CommandError, logs, setup};

/// Builds the index and prints what it contains.
pub(crate) fn command(global: &Global, out: &mut dyn Write) -> Result<(), CommandError> {
    let config = setup::settings(global)?;
    logs::start_quietly(&config.log);
    let start = Instant::now();
    let generation = setup::generation(&config)?;
    let content = generation.content();
    let n_wordings: usize = content.entries.iter().map(|entry| entry.all_wordings().count()).sum();
    writeln!(
        out,
        "{} is up to date: {} entries, {n_wordings} wordings, content {}, {:.1} s",
        config.index.dir.display(),
        content.entries.len(),
        content.hash,
        start.elapsed().as_secs_f64()
    )?;
    Ok(())
}
