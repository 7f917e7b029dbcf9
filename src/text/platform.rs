//! What the Discord rim adds to a reply, and what it says when no reply could be had.

use crate::ids::ChannelId;
use crate::text::Text;

impl Text {
    /// The short public word in place of a private answer: whether it went out as a direct message.
    pub fn private_pointer(self, is_sent: bool) -> String {
        if is_sent { self.say("rim-sent-privately") } else { self.say("rim-press-privately") }
    }

    /// The short public word where a direct message is refused and there is nothing to press.
    pub fn rim_closed(self) -> String {
        self.say("rim-closed")
    }

    /// Our fault.
    pub fn rim_apology(self) -> String {
        self.say("rim-apology")
    }

    /// An answer where there is nothing to say, since no interaction may end without one.
    pub fn rim_nothing(self) -> String {
        self.say("rim-nothing")
    }

    /// The heading above what a person typed into a form that can no longer be taken.
    pub fn rim_typed(self) -> String {
        self.say("rim-typed")
    }

    /// The heading of the notice that a channel refuses the bot.
    pub fn rim_muted_title(self) -> String {
        self.say("rim-muted-title")
    }

    /// The notice that a channel refuses the bot.
    pub fn rim_muted(self, channel: ChannelId) -> String {
        self.get("rim-muted", &[("channel", channel.to_string().into())])
    }
}
