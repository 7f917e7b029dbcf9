//! What the Discord adapter adds to a reply, and what it shows when there is no reply.

use crate::{
    ids::{ChannelId, GuildId},
    text::Text,
};

impl Text {
    /// The short public message in place of a private answer; `is_sent`: the answer went out as a direct message.
    pub(crate) fn private_pointer(self, is_sent: bool) -> String {
        if is_sent { self.say("platform-sent-privately") } else { self.say("platform-press-privately") }
    }

    /// The short public message where a direct message is refused and there is no button to press.
    pub(crate) fn platform_closed(self) -> String {
        self.say("platform-closed")
    }

    /// The apology for a failure of the bot.
    pub(crate) fn platform_apology(self) -> String {
        self.say("platform-apology")
    }

    /// The reply where there is nothing to show: every interaction needs one.
    pub(crate) fn platform_nothing(self) -> String {
        self.say("platform-nothing")
    }

    /// The heading above what a person typed into a form that can no longer be accepted.
    pub(crate) fn platform_typed(self) -> String {
        self.say("platform-typed")
    }

    /// The refusal of a moderators' command in a server that is not a home server.
    pub(crate) fn platform_not_home(self, guild: GuildId) -> String {
        self.get("platform-not-home", &[("guild", guild.to_string().into())])
    }

    /// The refusal of a moderators' command while no home server is set.
    pub(crate) fn platform_home_undecided(self, guild: GuildId) -> String {
        self.get("platform-home-undecided", &[("guild", guild.to_string().into())])
    }

    /// The heading of the notice that a channel refuses the bot.
    pub(crate) fn platform_muted_title(self) -> String {
        self.say("platform-muted-title")
    }

    /// The notice that a channel refuses the bot.
    pub(crate) fn platform_muted(self, channel: ChannelId) -> String {
        self.get("platform-muted", &[("channel", channel.to_string().into())])
    }
}
