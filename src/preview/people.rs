//! The people and channels of the preview's server, as Discord describes them.

use serde_json::{Value, json};

use crate::ids::ChannelId;

/// The bot's user, which is its application too.
pub(super) const BOT: u64 = 900_000_000_000_000_001;
/// The only server.
pub(super) const GUILD: u64 = 800_000_000_000_000_001;

/// The permission to manage the server.
const MANAGE_GUILD: u64 = 1 << 5;
/// To see channels and to write there.
const VIEW_AND_SEND: u64 = 1 << 10 | 1 << 11;

/// A person whom one can be on the page.
pub(super) struct Person {
    /// The id.
    pub(super) id: u64,
    /// The name.
    pub(super) name: &'static str,
    /// Whether the person may manage the server.
    pub(super) is_moderator: bool,
}

/// Everybody whom one can be.
pub(super) const PEOPLE: [Person; 3] = [
    Person { id: 400_000_000_000_000_001, name: "Ada", is_moderator: false },
    Person { id: 400_000_000_000_000_002, name: "Ben", is_moderator: false },
    Person { id: 400_000_000_000_000_003, name: "Mo", is_moderator: true },
];

/// A channel of the server.
pub(super) struct Channel {
    id: u64,
    name: &'static str,
    /// Whether only moderators see it.
    is_for_moderators: bool,
}

/// A channel in which the bot answers when it is addressed.
const GENERAL: Channel = Channel { id: 700_000_000_000_000_001, name: "general", is_for_moderators: false };
/// The channel of `discord.ask_channels`.
pub(super) const ASK: Channel =
    Channel { id: 700_000_000_000_000_002, name: "questions", is_for_moderators: false };
/// The channel of `discord.moderator_channel`.
pub(super) const MODERATORS: Channel =
    Channel { id: 700_000_000_000_000_003, name: "moderators", is_for_moderators: true };

const CHANNELS: [&Channel; 3] = [&GENERAL, &ASK, &MODERATORS];

/// How much larger the id of a private channel is than that of its person.
const DIRECT: u64 = 1_000;

impl Channel {
    /// Its id.
    pub(super) const fn id(&self) -> ChannelId {
        ChannelId::new(self.id)
    }
}

impl Person {
    /// The person with that id.
    pub(super) fn find(id: u64) -> Option<&'static Person> {
        const EVERYBODY: &[Person] = &PEOPLE;
        EVERYBODY.iter().find(|person| person.id == id)
    }

    /// The private channel with the bot.
    pub(super) fn direct(&self) -> u64 {
        self.id + DIRECT
    }

    /// Whether the person sees a channel.
    pub(super) fn sees(&self, channel: u64) -> bool {
        let is_public =
            |known: &&Channel| known.id == channel && (self.is_moderator || !known.is_for_moderators);
        channel == self.direct() || CHANNELS.iter().any(is_public)
    }

    /// Whether the person has all of these permissions.
    pub(super) fn has(&self, permissions: u64) -> bool {
        self.permissions() & permissions == permissions
    }

    fn permissions(&self) -> u64 {
        VIEW_AND_SEND | if self.is_moderator { MANAGE_GUILD } else { 0 }
    }

    /// The user object.
    pub(super) fn user(&self) -> Value {
        json!({
            "id": self.id.to_string(), "username": self.name.to_lowercase(), "discriminator": "0",
            "global_name": self.name, "avatar": null, "bot": false, "public_flags": 0
        })
    }

    /// The member object of an interaction.
    pub(super) fn member(&self) -> Value {
        let mut member = self.partial_member();
        member["user"] = self.user();
        member["permissions"] = json!(self.permissions().to_string());
        member
    }

    /// The member object of a message, which has neither user nor permissions.
    pub(super) fn partial_member(&self) -> Value {
        json!({
            "roles": [], "joined_at": "2026-01-01T00:00:00.000000+00:00", "deaf": false, "mute": false, "flags": 0,
            "nick": null, "avatar": null, "premium_since": null, "pending": false, "communication_disabled_until": null
        })
    }
}

/// Whether a channel is the private channel of a person.
pub(super) fn is_direct(channel: u64) -> bool {
    PEOPLE.iter().any(|person| person.direct() == channel)
}

/// Whether there is such a channel.
pub(super) fn is_channel(channel: u64) -> bool {
    PEOPLE.iter().any(|person| person.sees(channel))
}

/// The bot's own user object.
pub(super) fn bot_user() -> Value {
    json!({
        "id": BOT.to_string(), "username": "faqbot", "discriminator": "0000", "global_name": null, "avatar": null,
        "bot": true, "public_flags": 0, "flags": 0, "verified": true, "mfa_enabled": false, "email": null
    })
}

/// What the page shows of people and channels.
pub(super) fn roster() -> Value {
    let people = PEOPLE.iter().map(|person| {
        json!({
            "id": person.id.to_string(), "name": person.name, "is_moderator": person.is_moderator,
            "permissions": person.permissions().to_string(), "direct": person.direct().to_string()
        })
    });
    let channels = CHANNELS.iter().map(|channel| {
        json!({
            "id": channel.id.to_string(), "name": channel.name, "is_for_moderators": channel.is_for_moderators,
            "is_ask": channel.id == ASK.id
        })
    });
    json!({
        "people": people.collect::<Vec<_>>(), "channels": channels.collect::<Vec<_>>(),
        "bot": bot_user(), "guild": GUILD.to_string()
    })
}

/// The data of READY.
pub(super) fn ready() -> Value {
    json!({
        "v": 10, "user": bot_user(), "guilds": [{"id": GUILD.to_string(), "unavailable": true}], "session_id": "preview",
        "resume_gateway_url": "ws://127.0.0.1", "shard": [0, 1],
        "application": {"id": BOT.to_string(), "flags": 0}
    })
}

/// The data of GUILD_CREATE.
pub(super) fn guild() -> Value {
    let channels = CHANNELS.iter().map(|channel| {
        json!({
            "id": channel.id.to_string(), "type": 0, "guild_id": GUILD.to_string(), "name": channel.name, "position": 0,
            "permission_overwrites": [], "nsfw": false, "topic": null, "parent_id": null, "rate_limit_per_user": 0,
            "last_message_id": null, "flags": 0
        })
    });
    let everyone = json!({
        "id": GUILD.to_string(), "name": "@everyone", "color": 0, "hoist": false, "managed": false,
        "mentionable": false, "permissions": VIEW_AND_SEND.to_string(), "position": 0, "flags": 0, "icon": null,
        "unicode_emoji": null, "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}
    });
    json!({
        "id": GUILD.to_string(), "name": "Preview", "icon": null, "splash": null, "discovery_splash": null,
        "owner_id": "400000000000000009", "afk_channel_id": null, "afk_timeout": 300, "verification_level": 0,
        "default_message_notifications": 0, "explicit_content_filter": 0, "roles": [everyone], "emojis": [],
        "features": [], "mfa_level": 0, "application_id": null, "system_channel_id": null, "system_channel_flags": 0,
        "rules_channel_id": null, "vanity_url_code": null, "description": null, "banner": null, "premium_tier": 0,
        "preferred_locale": "en-US", "public_updates_channel_id": null, "nsfw_level": 0, "stickers": [],
        "premium_progress_bar_enabled": false, "joined_at": "2026-01-01T00:00:00.000000+00:00", "large": false,
        "unavailable": false, "member_count": 4, "voice_states": [], "members": [], "threads": [], "presences": [],
        "stage_instances": [], "channels": channels.collect::<Vec<_>>(), "guild_scheduled_events": [],
        "safety_alerts_channel_id": null
    })
}
