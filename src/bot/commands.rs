//! The one table of commands: what can be called, with which options, by whom and where, and what each call asks.
//!
//! Registration with Discord (`discord/register.rs`), reading a call (`discord/inbound.rs`), the terminal's chat
//! (`cli/chat/line.rs`), `/help` and the tables of the documents all use it.
//!
//! `/media` is a bare command with an option, not a group of subcommands: Discord cannot offer both, and a journalist
//! in a hurry types `/media`, presses Enter and has the address. `/media status:M-7K4Q2` shows the state of an enquiry.

use crate::{
    bot::{
        editor::ask::EditorAsk,
        request::{Ask, CorrectionsAsk, GapsAsk},
    },
    lang::Lang,
    text::{CommandGroup, CommandWord, OptionWord, text},
};

/// A command.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// Its name and description.
    pub word: CommandWord,
    /// How it is called.
    pub call: Call,
    /// Its options, at most one of which takes text.
    pub options: &'static [CommandOption],
    /// Who may use it; the bot checks it again on every call.
    pub who: Who,
    /// Whether it can be called in a private conversation with the bot too.
    pub in_direct: bool,
}

/// How a command is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// `/name`
    Slash,
    /// `/group name`
    Subcommand(CommandGroup),
    /// From a message's context menu.
    MessageMenu,
}

/// An option of a command.
#[derive(Debug, Clone, Copy)]
pub struct CommandOption {
    /// Its name and description.
    pub word: OptionWord,
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

/// What a person gave a command.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Arguments {
    /// The text of its one option that takes text, or the message that its menu was opened on; empty for none.
    pub text: String,
    /// The person's own choice between a private and a public answer.
    pub private: Option<bool>,
}

const QUESTION: CommandOption =
    CommandOption { word: OptionWord::Question, takes: Takes::Question, is_required: true };
const ENTRY: CommandOption =
    CommandOption { word: OptionWord::Entry, takes: Takes::Question, is_required: true };
const REVISION: CommandOption =
    CommandOption { word: OptionWord::Revision, takes: Takes::Text, is_required: true };
const SEARCH: CommandOption =
    CommandOption { word: OptionWord::Search, takes: Takes::Text, is_required: true };
const PRIVATE: CommandOption =
    CommandOption { word: OptionWord::Private, takes: Takes::Flag, is_required: false };
const STATUS: CommandOption =
    CommandOption { word: OptionWord::MediaStatus, takes: Takes::Text, is_required: false };
const REFERENCE: CommandOption =
    CommandOption { word: OptionWord::Reference, takes: Takes::Text, is_required: true };

/// Every command, in the order of `/help`.
pub(crate) const COMMANDS: &[Command] = &[
    everyones(CommandWord::Ask, Call::Slash, &[QUESTION, PRIVATE]),
    everyones(CommandWord::Media, Call::Slash, &[STATUS]),
    everyones(CommandWord::Help, Call::Slash, &[]),
    everyones(CommandWord::PrivacyShow, Call::Subcommand(CommandGroup::Privacy), &[]),
    everyones(CommandWord::PrivacyErase, Call::Subcommand(CommandGroup::Privacy), &[]),
    everyones(CommandWord::AnswerThis, Call::MessageMenu, &[]),
    moderators(CommandWord::FaqReload, &[]),
    moderators(CommandWord::FaqTest, &[QUESTION]),
    moderators(CommandWord::FaqStatus, &[]),
    moderators(CommandWord::FaqAdd, &[]),
    moderators(CommandWord::FaqEdit, &[ENTRY]),
    moderators(CommandWord::FaqTranslate, &[ENTRY]),
    moderators(CommandWord::FaqRemove, &[ENTRY]),
    moderators(CommandWord::FaqQuote, &[SEARCH]),
    moderators(CommandWord::FaqCoverage, &[]),
    moderators(CommandWord::FaqHistory, &[]),
    moderators(CommandWord::FaqRollback, &[REVISION]),
    moderators_menu(CommandWord::AddToFaq),
    moderators_menu(CommandWord::TeachWording),
    moderators(CommandWord::FaqUnanswered, &[]),
    moderators(CommandWord::FaqStats, &[]),
    moderators(CommandWord::FaqCorrections, &[]),
    moderators(CommandWord::FaqEnquiries, &[]),
    moderators(CommandWord::FaqRetry, &[REFERENCE]),
    moderators(CommandWord::FaqBlock, &[REFERENCE]),
];

