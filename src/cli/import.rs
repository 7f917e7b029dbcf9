//! `faqbot import`: somebody else's FAQ, turned into a folder of entries.

use std::io::Write;

use crate::{
    cli::{args::Import, exit::CommandError},
    knowledge::content::import::{ImportError, import},
};

/// How many notes are printed; a long file may have one for every row.
const MAX_NOTES: usize = 20;

/// Imports and tells what was changed on the way.
pub(crate) fn command(args: &Import, out: &mut dyn Write) -> Result<(), CommandError> {
    let imported = import(&args.file, &args.to).map_err(|error| match error {
        ImportError::Write { .. } => CommandError::Temporary(error.to_string()),
        other => CommandError::Usage(other.to_string()),
    })?;
    for note in imported.notes.iter().take(MAX_NOTES) {
        writeln!(out, "{}: {note}", args.file.display())?;
    }
    if let Some(more) = imported.notes.len().checked_sub(MAX_NOTES).filter(|more| *more > 0) {
        writeln!(out, "and {more} more of these notes")?;
    }
    let to = args.to.display();
    writeln!(out, "{} entries with {} wordings written to {to}", imported.n_entries, imported.n_wordings)?;
    writeln!(out, "try it: faqbot chat --faq {to}")?;
    Ok(())
}
