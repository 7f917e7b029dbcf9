//! What members read around an answer. The messages are in `locales/<lang>/conversation.ftl`.

use crate::text::Text;

impl Text {
    /// The button "Show every passage", numbered where there are several answers.
    pub(crate) fn button_passages(self, number: Option<usize>) -> String {
        match number {
            Some(number) => self.get("button-passages-numbered", &[("number", number.into())]),
            None => self.say("button-passages"),
        }
    }

    /// The button "Remove".
    pub(crate) fn button_remove(self) -> String {
        self.say("button-remove")
    }

    /// The heading over whole paragraphs of the announcement.
    pub(crate) fn every_passage_title(self) -> String {
        self.say("every-passage-title")
    }

    /// A message that has something else than text.
    pub(crate) fn no_text(self) -> String {
        self.say("no-text")
    }

    /// The text of a reply did not reach the bot.
    pub(crate) fn withheld(self) -> String {
        self.say("withheld")
    }

    /// How to reach a person where the bot answered unasked.
    pub(crate) fn way_to_a_person(self) -> String {
        self.say("way-to-a-person")
    }

    /// The name of the thread of an answer whose card has no title.
    pub(crate) fn thread_name(self) -> String {
        self.say("thread-name")
    }

    /// Over an answer that its channel does not accept any more.
    pub(crate) fn closed_thread(self) -> String {
        self.say("closed-thread")
    }

    /// Somebody else's answer cannot be taken away.
    pub(crate) fn not_your_answer(self) -> String {
        self.say("not-your-answer")
    }

    /// Discord did not let the bot take the answer away.
    pub(crate) fn not_removed(self) -> String {
        self.say("not-removed")
    }
}
