//! What an event brings beside an answer: commands to register, moderators to tell, servers to forget, events
//! that cannot be read.

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
    /// Tells the moderators once that a channel refuses the bot.
    pub(super) async fn tell_muted(&self, channel: ChannelId) {
        let is_new = self.inner.muted.lock().unwrap_or_else(PoisonError::into_inner).insert(channel);
        if !is_new || self.config.discord.moderator_channel == Some(channel) {
            return;
        }
        tracing::error!(%channel, "Discord does not let the bot write in this channel");
        let words = text(Lang::En);
        let mut notice = Reply::private(words.rim_muted(channel));
        notice.cards.iter_mut().for_each(|card| {
            card.title = Some(words.rim_muted_title());
            card.tone = Tone::Error;
        });
        // Without a moderators' channel the log has it.
        let _ = self.notifier.tell_moderators(&notice).await;
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
                        "the commands are registered; the invitation adds the bot to a server"
                    );
                }
                Ok(false) => tracing::debug!("the commands are registered already"),
                Err(error) => {
                    tracing::error!(%error, "the commands could not be registered; the next connection tries again");
                    this.inner.is_registered.store(false, Ordering::Relaxed);
                }
            }
        };
        self.tasks.spawn_on(body, &self.service);
    }

    /// The bot was put out of a server. One that is merely unavailable has an outage and comes back.
    pub(super) fn left(self: &Arc<Self>, guild: &UnavailableGuild) {
        if guild.unavailable {
            return;
        }
        let (this, guild) = (Arc::clone(self), GuildId::new(guild.id.get()));
        self.tasks.spawn_on(async move { this.bot.left(guild).await }, &self.service);
    }

    /// Discord tells of a server that was left only while the bot listens, so each new session compares.
    pub(super) fn left_while_away(self: &Arc<Self>, ready: &Ready) {
        let guilds: HashSet<u64> = ready.guilds.iter().map(|guild| guild.id.get()).collect();
        let (shard, shards) =
            ready.shard.map_or((0, 1), |shard| (u64::from(shard.id.0), u64::from(shard.total)));
        // The list is that of one shard; which one a server belongs to is Discord's own formula.
        let is_left = move |guild: GuildId| {
            (guild.get() >> 22) % shards.max(1) == shard && !guilds.contains(&guild.get())
        };
        let this = Arc::clone(self);
        self.tasks.spawn_on(async move { this.bot.left_while_away(is_left).await }, &self.service);
    }

    /// Counts an event that this version cannot read, and answers it where it is an interaction all the same.
    pub(super) fn unknown(self: &Arc<Self>, event: UnknownEvent) {
        let is_for_us = ["INTERACTION_CREATE", "MESSAGE_CREATE"].contains(&event.kind.as_str());
        match (self.health.count_unknown(&event.kind), is_for_us) {
            (true, true) => tracing::error!(kind = event.kind, "an event that this version cannot read"),
            (true, false) => tracing::debug!(kind = event.kind, "an event of a kind that is not needed"),
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
        self.tasks.spawn_on(body, &self.service);
    }
}
