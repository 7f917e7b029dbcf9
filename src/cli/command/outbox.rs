//! `faqbot outbox`: the operator's view of enquiries, also while the bot runs. Only `show --text` and `export` print
//! what a person typed.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};

use crate::{
    cli::{args::Global, exit::CommandError, setup},
    ids::{Reference, UserId},
    private_file,
    store::{Detail, Overview, State, Store},
};

/// `faqbot outbox`
#[derive(Debug, Args)]
pub struct Outbox {
    /// The action
    #[command(subcommand)]
    pub action: Action,
}

/// Actions on enquiries.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// List enquiries; those that need somebody to act come first
    List {
        /// Maximum number of lines
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Show one enquiry
    Show {
        /// The reference, such as M-7K4Q2
        reference: String,
        /// Also show its mail, with what the person wrote
        #[arg(long)]
        text: bool,
    },
    /// Deliver one again now, with five new days
    Retry {
        /// The reference
        reference: String,
    },
    /// Close one that was dealt with by hand: it is not sent, and its text is erased like that of a sent one
    #[command(alias = "bury")]
    Close {
        /// The reference
        reference: String,
    },
    /// Write mails as .eml files, to be sent by hand
    Export {
        /// The folder to write to
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// References; without any, every enquiry that was not handed over
        references: Vec<String>,
    },
    /// Allow a blocked sender to send enquiries again
    Unblock {
        /// The person's Discord id
        user: UserId,
    },
}

/// Runs the command.
pub(crate) fn command(global: &Global, args: &Outbox, out: &mut dyn Write) -> Result<(), CommandError> {
    let config = setup::settings(global)?;
    let runtime = setup::runtime()?;
    runtime.block_on(async {
        let store = Store::open(setup::database(&config)?).await?;
        let result = act(&store, &args.action, out).await;
        store.close().await;
        result
    })
}

async fn act(store: &Store, action: &Action, out: &mut dyn Write) -> Result<(), CommandError> {
    match action {
        Action::List { limit } => {
            let found = store.overview(*limit).await?;
            if found.is_empty() {
                writeln!(out, "There are no enquiries.")?;
            }
            for enquiry in &found {
                writeln!(out, "{}", line(enquiry))?;
            }
            Ok(())
        }
        Action::Show { reference, text } => show(&detail(store, reference).await?, *text, out),
        Action::Retry { reference } => {
            let reference = parse(reference)?;
            let is_done = store.retry(&reference).await?;
            ensure_done(is_done, store, &reference).await?;
            Ok(writeln!(out, "{reference} is tried again within half a minute, if the bot is running.")?)
        }
        Action::Close { reference } => {
            let reference = parse(reference)?;
            let is_done = store.close_by_hand(&reference).await?;
            ensure_done(is_done, store, &reference).await?;
            Ok(writeln!(out, "{reference} is closed.")?)
        }
        Action::Export { to, references } => export(store, to, references, out).await,
        Action::Unblock { user } => {
            if !store.unblock(*user).await? {
                return Err(CommandError::Usage(format!("{user} is not blocked")));
            }
            Ok(writeln!(out, "{user} can send enquiries again.")?)
        }
    }
}

fn line(enquiry: &Overview) -> String {
    let problem = enquiry.problem.as_deref().map(|problem| format!("  last: {problem}")).unwrap_or_default();
    let minutes = enquiry.age / 60;
    format!(
        "{}  {:<14}  {:>4} h {:02} min old  {} failed{problem}",
        enquiry.reference,
        enquiry.state.name(),
        minutes / 60,
        minutes % 60,
        enquiry.attempts
    )
}

fn show(detail: &Detail, with_text: bool, out: &mut dyn Write) -> Result<(), CommandError> {
    let moment =
        |seconds: i64| jiff::Timestamp::from_second(seconds).map(|t| t.to_string()).unwrap_or_default();
    writeln!(out, "{}", line(&detail.overview))?;
    writeln!(out, "stored      {}", moment(detail.created_at))?;
    if let Some(settled) = detail.settled_at {
        writeln!(out, "settled     {}", moment(settled))?;
    }
    match detail.next_at {
        0 | -1 => {}
        next => writeln!(out, "next try    {}", moment(next))?,
    }
    writeln!(out, "from        {}", detail.message.from)?;
    writeln!(out, "to          {}", detail.message.to)?;
    writeln!(out, "message id  {}", detail.message.message_id)?;
    if with_text && detail.message.bytes.is_empty() {
        writeln!(out, "\nIts text was erased.")?;
    } else if with_text {
        writeln!(out)?;
        out.write_all(&detail.message.bytes)?;
    }
    Ok(())
}

async fn export(
    store: &Store,
    to: &Path,
    references: &[String],
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    let mut wanted = Vec::new();
    for typed in references {
        wanted.push(parse(typed)?);
    }
    if wanted.is_empty() {
        let all = store.overview(u32::MAX).await?;
        let waits = |enquiry: &Overview| matches!(enquiry.state, State::Saved | State::Delayed | State::Dead);
        wanted.extend(all.into_iter().filter(waits).map(|enquiry| enquiry.reference));
    }
    private_file::create_folder(to)?;
    let mut written = 0;
    for reference in wanted {
        let detail = detail(store, reference.as_str()).await?;
        if !detail.message.bytes.is_empty() {
            private_file::write(to, &format!("{reference}.eml"), &detail.message.bytes)?;
            written += 1;
        }
    }
    Ok(writeln!(
        out,
        "{written} written to {}. Their state is unchanged: `outbox close` closes one.",
        to.display()
    )?)
}

/// Fails with the reason if an enquiry could be neither retried nor closed.
async fn ensure_done(is_done: bool, store: &Store, reference: &Reference) -> Result<(), CommandError> {
    if is_done {
        return Ok(());
    }
    let detail = detail(store, reference.as_str()).await?;
    let why = match detail.overview.state {
        State::Sent => "was already handed over",
        State::Closed if detail.message.bytes.is_empty() => "is closed, and its text is erased",
        State::Closed => "is already closed",
        State::Saved | State::Delayed | State::Dead => {
            "is being delivered at the moment: try again in a minute"
        }
    };
    Err(CommandError::Usage(format!("{reference} {why}")))
}

async fn detail(store: &Store, reference: &str) -> Result<Detail, CommandError> {
    let found = store.detail(&parse(reference)?).await?;
    found.ok_or_else(|| CommandError::Usage(format!("there is no enquiry {reference}")))
}

fn parse(typed: &str) -> Result<Reference, CommandError> {
    Reference::parse(typed)
        .ok_or_else(|| CommandError::Usage("this is not a reference; one looks like M-7K4Q2".to_owned()))
}
