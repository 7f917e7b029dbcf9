//! Receives events and sees that each gets at most one answer: limits on concurrency, duplicates, time limits, and an
//! apology if everything else fails.
//!
//! Events arrive on the gateway thread and are handed to the main runtime at once. `dispatch/interaction.rs` answers
//! interactions, `dispatch/message.rs` messages; `dispatch/lifecycle.rs` handles all other events.

mod interaction;
mod lifecycle;
mod message;
mod notices;
mod reload;
mod seen;
mod sending;

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use serenity::{
    all::{Context, Event},
    prelude::RawEventHandler,
};
use tokio::{
    runtime::Handle,
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout_at},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    bot::{Ask, Bot, Reply, Request},
    config::Config,
    discord::{
        channels::Channels,
        health::Health,
        home_guilds::HomeGuilds,
        inbound::{self, Incoming, ReplyTarget},
        notifier::DiscordNotifier,
        rest::{Rest, RestError},
    },
    ids::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, UserId},
    lang::Lang,
    text::text,
};
use notices::Notices;
use seen::Seen;
use sending::Sending;

/// Requests handled at once.
const AT_ONCE: usize = 256;
/// Requests that may wait for a slot: each takes a few hundred bytes.
const WAITING: usize = 4096;
/// Requests declined at once, beyond those that wait.
const DECLINED: usize = 1024;
/// How long an interaction may wait: Discord discards it after three seconds.
const INTERACTION_WAIT: Duration = Duration::from_millis(1500);
/// How long a message may wait.
const MESSAGE_WAIT: Duration = Duration::from_secs(30);
/// After this the person gets an apology instead of an answer.
const HARD_STOP: Duration = Duration::from_secs(10);

/// Receives every event.
pub(super) struct Dispatch {
    /// Answers requests.
    pub bot: Arc<Bot>,
    /// The settings.
    pub config: Arc<Config>,
    /// Sends to Discord.
    pub rest: Arc<Rest>,
    /// Sends direct messages and alerts.
    pub notifier: DiscordNotifier,
    /// The state of the connection.
    pub health: Health,
    /// Whose moderators moderate.
    pub home: HomeGuilds,
    /// Ends whatever only waits, once the bot shuts down.
    pub shutdown: CancellationToken,
    /// The folder of the adapter's own files.
    pub data: PathBuf,
    /// The main runtime.
    pub runtime: Handle,
    /// Requests in progress; shutdown waits for them.
    pub tasks: TaskTracker,
    inner: Inner,
}

/// What is remembered between events.
#[derive(Default)]
pub(super) struct Inner {
    channels: Channels,
    slots: Slots,
    sending: Sending,
    waiting: AtomicUsize,
    declined: AtomicUsize,
    seen: Mutex<Seen>,
    bot_user: OnceLock<UserId>,
    is_registered: AtomicBool,
    muted: Mutex<HashSet<ChannelId>>,
    notices: Mutex<Notices>,
    leaving: Mutex<HashSet<GuildId>>,
}

