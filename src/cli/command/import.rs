//! `faqbot import`: converts someone else's FAQ into a content folder.

use std::{io::Write, path::Path};

use crate::{
    bot::echo,
    cli::{args::Import, exit::CommandError, expectation, setup},
    config::Caution,
    knowledge::{
        BuildOptions, Generation,
        content::{
            import::{ImportError, import},
            load::load,
        },
    },
};

/// The most notes that are printed: a long file may have one per row.
const MAX_NOTES: usize = 20;

/// Above this many wordings the import does not build the FAQ to say what to expect; `faqbot check` does.
const MAX_WORDINGS: usize = 2_000;

/// Imports the file and prints what was changed, and what to expect of the result. Fails if rows were left out.
pub(crate) fn command(args: &Import, out: &mut dyn Write) -> Result<(), CommandError> {
    let imported = import(&args.file, &args.columns.clone().unwrap_or_default(), &args.to).map_err(
        |error| match error {
            ImportError::Write { .. } => CommandError::Temporary(shown(&error)),
            other => CommandError::Usage(shown(&other)),
        },
    )?;
    for note in imported.notes.iter().take(MAX_NOTES) {
        writeln!(out, "{}: {}", args.file.display(), shown(note))?;
    }
    if let Some(more) = imported.notes.len().checked_sub(MAX_NOTES).filter(|more| *more > 0) {
        writeln!(out, "and {more} more of these notes")?;
    }
    let to = args.to.display();
    writeln!(out, "{} entries with {} wordings written to {to}", imported.n_entries, imported.n_wordings)?;
    if imported.n_wordings <= MAX_WORDINGS
        && let Some(text) = expected(&args.to)
    {
        write!(out, "{text}")?;
    }
    writeln!(out, "try it: faqbot chat --faq {to}")?;
    match imported.notes.iter().filter(|note| note.is_loss).count() {
        0 => Ok(()),
        _ => Err(CommandError::Findings),
    }
}

/// A message that may quote the file, in which a terminal must find no control characters.
fn shown(message: &impl ToString) -> String {
    echo::clean(&message.to_string())
}

/// What to expect of the imported folder; nothing where it cannot be tried.
fn expected(dir: &Path) -> Option<String> {
    let loaded = load(dir, setup::today()).ok()?;
    let index_dir = std::env::temp_dir().join(format!("faqbot-import-{}", std::process::id()));
    let options = BuildOptions { index_dir, vectors: true, caution: Caution::default() };
    let generation = Generation::build(loaded.content, 1, &options, &|_| {}).ok();
    let _ = std::fs::remove_dir_all(&options.index_dir);
    expectation::text(&generation?, options.caution)
}
