//! `faqbot purge`: erases everything of a person from the database, including what limits and blocks store.

use std::io::Write;

use clap::Args;

use crate::{
    cli::{args::Global, exit::CommandError, setup},
    ids::UserId,
    store::Store,
};

/// `faqbot purge`
#[derive(Debug, Args)]
pub struct Purge {
    /// The person's Discord id
    #[arg(long, value_name = "ID")]
    pub user: UserId,
}

/// Runs the command.
pub(crate) fn command(global: &Global, args: &Purge, out: &mut dyn Write) -> Result<(), CommandError> {
    let config = setup::settings(global)?;
    let runtime = setup::runtime()?;
    let erased = runtime.block_on(async {
        let store = Store::open(setup::database(&config)?).await?;
        let erased = store.erase_user(args.user, true).await;
        store.close().await;
        Ok::<_, CommandError>(erased?)
    })?;
    writeln!(
        out,
        "{} enquiries of {} erased, {} of them never handed over, and {} questions. Mails and files that were handed over are with their recipients.",
        erased.enquiries, args.user, erased.unsent, erased.questions
    )?;
    if erased.is_scrubbed {
        return Ok(());
    }
    let word = "another process was reading the database, so its files may still hold traces of what was erased: run this again";
    Err(CommandError::Temporary(word.to_owned()))
}
