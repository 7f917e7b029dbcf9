//! Which servers are home servers: the only ones whose moderators moderate the bot.
//!
//! Whoever may manage any server can invite the bot there, so that permission alone proves nothing. `discord.guilds`
//! names the home servers. While it is not set, the only server that the bot is in counts as home; with several,
//! nobody moderates until it is set.

use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{config, ids::GuildId};

/// The home servers, by the settings and the servers that the bot is in.
pub(super) struct HomeGuilds {
    configured: BTreeSet<GuildId>,
    leaves_others: bool,
    joined: Mutex<BTreeSet<GuildId>>,
}

/// What a server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GuildKind {
    /// Its moderators moderate the bot.
    Home,
    /// Its moderators do not.
    Other,
    /// The bot is in several servers and `discord.guilds` is not set, so nobody moderates.
    Undecided,
}

impl HomeGuilds {
    pub(super) fn new(settings: &config::Discord) -> HomeGuilds {
        HomeGuilds {
            configured: settings.guilds.iter().copied().collect(),
            leaves_others: settings.leave_other_guilds,
            joined: Mutex::default(),
        }
    }

    /// What a server is; a server that Discord has not announced is never home by itself.
    pub(super) fn kind(&self, guild: GuildId) -> GuildKind {
        let joined = self.joined();
        if !self.configured.is_empty() {
            if self.configured.contains(&guild) { GuildKind::Home } else { GuildKind::Other }
        } else if joined.len() == 1 && joined.contains(&guild) {
            GuildKind::Home
        } else if joined.len() > 1 {
            GuildKind::Undecided
        } else {
            GuildKind::Other
        }
    }

    /// Whether the bot leaves that server at once.
    pub(super) fn must_leave(&self, guild: GuildId) -> bool {
        self.leaves_others && !self.configured.is_empty() && !self.configured.contains(&guild)
    }

    /// Replaces the servers of one shard by those of a new session, and logs what that means.
    pub(super) fn set_joined(&self, is_of_shard: impl Fn(GuildId) -> bool, guilds: &[GuildId]) {
        self.change(|joined| {
            joined.retain(|guild| !is_of_shard(*guild));
            joined.extend(guilds);
        });
    }

    /// The bot was added to a server.
    pub(super) fn add(&self, guild: GuildId) {
        self.change(|joined| _ = joined.insert(guild));
    }

    /// The bot was removed from a server.
    pub(super) fn remove(&self, guild: GuildId) {
        self.change(|joined| _ = joined.remove(&guild));
    }

    fn change(&self, change: impl FnOnce(&mut BTreeSet<GuildId>)) {
        let mut joined = self.joined();
        let before = joined.clone();
        change(&mut joined);
        if *joined != before {
            self.log(&joined);
        }
    }

    fn log(&self, joined: &BTreeSet<GuildId>) {
        let missing = self.configured.difference(joined).count();
        match (self.configured.len(), joined.len()) {
            (0, 0) => {}
            (0, 1) => {
                let guild = joined.first().map(GuildId::to_string);
                tracing::info!(
                    guild,
                    "the only server counts as the home server; set discord.guilds to make it last"
                );
            }
            (0, servers) => {
                let guilds: Vec<String> = joined.iter().map(GuildId::to_string).collect();
                let guilds = guilds.join(", ");
                tracing::error!(
                    servers,
                    "moderation is off: the bot is in several servers and discord.guilds does not say which of them \
                     are home; set discord.guilds to those of [{guilds}]"
                );
            }
            _ if missing > 0 => tracing::warn!(missing, "the bot is not in every server of discord.guilds"),
            _ => {}
        }
    }

    fn joined(&self) -> MutexGuard<'_, BTreeSet<GuildId>> {
        self.joined.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: GuildId = GuildId::new(1);
    const B: GuildId = GuildId::new(2);

    fn guilds(configured: &[GuildId], leaves_others: bool) -> HomeGuilds {
        let settings = config::Discord {
            guilds: configured.to_vec(),
            leave_other_guilds: leaves_others,
            ..config::Discord::default()
        };
        HomeGuilds::new(&settings)
    }

    #[test]
    fn the_only_server_is_home_until_there_is_a_second_one() {
        let guilds = guilds(&[], false);
        assert_eq!(guilds.kind(A), GuildKind::Other, "Discord has not announced it");
        guilds.set_joined(|_| true, &[A]);
        assert_eq!((guilds.kind(A), guilds.kind(B)), (GuildKind::Home, GuildKind::Other));
        guilds.add(B);
        assert_eq!((guilds.kind(A), guilds.kind(B)), (GuildKind::Undecided, GuildKind::Undecided));
        guilds.remove(B);
        assert_eq!(guilds.kind(A), GuildKind::Home);
    }

    #[test]
    fn the_settings_decide_wherever_the_bot_is() {
        let guilds = guilds(&[A], true);
        guilds.set_joined(|_| true, &[B]);
        assert_eq!((guilds.kind(A), guilds.kind(B)), (GuildKind::Home, GuildKind::Other));
        assert!(guilds.must_leave(B) && !guilds.must_leave(A));
    }

    #[test]
    fn a_new_session_of_one_shard_keeps_the_servers_of_the_others() {
        let guilds = guilds(&[], false);
        guilds.set_joined(|guild| guild == A, &[A]);
        guilds.set_joined(|guild| guild == B, &[B]);
        assert_eq!(guilds.kind(A), GuildKind::Undecided);
        guilds.set_joined(|guild| guild == B, &[]);
        assert_eq!(guilds.kind(A), GuildKind::Home);
    }
}
