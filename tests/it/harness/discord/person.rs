//! The people who talk to the bot.

use faqbot::{bot::Action, discord::encode_custom_id, ids::UserId, knowledge::EntryId};
use serde_json::{Value, json};

use super::BOT;

/// The role that tests name in `discord.moderator_roles`.
pub(crate) const ROLE: u64 = 600_000_000_000_000_001;

/// A person.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// The id.
    pub(crate) id: u64,
    /// The name.
    pub(crate) name: String,
    /// The language of the client, such as `en-GB`.
    pub(crate) locale: String,
    roles: Vec<u64>,
    permissions: u64,
}

impl Person {
    /// A member with no rights beyond writing; the same name is the same person.
    pub(crate) fn new(name: &str) -> Person {
        let id = name.bytes().fold(7u64, |id, byte| (id * 31 + u64::from(byte)) % 100_000_000_000_000);
        Person {
            id: 500_000_000_000_000_000 + id,
            name: name.to_owned(),
            locale: "en-GB".to_owned(),
            roles: Vec::new(),
            permissions: 1 << 10 | 1 << 11,
        }
    }

    /// Someone with the moderators' role.
    pub(crate) fn with_role(mut self) -> Person {
        self.roles.push(ROLE);
        self
    }

    /// Someone who may manage the server.
    pub(crate) fn managing(mut self) -> Person {
        self.permissions |= 1 << 5;
        self
    }

    /// Someone whose client is set to that language.
    pub(crate) fn speaking(mut self, locale: &str) -> Person {
        self.locale = locale.to_owned();
        self
    }

    /// The custom id of a near miss under an answer to this person. Which near misses there are depends on scores.
    pub(crate) fn near_miss(&self, entry: &str) -> String {
        let (entry, asker) = (EntryId::new(entry).unwrap(), Some(UserId::new(self.id)));
        encode_custom_id(&Action::Show { entry, asker }).unwrap()
    }

    /// The user object.
    pub(crate) fn user(&self) -> Value {
        json!({
            "id": self.id.to_string(), "username": self.name, "discriminator": "0", "global_name": self.name,
            "avatar": null, "bot": false, "public_flags": 0
        })
    }

    /// The member object of an interaction.
    pub(crate) fn member(&self) -> Value {
        let mut member = self.partial_member();
        member["user"] = self.user();
        member["permissions"] = json!(self.permissions.to_string());
        member
    }

    /// The member object of a message, which has neither user nor permissions.
    pub(crate) fn partial_member(&self) -> Value {
        let roles: Vec<String> = self.roles.iter().map(u64::to_string).collect();
        json!({
            "roles": roles, "joined_at": "2026-01-01T00:00:00.000000+00:00", "deaf": false, "mute": false, "flags": 0,
            "nick": null, "avatar": null, "premium_since": null, "pending": false, "communication_disabled_until": null
        })
    }
}

/// The bot's own user object.
pub(crate) fn bot_user() -> Value {
    json!({
        "id": BOT.to_string(), "username": "faq", "discriminator": "0000", "global_name": null, "avatar": null,
        "bot": true, "public_flags": 0, "flags": 0, "verified": true, "mfa_enabled": false, "email": null
    })
}
