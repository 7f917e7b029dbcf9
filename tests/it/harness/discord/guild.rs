//! A server, as a GUILD_CREATE describes it.

use serde_json::{Value, json};

use super::{ASK_CHANNEL, CHANNEL, GUILD, MODERATOR_CHANNEL, Person, ROLE};

/// How much larger the ids of another server's channels are.
pub(crate) const OTHER_CHANNELS: u64 = 1000;

/// The home server.
pub(crate) fn guild() -> Value {
    guild_with_id(GUILD)
}

/// Another server. Its channels are those of the home server, with ids that are larger by [`OTHER_CHANNELS`].
pub(crate) fn guild_with_id(guild: u64) -> Value {
    let shift = if guild == GUILD { 0 } else { OTHER_CHANNELS };
    let channel = |id: u64, name: &str| {
        let id = id + shift;
        json!({
            "id": id.to_string(), "type": 0, "guild_id": guild.to_string(), "name": name, "position": 0,
            "permission_overwrites": [], "nsfw": false, "topic": null, "parent_id": null, "rate_limit_per_user": 0,
            "last_message_id": null, "flags": 0
        })
    };
    let role = |id: u64, name: &str| {
        json!({
            "id": id.to_string(), "name": name, "color": 0, "hoist": false, "managed": false, "mentionable": false,
            "permissions": "3072", "position": 0, "flags": 0, "icon": null, "unicode_emoji": null,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}
        })
    };
    json!({
        "id": guild.to_string(), "name": "The community", "icon": null, "splash": null, "discovery_splash": null,
        "owner_id": Person::new("owner").id.to_string(), "afk_channel_id": null, "afk_timeout": 300,
        "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0,
        "roles": [role(guild, "@everyone"), role(ROLE, "moderators")], "emojis": [], "features": [], "mfa_level": 0,
        "application_id": null, "system_channel_id": null, "system_channel_flags": 0, "rules_channel_id": null,
        "vanity_url_code": null, "description": null, "banner": null, "premium_tier": 0, "preferred_locale": "en-US",
        "public_updates_channel_id": null, "nsfw_level": 0, "stickers": [], "premium_progress_bar_enabled": false,
        "joined_at": "2026-01-01T00:00:00.000000+00:00", "large": false, "unavailable": false, "member_count": 3,
        "voice_states": [], "members": [], "threads": [], "presences": [], "stage_instances": [],
        "channels": [channel(CHANNEL, "general"), channel(ASK_CHANNEL, "ask"), channel(MODERATOR_CHANNEL, "moderators")],
        "guild_scheduled_events": [], "safety_alerts_channel_id": null
    })
}
