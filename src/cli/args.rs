//! The arguments: every subcommand and option, with the text that `--help` shows.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use crate::{
    cli::command::{
        history::{Export, Rollback},
        outbox::Outbox,
        purge::Purge,
    },
    knowledge::content::import::Columns,
};

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "faqbot",
    version,
    about = "Answers a community's questions from an announcement and a FAQ, and from nothing else",
    long_about = "Answers a community's questions from an announcement and a FAQ, and from nothing else.\n\n\
                  Without a command it runs the bot: on Discord if it finds a token, otherwise as a chat in this \
                  terminal.",
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
  DISCORD_TOKEN, DISCORD_TOKEN_FILE   the bot's token, or a file that contains it
  SMTP_PASSWORD, SMTP_PASSWORD_FILE   the mail server's password, or a file that contains it
  FAQBOT__SECTION__KEY                any setting of bot.toml, such as FAQBOT__SEARCH__CAUTION=high

Exit codes:
  0 success   1 findings   2 wrong usage   75 temporary error   78 an error that a restart cannot fix";

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The settings file [default: bot.toml, if it exists]
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// The folder of the announcement and the FAQ, instead of the setting faq.dir
    #[arg(long, value_name = "DIR", global = true)]
    pub faq: Option<PathBuf>,
    /// The folder of the search index, instead of the setting index.dir
    #[arg(long, value_name = "DIR", global = true)]
    pub index: Option<PathBuf>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the bot, on Discord with a token, otherwise in this terminal (the default)
    Run,
    /// Chat with the bot in this terminal, even if there is a token
    Chat,
    /// Try the bot in a web browser as members will see it on Discord, without a token
    Preview(Preview),
    /// Answer one question, or one question per line of standard input
    Ask(Ask),
    /// Check the FAQ: list findings with file and line, and compare the levels of caution
    Check(Check),
    /// Build the search index unless it is up to date
    Index,
    /// Evaluate the bot on a file of questions with expected entries
    Eval(Eval),
    /// Convert a file of questions and answers into a folder of entries
    Import(Import),
    /// Create a folder for another organisation: settings, announcement, three entries and general routes
    New(New),
    /// List the wordings that would help an entry most
    Suggest(Suggest),
    /// Check settings, FAQ, index, token, mail and data folder, with one line for each
    Doctor,
    /// Manage media enquiries: list, show, retry, close, export
    Outbox(Outbox),
    /// Erase everything stored about a person
    Purge(Purge),
    /// List what was changed in the FAQ: when, how and by whom
    History,
    /// Change the files of the FAQ to those of an earlier revision
    Rollback(Rollback),
    /// Write the files of a revision into a folder
    Export(Export),
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
    /// The question; without it, one question per line is read from standard input
    pub question: Option<String>,
    /// Show every score behind the answer
    #[arg(long)]
    pub explain: bool,
    /// Write one JSON object for each question
    #[arg(long, conflicts_with = "explain", long_help = ASK_JSON)]
    pub json: bool,
}

const ASK_JSON: &str = "\
Write one JSON object for each question, in order, and flush after each line.

Each line of standard input is a plain question or {\"id\": …, \"q\": \"…\", \"after\": [\"…\"]}, where \"after\"
lists earlier messages of the same person, oldest first, and produces exactly one line:
  {\"id\", \"q\", \"outcome\": answer|suggest|unknown|media|sensitive|smalltalk, \"entry\": id or null,
   \"confidence\": 0 to 1, \"reply\": its text, \"buttons\": [their labels], \"sources\": [{\"paragraph\", \"quote\"}],
   \"url\": where the announcement is, or null, \"private\": bool, \"generation\": number, \"took_us\": number}
or, if the line cannot be parsed, {\"id\", \"error\"}.";

/// `faqbot preview`
#[derive(Debug, Args)]
pub struct Preview {
    /// The port of the page on this computer; 0: any free one
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub port: u16,
}

/// `faqbot check`
#[derive(Debug, Args)]
pub struct Check {
    /// Check only the files; do not build the index or run the entries' tests
    #[arg(long)]
    pub quick: bool,
    /// Count warnings and failed tests as findings too
    #[arg(long)]
    pub strict: bool,
}

/// `faqbot eval`
#[derive(Debug, Args)]
pub struct Eval {
    /// Questions, one JSON object per line: {"q", "expected": id or null}, optionally with "accept", "also_expected", "kind", "lang"
    #[arg(value_name = "FILE")]
    pub questions: PathBuf,
    /// List every question with a wrong decision
    #[arg(long)]
    pub failures: bool,
    /// Write the figures as JSON
    #[arg(long)]
    pub json: bool,
    /// Write what the confidence of each question was computed from to this file, one JSON object per line
    #[arg(long, value_name = "FILE")]
    pub features: Option<PathBuf>,
    /// Write the reliability plot to this file
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
}

/// `faqbot import`
#[derive(Debug, Args)]
pub struct Import {
    /// CSV, TSV, JSON or JSONL with a question and an answer per row, a Markdown, text or HTML page whose questions are
    /// headings, Rasa's YAML, tags in TOML or YAML, or a folder of tags
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The headings or keys in the file, such as question=Q,answer=A (also alternates and id)
    #[arg(long, value_name = "FIELD=HEADING")]
    pub columns: Option<Columns>,
    /// The folder to write the entries to
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
}

/// `faqbot new`
#[derive(Debug, Args)]
pub struct New {
    /// The folder to create
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// The name of the organisation
    #[arg(long)]
    pub name: Option<String>,
    /// The file of the announcement: its title, a blank line, its paragraphs; "" for none
    #[arg(long, value_name = "FILE")]
    pub announcement: Option<String>,
    /// The e-mail address for journalists; "" for none
    #[arg(long, value_name = "ADDRESS")]
    pub media_contact: Option<String>,
    /// Languages beside English, such as fr,sw; "" for none
    #[arg(long, value_name = "CODES")]
    pub languages: Option<String>,
}

/// `faqbot suggest`
#[derive(Debug, Args)]
pub struct Suggest {
    /// The entry's id: its file's name without .md
    pub entry: String,
    /// A file of questions as for `eval`; those that expect this entry but do not find it become candidates too
    #[arg(long, value_name = "FILE")]
    pub questions: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_argument_definition_is_valid() {
        Cli::command().debug_assert();
    }
}
