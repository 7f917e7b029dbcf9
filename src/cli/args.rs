//! The arguments: every subcommand and option with the words `--help` shows.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use crate::cli::{outbox::Outbox, purge::Purge};

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "faqbot",
    version,
    about = "Answers a community's questions from an announcement and a FAQ, and from nothing else",
    long_about = "Answers a community's questions from an announcement and a FAQ, and from nothing else.\n\n\
                  Without a command it runs the bot: on Discord where a token is found, as a chat in this terminal \
                  where none is.",
    after_help = AFTER_HELP
)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER_HELP: &str = "\
Environment:
  DISCORD_TOKEN, DISCORD_TOKEN_FILE   the bot's token, or a file that holds it
  SMTP_PASSWORD, SMTP_PASSWORD_FILE   the password of the mail server, or a file that holds it
  FAQBOT__SECTION__KEY                any setting of bot.toml, such as FAQBOT__SEARCH__CAUTION=high

Exit codes:
  0 fine   1 findings   2 wrong usage   75 try again later   78 settings that a restart cannot heal";

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The settings [default: bot.toml, if there is one]
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// The folder of the announcement and the FAQ, instead of faq.dir of the settings
    #[arg(long, value_name = "DIR", global = true)]
    pub faq: Option<PathBuf>,
    /// The folder of the search index, instead of index.dir of the settings
    #[arg(long, value_name = "DIR", global = true)]
    pub index: Option<PathBuf>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the bot: on Discord with a token, in this terminal without (the default)
    Run,
    /// Talk to the bot in this terminal, even where a token is found
    Chat,
    /// Answer one question, or one a line from standard input
    Ask(Ask),
    /// Check the FAQ: every finding with its file and line, and what each degree of caution costs
    Check(Check),
    /// Build the search index, or see that it is up to date
    Index,
    /// Measure the bot on a file of questions with expected entries
    Eval(Eval),
    /// Turn a JSONL or CSV file of questions and answers into a folder of entries
    Import(Import),
    /// List wordings that would help an entry most
    Suggest(Suggest),
    /// Look over settings, FAQ, index, token, mail and data folder, a line each
    Doctor,
    /// Enquiries from the media: list, show, try again, close, write out
    Outbox(Outbox),
    /// Erase everything of a person
    Purge(Purge),
    /// Print the version and what it was built from
    Version,
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// `faqbot ask`
#[derive(Debug, Args)]
pub struct Ask {
    /// The question; without it, questions are read from standard input, one a line
    pub question: Option<String>,
    /// Show every score behind the answer
    #[arg(long)]
    pub explain: bool,
    /// Write one JSON object for each question
    #[arg(long, conflicts_with = "explain", long_help = ASK_JSON)]
    pub json: bool,
}

const ASK_JSON: &str = "\
Write one JSON object for each question, in order, each line flushed.

Lines of standard input are plain questions or {\"id\": …, \"q\": \"…\"}. Each gives exactly one line:
  {\"id\", \"q\", \"outcome\": answer|suggest|unknown|media|sensitive|smalltalk, \"entry\": id or null,
   \"confidence\": 0 to 1, \"reply\": the whole reply, \"sources\": [{\"paragraph\", \"quote\"}],
   \"private\": bool, \"generation\": number, \"took_us\": number}
or, where the line cannot be understood, {\"id\", \"error\"}.";

/// `faqbot check`
#[derive(Debug, Args)]
pub struct Check {
    /// Only look at the files; do not build the index and ask the FAQ's own tests
    #[arg(long)]
    pub quick: bool,
    /// Let warnings and failed tests of the FAQ count as findings too
    #[arg(long)]
    pub strict: bool,
}

/// `faqbot eval`
#[derive(Debug, Args)]
pub struct Eval {
    /// Questions, one JSON object a line: {"q", "expected": id or null}, and if wanted "accept", "also_expected", "kind", "lang"
    #[arg(value_name = "FILE")]
    pub questions: PathBuf,
    /// List every question that was not decided right
    #[arg(long)]
    pub failures: bool,
    /// Write the figures as JSON
    #[arg(long)]
    pub json: bool,
    /// Write what the confidence of each question was computed from into this file, one JSON object per line
    #[arg(long, value_name = "FILE")]
    pub features: Option<PathBuf>,
    /// Draw the reliability plot into this file
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
}

/// `faqbot import`
#[derive(Debug, Args)]
pub struct Import {
    /// JSONL of {"id", "question", "alternates": […], "answer"}, or CSV with these columns
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The folder to write the entries to
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
}

/// `faqbot suggest`
#[derive(Debug, Args)]
pub struct Suggest {
    /// The entry's id: its file's name without .md
    pub entry: String,
    /// A file of questions as for `eval`: those that expected this entry and missed are candidates too
    #[arg(long, value_name = "FILE")]
    pub questions: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_of_the_arguments_is_sound() {
        Cli::command().debug_assert();
    }
}
