//! Names and descriptions of commands and their options.
//!
//! `bot/commands.rs` says which commands there are and what they do.

use crate::text::Text;

/// A command: something a person can call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandWord {
    /// `/ask`
    Ask,
    /// `/media`
    Media,
    /// `/help`
    Help,
    /// `/privacy show`
    PrivacyShow,
    /// `/privacy erase`
    PrivacyErase,
    /// The entry of a message's context menu.
    AnswerThis,
    /// `/faq reload`
    FaqReload,
    /// `/faq test`
    FaqTest,
    /// `/faq status`
    FaqStatus,
    /// `/faq add`
    FaqAdd,
    /// `/faq edit`
    FaqEdit,
    /// `/faq translate`
    FaqTranslate,
    /// `/faq remove`
    FaqRemove,
    /// `/faq quote`
    FaqQuote,
    /// `/faq coverage`
    FaqCoverage,
    /// `/faq history`
    FaqHistory,
    /// `/faq rollback`
    FaqRollback,
    /// "Add to FAQ" in a message's context menu.
    AddToFaq,
    /// "Teach this wording" in a message's context menu.
    TeachWording,
    /// `/faq unanswered`
    FaqUnanswered,
    /// `/faq stats`
    FaqStats,
    /// `/faq corrections`
    FaqCorrections,
    /// `/faq enquiries`
    FaqEnquiries,
    /// `/faq retry`
    FaqRetry,
    /// `/faq block`
    FaqBlock,
}

/// A group of subcommands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandGroup {
    /// `/faq`
    Faq,
    /// `/privacy`
    Privacy,
}

/// An option of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionWord {
    /// A question.
    Question,
    /// Whether only the asker sees the answer.
    Private,
    /// The reference of one's own enquiry.
    MediaStatus,
    /// The reference of an enquiry.
    Reference,
    /// An entry.
    Entry,
    /// A revision of the FAQ.
    Revision,
    /// Words to search for.
    Search,
}

/// What has a name and a description among the commands.
pub(crate) trait Described {
    /// The keys of the messages that hold the name and the description.
    fn keys(self) -> (&'static str, &'static str);
}

impl Described for CommandWord {
    fn keys(self) -> (&'static str, &'static str) {
        match self {
            CommandWord::Ask => ("command-ask", "command-ask-about"),
            CommandWord::Media => ("command-media", "command-media-about"),
            CommandWord::Help => ("command-help", "command-help-about"),
            CommandWord::PrivacyShow => ("command-privacy-show", "command-privacy-show-about"),
            CommandWord::PrivacyErase => ("command-privacy-erase", "command-privacy-erase-about"),
            CommandWord::AnswerThis => ("command-answer-this", "command-answer-this-about"),
            CommandWord::FaqReload => ("command-faq-reload", "command-faq-reload-about"),
            CommandWord::FaqTest => ("command-faq-test", "command-faq-test-about"),
            CommandWord::FaqStatus => ("command-faq-status", "command-faq-status-about"),
            CommandWord::FaqAdd => ("command-faq-add", "command-faq-add-about"),
            CommandWord::FaqEdit => ("command-faq-edit", "command-faq-edit-about"),
            CommandWord::FaqTranslate => ("command-faq-translate", "command-faq-translate-about"),
            CommandWord::FaqRemove => ("command-faq-remove", "command-faq-remove-about"),
            CommandWord::FaqQuote => ("command-faq-quote", "command-faq-quote-about"),
            CommandWord::FaqCoverage => ("command-faq-coverage", "command-faq-coverage-about"),
            CommandWord::FaqHistory => ("command-faq-history", "command-faq-history-about"),
            CommandWord::FaqRollback => ("command-faq-rollback", "command-faq-rollback-about"),
            CommandWord::AddToFaq => ("command-add-to-faq", "command-add-to-faq-about"),
            CommandWord::TeachWording => ("command-teach-wording", "command-teach-wording-about"),
            CommandWord::FaqUnanswered => ("command-faq-unanswered", "command-faq-unanswered-about"),
            CommandWord::FaqStats => ("command-faq-stats", "command-faq-stats-about"),
            CommandWord::FaqCorrections => ("command-faq-corrections", "command-faq-corrections-about"),
            CommandWord::FaqEnquiries => ("command-faq-enquiries", "command-faq-enquiries-about"),
            CommandWord::FaqRetry => ("command-faq-retry", "command-faq-retry-about"),
            CommandWord::FaqBlock => ("command-faq-block", "command-faq-block-about"),
        }
    }
}

impl Described for CommandGroup {
    fn keys(self) -> (&'static str, &'static str) {
        match self {
            CommandGroup::Faq => ("command-faq", "command-faq-about"),
            CommandGroup::Privacy => ("command-privacy", "command-privacy-about"),
        }
    }
}

impl Described for OptionWord {
    fn keys(self) -> (&'static str, &'static str) {
        match self {
            OptionWord::Question => ("command-question", "command-question-about"),
            OptionWord::Private => ("command-private", "command-private-about"),
            OptionWord::MediaStatus => ("command-media-status", "command-media-status-about"),
            OptionWord::Reference => ("command-reference", "command-reference-about"),
            OptionWord::Search => ("command-search", "command-search-about"),
            OptionWord::Revision => ("command-revision", "command-revision-about"),
            OptionWord::Entry => ("command-entry", "command-entry-about"),
        }
    }
}

impl Text {
    /// The name of a command, a group or an option. Discord sends the English one back.
    pub(crate) fn command_name(self, word: impl Described) -> String {
        self.say(word.keys().0)
    }

    /// The description of a command, a group or an option.
    pub(crate) fn command_about(self, word: impl Described) -> String {
        self.say(word.keys().1)
    }

    /// The activity that the bot's profile shows.
    pub(crate) fn command_presence(self) -> String {
        self.say("command-presence")
    }
}
