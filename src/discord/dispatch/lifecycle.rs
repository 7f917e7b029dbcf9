//! Events that need no answer: registering commands, forgetting servers, muted channels, undecodable events.

use std::{
    sync::{Arc, PoisonError, atomic::Ordering},
    time::Duration,
};

use serenity::all::{Guild, Ready, Role, UnavailableGuild, UnknownEvent};

use crate::{
    bot::{Reply, Request, reply::Tone, request::Place},
    discord::{
        dispatch::Dispatch,
        home_guilds::GuildKind,
        invite, register,
        rest::{InteractionToken, RestError},
    },
    ids::{ApplicationId, ChannelId, GuildId},
    lang::Lang,
    text::text,
};

/// Pauses before a failed registration of commands is tried again: the first one, then doubling, up to the last one.
const FIRST_RETRY: Duration = Duration::from_secs(1);
const LAST_RETRY: Duration = Duration::from_secs(600);

impl Dispatch {
    /// Logs that the bot may not write in a channel, and alerts the moderators once.
    pub(super) async fn report_muted_channel(&self, channel: ChannelId, code: u32) {
        tracing::error!(
            %channel,
            code,
            "Discord does not allow the bot to write in this channel; it is tried again in ten minutes"
        );
        let is_new = self.inner.muted.lock().unwrap_or_else(PoisonError::into_inner).insert(channel);
        if !is_new || self.config.discord.moderator_channel == Some(channel) {
            return;
        }
        let text = text(Lang::En);
        let mut notice = Reply::private(text.platform_muted(channel));
        notice.cards.iter_mut().for_each(|card| {
            card.title = Some(text.platform_muted_title());
            card.tone = Tone::Error;
        });
        // Without a moderators' channel it is only in the log.
        let _ = self.notifier.alert_moderators(&notice).await;
    }

    /// The channel accepts the bot again: should it refuse again, the moderators are alerted again.
    pub(super) fn unmute(&self, channel: ChannelId) {
        if self.inner.muted.lock().unwrap_or_else(PoisonError::into_inner).remove(&channel) {
            tracing::info!(%channel, "the bot can write in this channel again");
        }
    }

    /// The reply to a moderators' command outside the home servers; `None` where the bot decides by itself.
    pub(super) fn refusal_outside_home(&self, request: &Request) -> Option<Reply> {
        let Place::Guild { guild, .. } = request.place else { return None };
        if !request.ask.needs_moderator() {
            return None;
        }
        let text = text(request.locale);
        let body = match self.home.kind(guild) {
            GuildKind::Home => return None,
            GuildKind::Other => text.platform_not_home(guild),
            GuildKind::Undecided => text.platform_home_undecided(guild),
        };
        let (actor, ask) = (request.actor.id, request.ask.name());
        tracing::warn!(target: "faqbot::audit", %actor, ask, %guild, "refused: not a home server");
        let mut reply = Reply::private(body);
        reply.cards.iter_mut().for_each(|card| {
            card.title = Some(text.refused_title());
            card.tone = Tone::Error;
        });
        Some(reply)
    }

    /// A server that the bot is in, as a new session lists it: its forums and threads, and the bot's own role.
    pub(super) fn see_guild(&self, guild: &Guild) {
        let channels = &self.inner.channels;
        // Whether a thread is a forum's post depends on the forum.
        guild.channels.values().for_each(|channel| channels.see(channel, false));
        guild.threads.iter().for_each(|thread| channels.see(thread, false));
        guild.roles.values().for_each(|role| self.see_role(role));
    }

    /// A role of a server.
    pub(super) fn see_role(&self, role: &Role) {
        if let Some(me) = self.inner.bot_user.get() {
            self.inner.channels.see_role(role, *me);
        }
    }

    /// The bot was added to a server, or a new session lists it.
    pub(super) fn on_guild_create(self: &Arc<Self>, guild: GuildId, has_channel: impl Fn(ChannelId) -> bool) {
        self.home.add(guild);
        let alerts = self.config.discord.moderator_channel;
        // While no home server is named, the channel that the settings name is the operator's own choice.
        if let Some(channel) = alerts.filter(|channel| has_channel(*channel))
            && !self.config.discord.guilds.is_empty()
            && self.home.kind(guild) == GuildKind::Other
        {
            tracing::error!(
                %channel,
                %guild,
                "no alerts are sent: discord.moderator_channel belongs to a server that is not in discord.guilds"
            );
            self.rest.close_channel(channel);
        }
        self.leave_if_other(guild);
    }

    /// Leaves a server that is not a home server, if the settings say so.
    fn leave_if_other(self: &Arc<Self>, guild: GuildId) {
        if !self.home.must_leave(guild) || !self.inner.leaving().insert(guild) {
            return;
        }
        let this = Arc::clone(self);
        let body = async move {
            match this.rest.leave_guild(guild).await {
                Ok(()) => tracing::warn!(%guild, "left a server that is not in discord.guilds"),
                Err(error) => {
                    tracing::error!(%guild, %error, "could not leave a server that is not in discord.guilds");
                }
            }
            this.inner.leaving().remove(&guild);
        };
        self.tasks.spawn_on(body, &self.runtime);
    }

    /// Registers the commands after the first connection.
    pub(super) fn register(self: &Arc<Self>, application: ApplicationId) {
        if self.inner.is_registered.swap(true, Ordering::Relaxed) {
            return;
        }
        let this = Arc::clone(self);
        let body = async move {
            let mut pause = FIRST_RETRY;
            while let Err(error) = this.try_registering(application).await {
                if error == RestError::TokenRefused {
                    return;
                }
                let seconds = pause.as_secs();
                tracing::error!(%error, seconds, "the commands could not be registered; trying again");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LAST_RETRY);
            }
        };
        // The shutdown waits for requests in progress, not for this.
        let shutdown = self.shutdown.clone();
        self.runtime.spawn(async move { shutdown.run_until_cancelled(body).await });
    }

    async fn try_registering(&self, application: ApplicationId) -> Result<(), RestError> {
        let has_roles = !self.config.discord.moderator_roles.is_empty();
        if register::register(&self.rest, application, &self.data, has_roles).await? {
            let invitation = invite::link(application);
            tracing::info!(invitation, "registered the commands; the invitation adds the bot to a server");
        } else {
            tracing::debug!("the commands are registered already");
        }
        Ok(())
    }

    /// The bot was removed from a server. A server that is merely unavailable has an outage and comes back.
    pub(super) fn on_guild_delete(self: &Arc<Self>, guild: &UnavailableGuild) {
        if guild.unavailable {
            return;
        }
        let (this, guild) = (Arc::clone(self), GuildId::new(guild.id.get()));
        self.home.remove(guild);
        self.tasks.spawn_on(async move { this.bot.left(guild).await }, &self.runtime);
    }

    /// Discord reports removals only while the bot is connected, so each new session compares the list of servers.
    pub(super) fn forget_guilds_left_while_offline(self: &Arc<Self>, ready: &Ready) {
        let guilds: Vec<GuildId> = ready.guilds.iter().map(|guild| GuildId::new(guild.id.get())).collect();
        let (shard, shards) =
            ready.shard.map_or((0, 1), |shard| (u64::from(shard.id.0), u64::from(shard.total)));
        // The list covers one shard; the formula for a server's shard is Discord's own.
        let is_of_shard = move |guild: GuildId| (guild.get() >> 22) % shards.max(1) == shard;
        self.home.set_joined(is_of_shard, &guilds);
        guilds.iter().for_each(|guild| self.leave_if_other(*guild));
        let is_left = move |guild: GuildId| is_of_shard(guild) && !guilds.contains(&guild);
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