impl Inner {
    /// The servers that are being left.
    fn leaving(&self) -> std::sync::MutexGuard<'_, HashSet<GuildId>> {
        self.leaving.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Slots(Arc<Semaphore>);

impl Default for Slots {
    fn default() -> Slots {
        Slots(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// serenity's event handler: forwards to the dispatcher.
pub(super) struct EventHandler(pub Arc<Dispatch>);

#[serenity::async_trait]
impl RawEventHandler for EventHandler {
    async fn raw_event(&self, _: Context, event: Event) {
        self.0.event(event);
    }
}

impl Dispatch {
    /// A dispatcher for `bot` that works on the current runtime.
    pub(super) fn new(
        bot: Arc<Bot>,
        config: Arc<Config>,
        rest: Arc<Rest>,
        notifier: DiscordNotifier,
        health: Health,
    ) -> Dispatch {
        let data = config.store.path.parent().map(PathBuf::from).unwrap_or_default();
        let (runtime, tasks) = (Handle::current(), TaskTracker::new());
        let (home, shutdown) = (HomeGuilds::new(&config.discord), CancellationToken::new());
        let inner = Inner::default();
        Dispatch { bot, config, rest, notifier, health, home, shutdown, data, runtime, tasks, inner }
    }

    /// Accepts no more events.
    pub(super) fn shut_down(&self) {
        self.shutdown.cancel();
        self.tasks.close();
    }

    /// Receives an event. Runs on the gateway thread, so it must return at once.
    pub(super) fn event(self: &Arc<Self>, event: Event) {
        if self.shutdown.is_cancelled() {
            return;
        }
        let incoming = match event {
            Event::InteractionCreate(event) => {
                inbound::interaction(event.interaction, &self.config.discord, &self.home)
            }
            Event::MessageCreate(event) => {
                let bot_user = self.inner.bot_user.get();
                let channels = &self.inner.channels;
                bot_user.and_then(|me| inbound::message(event.message, *me, &self.config.discord, channels))
            }
            Event::Ready(event) => {
                let _ = self.inner.bot_user.set(UserId::new(event.ready.user.id.get()));
                self.register(ApplicationId::new(event.ready.application.id.get()));
                self.forget_guilds_left_while_offline(&event.ready);
                None
            }
            Event::GuildCreate(event) => {
                self.see_guild(&event.guild);
                let has_channel =
                    |channel: ChannelId| event.guild.channels.contains_key(&channel.get().into());
                self.on_guild_create(GuildId::new(event.guild.id.get()), has_channel);
                None
            }
            Event::GuildDelete(event) => {
                self.on_guild_delete(&event.guild);
                None
            }
            Event::ThreadCreate(event) => {
                self.inner.channels.see(&event.thread, true);
                None
            }
            Event::ThreadUpdate(event) => {
                self.inner.channels.see(&event.thread, false);
                None
            }
            Event::ThreadListSync(event) => {
                event.threads.iter().for_each(|thread| self.inner.channels.see(thread, false));
                None
            }
            Event::ThreadDelete(event) => {
                self.inner.channels.forget(ChannelId::new(event.thread.id.get()));
                None
            }
            Event::ChannelCreate(event) => {
                self.inner.channels.see(&event.channel, false);
                None
            }
            Event::GuildRoleCreate(event) => {
                self.see_role(&event.role);
                None
            }
            Event::Unknown(event) => {
                self.on_unknown_event(event);
                None
            }
            _ => None,
        };
        if let Some(incoming) = incoming {
            self.admit(incoming);
        }
    }

    /// Starts a request now or once a slot is free, or drops it.
    fn admit(self: &Arc<Self>, incoming: Incoming) {
        let is_new = self.inner.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(incoming.id);
        if !is_new {
            return;
        }
        let (this, arrived) = (Arc::clone(self), Instant::now());
        let slots = Arc::clone(&self.inner.slots.0);
        if let Ok(permit) = Arc::clone(&slots).try_acquire_owned() {
            self.tasks.spawn_on(async move { this.answer(incoming, arrived, permit).await }, &self.runtime);
            return;
        }
        if self.inner.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING {
            self.inner.waiting.fetch_sub(1, Ordering::Relaxed);
            self.health.count_dropped();
            self.decline(incoming);
            return;
        }
        let wait = if matches!(incoming.target, ReplyTarget::Message { .. }) {
            MESSAGE_WAIT
        } else {
            INTERACTION_WAIT
        };
        let body = async move {
            let permit = timeout_at(arrived + wait, slots.acquire_owned()).await;
            this.inner.waiting.fetch_sub(1, Ordering::Relaxed);
            match permit {
                Ok(Ok(permit)) => this.answer(incoming, arrived, permit).await,
                _ => {
                    this.health.count_dropped();
                    this.say_busy(incoming).await;
                }
            }
        };
        self.tasks.spawn_on(body, &self.runtime);
    }

    async fn answer(&self, incoming: Incoming, arrived: Instant, slot: OwnedSemaphorePermit) {
        let Incoming { id, request, target } = incoming;
        match target {
            ReplyTarget::Interaction(target) => {
                self.interaction(InteractionId::new(id.get()), request, target, arrived, slot).await
            }
            ReplyTarget::Message { channel, is_thread } => {
                self.message(MessageId::new(id.get()), request, channel, is_thread, slot).await
            }
        }
    }

    /// Declines a request for which there is not even room to wait.
    fn decline(self: &Arc<Self>, incoming: Incoming) {
        if self.inner.declined.fetch_add(1, Ordering::Relaxed) >= DECLINED {
            self.inner.declined.fetch_sub(1, Ordering::Relaxed);
            return;
        }
        let this = Arc::clone(self);
        let body = async move {
            this.say_busy(incoming).await;
            this.inner.declined.fetch_sub(1, Ordering::Relaxed);
        };
        self.tasks.spawn_on(body, &self.runtime);
    }

    /// A cheap answer to a request that was not handled. A message that nobody addressed to the bot gets none.
    async fn say_busy(&self, incoming: Incoming) {
        let (user, text) = (incoming.request.actor.id, text(incoming.request.locale));
        match incoming.target {
            ReplyTarget::Interaction(target) => {
                let reply = Reply::private(text.busy());
                self.send_initial(InteractionId::new(incoming.id.get()), &target, &reply, text).await;
            }
            ReplyTarget::Message { .. } if matches!(incoming.request.ask, Ask::Overheard { .. }) => {}
            ReplyTarget::Message { channel, .. } => {
                self.react_busy(MessageId::new(incoming.id.get()), channel, user, text.lang()).await;
            }
        }
    }

    /// Handles a request in a task of its own, so that a panic costs only this answer.
    ///
    /// The task continues when nobody waits for it any more: an enquiry that is being stored is stored.
    fn spawn_handler(&self, request: Request) -> tokio::task::JoinHandle<Reply> {
        let (bot, refusal) = (Arc::clone(&self.bot), self.refusal_outside_home(&request));
        self.tasks.spawn(async move {
            match refusal {
                Some(refusal) => refusal,
                None => bot.handle(request).await,
            }
        })
    }

    /// The reply if the bot gave none.
    fn apology(&self, locale: Lang, ask: &'static str, is_panic: bool) -> Reply {
        tracing::error!(ask, is_panic, "a request was answered with an apology");
        let mut reply = Reply::private(text(locale).platform_apology());
        reply.lang = locale;
        reply
    }

    /// Logs an answer that could not be delivered.
    fn log_failed(&self, ask: &'static str, error: &RestError) {
        match error {
            error if error.is_too_late() => tracing::warn!(ask, "an answer was sent too late, or twice"),
            // `report_muted_channel` logs it once per channel.
            RestError::Muted | RestError::ChannelForbidden { .. } => {}
            error => tracing::error!(ask, %error, "an answer could not be delivered"),
        }
    }
}
