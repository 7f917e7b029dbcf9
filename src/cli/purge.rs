//! `faqbot purge`: erases everything of a person from the database, marks of limits and blocks included.

use std::io::Write;

use clap::Args;

use crate::ids::UserId;
use crate::{
    cli::{args::Global, exit::CommandError, setup},
    store::Store,
};

/// `faqbot purge`
#[derive(Debug, Args)]
pub struct Purge {
    /// The person's Discord id
    #[arg(long, value_name = "ID")]
    pub user: UserId,
}

/// Runs it.
pub(crate) fn command(global: &Global, args: &Purge, out: &mut dyn Write) -> Result<(), CommandError> {
    let config = setup::settings(global)?;
    let runtime = setup::runtime()?;
    let forgotten = runtime.block_on(async {
        let store = Store::open(setup::database(&config)?).await?;
        let forgotten = store.forget(args.user, true).await;
        store.close().await;
        Ok::<_, CommandError>(forgotten?)
    })?;
    writeln!(
        out,
        "{} enquiries of {} erased, {} of them never handed over. Mails and files that were handed over are with whoever got them.",
        forgotten.enquiries, args.user, forgotten.unsent
    )?;
    if forgotten.is_scrubbed {
        return Ok(());
    }
    let word =
        "the database was being read, so its files may still hold traces of what was erased: run this again";
    Err(CommandError::Temporary(word.to_owned()))
}
