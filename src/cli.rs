//! The command line, with one file per subcommand in `command/`. It wires the parts together and is the only module that prints.
//!
//! `args.rs` defines the arguments, `setup.rs` goes from the settings to a bot, and `exit.rs` maps errors to exit codes.

mod args;

mod caution;
mod color;
mod command;
mod exit;
mod expectation;
mod logs;
mod panics;
mod press_desk;
mod progress;
mod setup;
mod signals;
mod terminal;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{CommandFactory, Parser};

pub use args::Cli;
pub use panics::install as install_panic_hook;

use crate::cli::{
    args::Command,
    command::{
        ask, chat, check, doctor, eval, history, import, index, new, outbox, preview, purge, run, suggest,
        version,
    },
    exit::CommandError,
};

/// Parses the arguments, runs the command and turns its result into an exit code.
pub fn main() -> ExitCode {
    panics::install();
    // On wrong arguments clap prints its own message and exits with code 2.
    let cli = Cli::parse();
    let is_service = matches!(cli.command, None | Some(Command::Run));
    let mut out = io::stdout().lock();
    let result = dispatch(cli, &mut out).and_then(|()| out.flush().map_err(CommandError::from));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.report(&mut io::stderr());
            error.code(is_service)
        }
    }
}

fn dispatch(cli: Cli, out: &mut dyn Write) -> Result<(), CommandError> {
    let global = &cli.global;
    match cli.command.unwrap_or(Command::Run) {
        Command::Run => run::run(global, out),
        Command::Chat => chat::command(global, out),
        Command::Preview(args) => preview::command(global, &args, out),
        Command::Ask(args) => ask::command(global, &args, out),
        Command::Check(args) => check::command(global, &args, out),
        Command::Index => index::command(global, out),
        Command::Eval(args) => eval::command(global, &args, out),
        Command::Import(args) => import::command(&args, out),
        Command::New(args) => new::command(&args, out),
        Command::Suggest(args) => suggest::command(global, &args, out),
        Command::Doctor => doctor::command(global, out),
        Command::Outbox(args) => outbox::command(global, &args, out),
        Command::Purge(args) => purge::command(global, &args, out),
        Command::History => history::list(global, out),
        Command::Rollback(args) => history::rollback(global, &args, out),
        Command::Export(args) => history::export(global, &args, out),
        Command::Version => version::command(out),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "faqbot", &mut script);
            Ok(out.write_all(&script)?)
        }
    }
}