const fn everyones(word: CommandWord, call: Call, options: &'static [CommandOption]) -> Command {
    Command { word, call, options, who: Who::Everyone, in_direct: true }
}

/// A subcommand of `/faq`.
const fn moderators(word: CommandWord, options: &'static [CommandOption]) -> Command {
    let call = Call::Subcommand(CommandGroup::Faq);
    Command { word, call, options, who: Who::Moderators, in_direct: false }
}

/// An item of a message's menu.
const fn moderators_menu(word: CommandWord) -> Command {
    Command { word, call: Call::MessageMenu, options: &[], who: Who::Moderators, in_direct: false }
}

/// What a call of the command `word` asks. A command without a line here does not compile.
pub fn ask(word: CommandWord, arguments: Arguments) -> Ask {
    let Arguments { text, private } = arguments;
    match word {
        CommandWord::Ask => Ask::Question { text, private },
        CommandWord::AnswerThis => Ask::Question { text, private: None },
        CommandWord::Media if text.trim().is_empty() => Ask::Media,
        CommandWord::Media => Ask::MediaStatus { reference: text },
        CommandWord::Help => Ask::Help,
        CommandWord::PrivacyShow => Ask::PrivacyShow,
        CommandWord::PrivacyErase => Ask::PrivacyErase,
        CommandWord::FaqReload => Ask::Reload { allow_shrink: false },
        CommandWord::FaqTest => Ask::Test { text },
        CommandWord::FaqStatus => Ask::Status,
        CommandWord::FaqAdd | CommandWord::AddToFaq => Ask::Editor(EditorAsk::Add { text }),
        CommandWord::FaqEdit => Ask::Editor(EditorAsk::Edit { entry: text }),
        CommandWord::FaqTranslate => Ask::Editor(EditorAsk::Translate { entry: text }),
        CommandWord::FaqRemove => Ask::Editor(EditorAsk::Remove { entry: text }),
        CommandWord::FaqQuote => Ask::Editor(EditorAsk::Quote { search: text }),
        CommandWord::FaqCoverage => Ask::Editor(EditorAsk::Coverage),
        CommandWord::FaqHistory => Ask::Editor(EditorAsk::History),
        CommandWord::FaqRollback => Ask::Editor(EditorAsk::Rollback { revision: text }),
        CommandWord::TeachWording => Ask::Editor(EditorAsk::Teach { text }),
        CommandWord::FaqUnanswered => Ask::Gaps(GapsAsk::List { page: 0 }),
        CommandWord::FaqStats => Ask::Stats,
        CommandWord::FaqCorrections => Ask::Corrections(CorrectionsAsk::Offer),
        CommandWord::FaqEnquiries => Ask::Enquiries,
        CommandWord::FaqRetry => Ask::EnquiryRetry { reference: text },
        CommandWord::FaqBlock => Ask::EnquiryBlock { reference: text },
    }
}

/// The command called `/name`, or `/name sub` where it belongs to a group. Names are the English ones.
pub fn find(name: &str, sub: Option<&str>) -> Option<&'static Command> {
    let english = text(Lang::En);
    COMMANDS.iter().find(|command| {
        let own = english.command_name(command.word);
        match command.call {
            Call::Slash | Call::MessageMenu => sub.is_none() && name == own,
            Call::Subcommand(group) => name == english.command_name(group) && sub == Some(own.as_str()),
        }
    })
}

