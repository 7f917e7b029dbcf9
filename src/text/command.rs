//! Names and descriptions of Discord's commands and their options.
//!
//! Which commands there are is told by `discord/commands.rs`; here they only get their words.

use crate::text::Text;

/// A command, a subcommand or an option that has a name and a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandWord {
    /// `/ask`
    Ask,
    /// The option with a question.
    Question,
    /// The option by which only the asker sees the answer.
    Private,
    /// `/media`
    Media,
    /// The option with the reference of one's own enquiry.
    MediaStatus,
    /// `/faq`
    Faq,
    /// `/faq reload`
    FaqReload,
    /// `/faq test`
    FaqTest,
    /// `/faq status`
    FaqStatus,
    /// `/faq enquiries`
    FaqEnquiries,
    /// `/faq retry`
    FaqRetry,
    /// `/faq block`
    FaqBlock,
    /// The option with the reference of an enquiry.
    Reference,
    /// `/privacy`
    Privacy,
    /// `/privacy erase`
    PrivacyErase,
    /// `/help`
    Help,
    /// The entry of a message's context menu.
    AnswerThis,
}

impl CommandWord {
    /// The messages that hold the name and the description.
    fn keys(self) -> (&'static str, &'static str) {
        match self {
            CommandWord::Ask => ("command-ask", "command-ask-about"),
            CommandWord::Question => ("command-question", "command-question-about"),
            CommandWord::Private => ("command-private", "command-private-about"),
            CommandWord::Media => ("command-media", "command-media-about"),
            CommandWord::MediaStatus => ("command-media-status", "command-media-status-about"),
            CommandWord::Faq => ("command-faq", "command-faq-about"),
            CommandWord::FaqReload => ("command-faq-reload", "command-faq-reload-about"),
            CommandWord::FaqTest => ("command-faq-test", "command-faq-test-about"),
            CommandWord::FaqStatus => ("command-faq-status", "command-faq-status-about"),
            CommandWord::FaqEnquiries => ("command-faq-enquiries", "command-faq-enquiries-about"),
            CommandWord::FaqRetry => ("command-faq-retry", "command-faq-retry-about"),
            CommandWord::FaqBlock => ("command-faq-block", "command-faq-block-about"),
            CommandWord::Reference => ("command-reference", "command-reference-about"),
            CommandWord::Privacy => ("command-privacy", "command-privacy-about"),
            CommandWord::PrivacyErase => ("command-privacy-erase", "command-privacy-erase-about"),
            CommandWord::Help => ("command-help", "command-help-about"),
            CommandWord::AnswerThis => ("command-answer-this", "command-answer-this-about"),
        }
    }
}

impl Text {
    /// The name of a command or option; the English one is what Discord sends back.
    pub fn command_name(self, word: CommandWord) -> String {
        self.say(word.keys().0)
    }

    /// The description of a command or option.
    pub fn command_about(self, word: CommandWord) -> String {
        self.say(word.keys().1)
    }

    /// What the bot's profile says it listens to.
    pub fn command_presence(self) -> String {
        self.say("command-presence")
    }
}
