//! Events that need no answer: registering commands, forgetting servers, muted channels, undecodable events.

use std::{
    collections::HashSet,
    sync::{Arc, PoisonError, atomic::Ordering},
};

use serenity::all::{Ready, UnavailableGuild, UnknownEvent};

use crate::ids::{ApplicationId, ChannelId, GuildId};
use crate::{
    bot::{Reply, reply::Tone},
    discord::{dispatch::Dispatch, invite, register, rest::InteractionToken},
    lang::Lang,
    text::text,
};

impl Dispatch {
    /// Alerts the moderators once that the bot may not write in a channel.
    pub(super) async fn report_muted_channel(&self, channel: ChannelId) {
        let is_new = self.inner.muted.lock().unwrap_or_else(PoisonError::into_inner).insert(channel);
        if !is_new || self.config.discord.moderator_channel == Some(channel) {
            return;
        }
        tracing::error!(%channel, "Discord does not allow the bot to write in this channel");
        let text = text(Lang::En);
        let mut notice = Reply::private(text.platform_muted(channel));
        notice.cards.iter_mut().for_each(|card| {
            card.title = Some(text.platform_muted_title());
            card.tone = Tone::Error;
        });
        // Without a moderators' channel it is only in the log.
        let _ = self.notifier.alert_moderators(&notice).await;
    }

    /// Registers the commands after the first connection.
    pub(super) fn register(self: &Arc<Self>, application: ApplicationId) {
        if self.inner.is_registered.swap(true, Ordering::Relaxed) {
            return;
        }
        let this = Arc::clone(self);
        let body = async move {
            let has_roles = !this.config.discord.moderator_roles.is_empty();
            match register::register(&this.rest, application, &this.data, has_roles).await {
                Ok(true) => {
                    let invitation = invite::link(application);
                    tracing::info!(
                        invitation,
                        "registered the commands; the invitation adds the bot to a server"
                    );
                }
                Ok(false) => tracing::debug!("the commands are registered already"),
                Err(error) => {
                    tracing::error!(%error, "the commands could not be registered; the next connection tries again");
                    this.inner.is_registered.store(false, Ordering::Relaxed);
                }
            }
        };
        self.tasks.spawn_on(body, &self.runtime);
    }

    /// The bot was removed from a server. A server that is merely unavailable has an outage and comes back.
    pub(super) fn on_guild_delete(self: &Arc<Self>, guild: &UnavailableGuild) {
        if guild.unavailable {
            return;
        }
        let (this, guild) = (Arc::clone(self), GuildId::new(guild.id.get()));
        self.tasks.spawn_on(async move { this.bot.left(guild).await }, &self.runtime);
    }

    /// Discord reports removals only while the bot is connected, so each new session compares the list of servers.
    pub(super) fn forget_guilds_left_while_offline(self: &Arc<Self>, ready: &Ready) {
        let guilds: HashSet<u64> = ready.guilds.iter().map(|guild| guild.id.get()).collect();
        let (shard, shards) =
            ready.shard.map_or((0, 1), |shard| (u64::from(shard.id.0), u64::from(shard.total)));
        // The list covers one shard; the formula for a server's shard is Discord's own.
        let is_left = move |guild: GuildId| {
            (guild.get() >> 22) % shards.max(1) == shard && !guilds.contains(&guild.get())
        };
        let this = Arc::clone(self);
        self.tasks.spawn_on(async move { this.bot.left_while_away(is_left).await }, &self.runtime);
    }

    /// Logs an event that cannot be decoded, and answers it if it is an interaction.
    pub(super) fn on_unknown_event(self: &Arc<Self>, event: UnknownEvent) {
        let is_for_us = ["INTERACTION_CREATE", "MESSAGE_CREATE"].contains(&event.kind.as_str());
        match (self.health.is_new_unknown(&event.kind), is_for_us) {
            (true, true) => {
                tracing::error!(kind = event.kind, "received an event that this version cannot decode")
            }
            (true, false) => tracing::debug!(kind = event.kind, "received an event of an unknown kind"),
            (false, _) => {}
        }
        let field = |name: &str| event.value.get(name).and_then(|value| value.as_str());
        let id = field("id").and_then(|id| id.parse().ok());
        let (Some(id), Some(token), "INTERACTION_CREATE") = (id, field("token"), event.kind.as_str()) else {
            return;
        };
        let locale = field("locale").and_then(Lang::from_code).unwrap_or(Lang::En);
        let (this, token) = (Arc::clone(self), InteractionToken(token.to_owned()));
        let body = async move { this.apologise(id, &token, locale).await };
        self.tasks.spawn_on(body, &self.runtime);
    }
}