impl Command {
    /// The option that takes text, if there is one.
    pub(crate) fn text_option(&self) -> Option<&'static CommandOption> {
        self.options.iter().find(|option| option.takes != Takes::Flag)
    }

    /// The call as a person types it, without options; the entry's name for a context menu.
    ///
    /// Names are given in English, which Discord accepts in every language, except in a menu that is shown in `lang`.
    pub fn name(&self, lang: Lang) -> String {
        let english = text(Lang::En);
        match self.call {
            Call::Slash => format!("/{}", english.command_name(self.word)),
            Call::Subcommand(group) => {
                format!("/{} {}", english.command_name(group), english.command_name(self.word))
            }
            Call::MessageMenu => text(lang).command_name(self.word),
        }
    }

    /// The call with its options: `/ask question:… [private:…]`.
    fn usage(&self, lang: Lang) -> String {
        self.options.iter().fold(self.name(lang), |usage, option| {
            let name = text(Lang::En).command_name(option.word);
            if option.is_required { format!("{usage} {name}:…") } else { format!("{usage} [{name}:…]") }
        })
    }
}

/// These commands, one line each, in Markdown, as `/help` lists them: only moderators see theirs, and context menus
/// are left out where there are none.
pub(crate) fn help(commands: &[Command], lang: Lang, is_moderator: bool, has_menus: bool) -> String {
    let is_listed = |command: &&Command| {
        (command.who == Who::Everyone || is_moderator) && (command.call != Call::MessageMenu || has_menus)
    };
    let line =
        |command: &Command| format!("`{}`: {}", command.usage(lang), text(lang).command_about(command.word));
    commands.iter().filter(is_listed).map(line).collect::<Vec<_>>().join("\n")
}

/// The table of the commands for `who`, as the README and `docs/moderators.md` have it.
pub fn command_table(who: Who) -> String {
    let mut table = "| command | what it does |\n|---|---|\n".to_owned();
    for command in COMMANDS.iter().filter(|command| command.who == who) {
        let about = text(Lang::En).command_about(command.word);
        table.push_str(&format!("| `{}` | {about} |\n", command.usage(Lang::En)));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_lists_every_command_and_moderators_commands_only_to_moderators() {
        insta::assert_snapshot!("help_en_moderator", help(COMMANDS, Lang::En, true, true));
        insta::assert_snapshot!("help_fr_member", help(COMMANDS, Lang::Fr, false, true));
        assert!(!help(COMMANDS, Lang::En, false, true).contains("/faq"));
        assert!(!help(COMMANDS, Lang::En, true, false).contains("Answer from FAQ"));
    }

    #[test]
    fn the_tables_have_a_row_for_each_way_to_call_a_command() {
        let tables = [command_table(Who::Everyone), command_table(Who::Moderators)];
        insta::assert_snapshot!(tables.join("\n"));
    }

    #[test]
    fn a_command_of_the_table_is_found_by_its_english_name() {
        for command in COMMANDS {
            let own = text(Lang::En).command_name(command.word);
            let found = match command.call {
                Call::Slash | Call::MessageMenu => find(&own, None),
                Call::Subcommand(group) => find(&text(Lang::En).command_name(group), Some(&own)),
            };
            assert_eq!(found.map(|found| found.word), Some(command.word));
        }
        assert!(find("faq", None).is_none());
        assert!(find("help", Some("erase")).is_none());
    }

    #[test]
    fn a_command_takes_at_most_one_text_and_moderators_commands_need_a_moderator() {
        for command in COMMANDS {
            let texts = command.options.iter().filter(|option| option.takes != Takes::Flag).count();
            assert!(texts <= 1, "{:?}", command.word);
            let ask = ask(command.word, Arguments::default());
            assert_eq!(ask.needs_moderator(), command.who == Who::Moderators, "{:?}", command.word);
        }
    }
}
