//! The one table of commands: what can be called, with which options, by whom and where.
//!
//! Registration (`register.rs`), `/help` and the README's table come from it; `inbound.rs` reads calls by its names.
//!
//! `/media` is a bare command with an option, not a group of subcommands: Discord cannot offer both, and a journalist
//! in a hurry types `/media`, presses Enter and has the address. `/media status:M-7K4Q2` asks after an enquiry.

use crate::{
    lang::Lang,
    text::{CommandWord, text},
};

/// A command.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// Its name and description.
    pub word: CommandWord,
    /// How it is called.
    pub shape: Shape,
    /// Who may use it; the bot checks it again on every call.
    pub who: Who,
    /// Whether it can be called in a private conversation with the bot too.
    pub in_direct: bool,
}

/// How a command is called.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// `/name` with options.
    Plain(&'static [Choice]),
    /// `/name sub` with options.
    Group(&'static [Sub]),
    /// From a message's context menu.
    Message,
}

/// A subcommand.
#[derive(Debug, Clone, Copy)]
pub struct Sub {
    /// Its name and description.
    pub word: CommandWord,
    /// Its options.
    pub options: &'static [Choice],
}

/// An option of a command.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Its name and description.
    pub word: CommandWord,
    /// What it takes.
    pub takes: Takes,
    /// Whether the command needs it.
    pub is_required: bool,
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Free text, completed from the content.
    Question,
    /// Free text.
    Text,
    /// Yes or no.
    Flag,
}

/// Who may use a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Everyone,
    /// Moderators.
    Moderators,
}

const QUESTION: Choice = Choice { word: CommandWord::Question, takes: Takes::Question, is_required: true };
const REFERENCE: Choice = Choice { word: CommandWord::Reference, takes: Takes::Text, is_required: true };

/// Every command, in the order of `/help`.
pub const COMMANDS: &[Command] = &[
    Command {
        word: CommandWord::Ask,
        shape: Shape::Plain(&[
            QUESTION,
            Choice { word: CommandWord::Private, takes: Takes::Flag, is_required: false },
        ]),
        who: Who::Everyone,
        in_direct: true,
    },
    Command {
        word: CommandWord::Media,
        shape: Shape::Plain(&[Choice {
            word: CommandWord::MediaStatus,
            takes: Takes::Text,
            is_required: false,
        }]),
        who: Who::Everyone,
        in_direct: true,
    },
    Command { word: CommandWord::Help, shape: Shape::Plain(&[]), who: Who::Everyone, in_direct: true },
    Command {
        word: CommandWord::Privacy,
        shape: Shape::Group(&[Sub { word: CommandWord::PrivacyErase, options: &[] }]),
        who: Who::Everyone,
        in_direct: true,
    },
    Command { word: CommandWord::AnswerThis, shape: Shape::Message, who: Who::Everyone, in_direct: true },
    Command {
        word: CommandWord::Faq,
        shape: Shape::Group(&[
            Sub { word: CommandWord::FaqReload, options: &[] },
            Sub { word: CommandWord::FaqTest, options: &[QUESTION] },
            Sub { word: CommandWord::FaqStatus, options: &[] },
            Sub { word: CommandWord::FaqEnquiries, options: &[] },
            Sub { word: CommandWord::FaqRetry, options: &[REFERENCE] },
            Sub { word: CommandWord::FaqBlock, options: &[REFERENCE] },
        ]),
        who: Who::Moderators,
        in_direct: false,
    },
];

/// The commands a person may use, one line each, in Markdown, as `/help` lists them.
///
/// Names are given in English: Discord accepts the English name in every language.
pub fn help(lang: Lang, is_moderator: bool) -> String {
    let lines = usages(lang).into_iter().filter(|usage| usage.who == Who::Everyone || is_moderator);
    lines
        .map(|usage| format!("`{}`: {}\n", usage.call, usage.about))
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// The table of commands as the README has it.
pub fn readme_table() -> String {
    let mut table = "| command | who | what it does |\n|---|---|---|\n".to_owned();
    for usage in usages(Lang::En) {
        let who = if usage.who == Who::Everyone { "everyone" } else { "moderators" };
        table.push_str(&format!("| `{}` | {who} | {} |\n", usage.call, usage.about));
    }
    table
}

/// One target to call a command.
struct Usage {
    call: String,
    about: String,
    who: Who,
}

fn usages(lang: Lang) -> Vec<Usage> {
    let (english, text) = (text(Lang::En), text(lang));
    let call = |name: String, options: &[Choice]| {
        options.iter().fold(name, |call, option| {
            let name = english.command_name(option.word);
            if option.is_required { format!("{call} {name}:…") } else { format!("{call} [{name}:…]") }
        })
    };
    let mut usages = Vec::new();
    for command in COMMANDS {
        let name = english.command_name(command.word);
        let mut usage = |call: String, word| {
            usages.push(Usage { call, about: text.command_about(word), who: command.who })
        };
        match command.shape {
            Shape::Plain(options) => usage(call(format!("/{name}"), options), command.word),
            Shape::Message => usage(text.command_name(command.word), command.word),
            Shape::Group(subs) => {
                for sub in subs {
                    let name = format!("/{name} {}", english.command_name(sub.word));
                    usage(call(name, sub.options), sub.word);
                }
            }
        }
    }
    usages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_lists_every_command_and_moderators_commands_to_moderators_alone() {
        insta::assert_snapshot!("help_en_moderator", help(Lang::En, true));
        insta::assert_snapshot!("help_fr_member", help(Lang::Fr, false));
        assert!(!help(Lang::En, false).contains("/faq"));
    }

    #[test]
    fn the_readme_has_a_row_for_each_way_to_call_a_command() {
        insta::assert_snapshot!(readme_table());
    }
}
