//! `faqbot history`, `faqbot rollback` and `faqbot export`: the operator's view of the revisions that were applied, also
//! while the bot runs.

use std::{collections::BTreeMap, io::Write, path::PathBuf};

use clap::Args;

use crate::{
    cli::{args::Global, exit::CommandError, setup},
    config::Config,
    knowledge::{
        content::{
            edit::{self, disk},
            finding::Findings,
            source::{self, Bundle, SourceFile},
        },
        last_good,
    },
    store::{Revision, Store},
};

/// `faqbot rollback`
#[derive(Debug, Args)]
pub struct Rollback {
    /// The number of the revision, as `faqbot history` lists it
    pub revision: i64,
}

/// `faqbot export`
#[derive(Debug, Args)]
pub struct Export {
    /// The number of the revision; without it, the last one
    pub revision: Option<i64>,
    /// The folder to write to; it must not exist or be empty
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
}

/// Lists the revisions, the newest first.
pub(crate) fn list(global: &Global, out: &mut dyn Write) -> Result<(), CommandError> {
    let config = setup::settings(global)?;
    let revisions = with_store(&config, async |store| Ok(store.revisions().await?))?;
    if revisions.is_empty() {
        writeln!(out, "No revision has been applied yet.")?;
    }
    for revision in &revisions {
        writeln!(out, "{}", line(revision))?;
    }
    Ok(())
}

/// Writes the files of a revision into `faq.dir`; the running bot reads them like any other change.
pub(crate) fn rollback(global: &Global, args: &Rollback, out: &mut dyn Write) -> Result<(), CommandError> {
    let config = setup::settings(global)?;
    let target = bundle(files(&config, args.revision)?);
    let now = source::read(&config.faq.dir)
        .map_err(|findings| CommandError::Content { dir: config.faq.dir.clone(), findings })?;
    let changes = edit::between(&now, &target);
    let journal = last_good::journal(&config.index.dir, &config.faq.dir);
    disk::write(&config.faq.dir, &journal, &changes, &mut || ())
        .map_err(|error| CommandError::Temporary(error.to_string()))?;
    let dir = config.faq.dir.display();
    let (revision, n_files) = (args.revision, changes.len());
    match n_files {
        0 => writeln!(out, "The files of {dir} are those of revision {revision} already.")?,
        1 => writeln!(out, "Changed to revision {revision}: one file of {dir}.")?,
        _ => writeln!(out, "Changed to revision {revision}: {n_files} files of {dir}.")?,
    }
    Ok(())
}

/// Writes the files of a revision into a new folder.
pub(crate) fn export(global: &Global, args: &Export, out: &mut dyn Write) -> Result<(), CommandError> {
    let config = setup::settings(global)?;
    let revision = match args.revision {
        Some(revision) => revision,
        None => {
            let revisions = with_store(&config, async |store| Ok(store.revisions().await?))?;
            revisions.first().map(|newest| newest.id).ok_or_else(no_revision)?
        }
    };
    let files = files(&config, revision)?;
    if args.to.read_dir().is_ok_and(|mut items| items.next().is_some()) {
        return Err(CommandError::Usage(format!("{} is not empty", args.to.display())));
    }
    for (path, bytes) in &files {
        let path = args.to.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, bytes)?;
    }
    writeln!(out, "{} files of revision {revision} were written to {}.", files.len(), args.to.display())?;
    Ok(())
}

fn files(config: &Config, revision: i64) -> Result<BTreeMap<String, Vec<u8>>, CommandError> {
    let files = with_store(config, async |store| Ok(store.revision_files(revision).await?))?;
    files.ok_or_else(no_revision)
}

fn no_revision() -> CommandError {
    CommandError::Usage("that revision is not kept; `faqbot history` lists those that are".to_owned())
}

fn bundle(files: BTreeMap<String, Vec<u8>>) -> Bundle {
    let files = files.into_iter().map(|(path, bytes)| SourceFile { path, bytes });
    Bundle::new(files.collect(), Findings::new())
}

fn with_store<T>(
    config: &Config,
    read: impl AsyncFnOnce(&Store) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let runtime = setup::runtime()?;
    runtime.block_on(async {
        let store = Store::open(setup::database(config)?).await?;
        let result = read(&store).await;
        store.close().await;
        result
    })
}

/// `12  2026-11-28T10:31:00Z  edit  +1 -0 ~0  why-closing  by 123`
fn line(revision: &Revision) -> String {
    let at = jiff::Timestamp::from_second(revision.applied_at)
        .map_or_else(|_| "?".to_owned(), |at| at.to_string());
    let [added, changed, removed] = revision.counts;
    let by = revision.actor.map_or_else(String::new, |actor| format!("  by {actor}"));
    let origin = revision.origin.name();
    let line =
        format!("{}  {at}  {origin}  +{added} -{removed} ~{changed}  {}{by}", revision.id, revision.subject);
    line.trim_end().to_owned()
}
