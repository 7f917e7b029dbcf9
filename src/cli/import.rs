//! `faqbot import`: converts someone else's FAQ into a content folder.

use std::io::Write;

use crate::{
    cli::{args::Import, exit::CommandError},
    knowledge::content::import::{ImportError, import},
};

/// The most notes that are printed: a long file may have one per row.
const MAX_NOTES: usize = 20;

/// Imports the file and prints what was changed. Fails if rows were left out.
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
    match imported.notes.iter().filter(|note| note.is_loss).count() {
        0 => Ok(()),
        _ => Err(CommandError::Findings),
    }
}
