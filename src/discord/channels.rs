//! What Discord reported about threads, forums and the bot's own roles: a message names only the channel it is in. Ids
//! alone, bounded; the title of a forum's post only until its first message arrives.

use std::{
    collections::HashSet,
    num::NonZero,
    sync::{Mutex, MutexGuard, PoisonError},
};

use lru::LruCache;
use serenity::all::{ChannelType, GuildChannel, Role};

use crate::ids::{ChannelId, RoleId, UserId};

/// Threads remembered: the last ones that were seen.
const THREADS: NonZero<usize> = NonZero::new(16_384).expect("it is not zero");
/// Forums and roles remembered.
const MAX: usize = 4_096;

/// What is remembered.
pub(super) struct Channels(Mutex<Known>);

struct Known {
    threads: LruCache<ChannelId, Thread>,
    forums: HashSet<ChannelId>,
    own_roles: HashSet<RoleId>,
}

/// A thread, or a post of a forum.
struct Thread {
    parent: ChannelId,
    /// The title of a post whose first message has not arrived yet.
    title: Option<String>,
}

/// Where a message is, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Location {
    /// The channel itself, or the one that its thread is under.
    pub parent: ChannelId,
    /// Whether it is a thread or a post.
    pub is_thread: bool,
    /// Whether it is a post of a forum.
    pub is_post: bool,
}

impl Default for Channels {
    fn default() -> Channels {
        let threads = LruCache::new(THREADS);
        Channels(Mutex::new(Known { threads, forums: HashSet::new(), own_roles: HashSet::new() }))
    }
}

impl Channels {
    /// A channel of a server, or a thread; `is_new` if it was made just now.
    pub(super) fn see(&self, channel: &GuildChannel, is_new: bool) {
        let id = ChannelId::new(channel.id.get());
        let mut known = self.lock();
        match channel.kind {
            ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread => {
                let Some(parent) = channel.parent_id.map(|parent| ChannelId::new(parent.get())) else {
                    return;
                };
                let title = (is_new && known.forums.contains(&parent)).then(|| channel.name.clone());
                known.threads.put(id, Thread { parent, title });
            }
            // 16 is a media channel, a forum for pictures.
            ChannelType::Forum | ChannelType::Unknown(16) if known.forums.len() < MAX => {
                known.forums.insert(id);
            }
            _ => {}
        }
    }

    /// A thread is gone.
    pub(super) fn forget(&self, thread: ChannelId) {
        self.lock().threads.pop(&thread);
    }

    /// A role of a server: remembered if it is the one that Discord made for the bot.
    pub(super) fn see_role(&self, role: &Role, me: UserId) {
        let is_own = role.tags.bot_id.is_some_and(|bot| bot.get() == me.get());
        let mut known = self.lock();
        if is_own && known.own_roles.len() < MAX {
            known.own_roles.insert(RoleId::new(role.id.get()));
        }
    }

    /// Whether Discord made that role for the bot.
    pub(super) fn is_own_role(&self, role: RoleId) -> bool {
        self.lock().own_roles.contains(&role)
    }

    /// Where that channel is.
    pub(super) fn location(&self, channel: ChannelId) -> Location {
        let mut known = self.lock();
        match known.threads.get(&channel).map(|thread| thread.parent) {
            Some(parent) => Location { parent, is_thread: true, is_post: known.forums.contains(&parent) },
            None => Location { parent: channel, is_thread: false, is_post: false },
        }
    }

    /// The title of a post whose first message arrives now.
    pub(super) fn take_title(&self, post: ChannelId) -> Option<String> {
        self.lock().threads.get_mut(&post).and_then(|thread| thread.title.take())
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
