//! Each event in, at most one answer out: entry limits, duplicates, time limits, and an apology where all else fails.
//!
//! Events arrive on the gateway's thread and are handed to the service's runtime at once. How an interaction is answered
//! stands in `dispatch/interaction.rs`, a message in `dispatch/message.rs`, what else an event brings in
//! `dispatch/duties.rs`.

mod interaction;
mod lifecycle;
mod message;
mod seen;

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
use tokio_util::task::TaskTracker;

use crate::ids::{ApplicationId, ChannelId, InteractionId, UserId};
use crate::{
    bot::{
        Ask, Bot, Reply, Request,
        reply::{Card, Tone},
    },
    config::Config,
    discord::{
        commands,
        health::Health,
        inbound::{self, Incoming, ReplyTarget},
        notifier::Notifier,
        rest::{Rest, RestError},
    },
    lang::Lang,
    text::text,
};
use seen::Seen;

/// Requests worked on at once.
const AT_ONCE: usize = 256;
/// Requests that may wait for their turn: each is a few hundred bytes.
const WAITING: usize = 4096;
/// How long an interaction may wait: Discord forgets it after three seconds.
const INTERACTION_WAIT: Duration = Duration::from_millis(1500);
/// How long a message may wait.
const MESSAGE_WAIT: Duration = Duration::from_secs(30);
/// After this an answer is given up with an apology.
const HARD_STOP: Duration = Duration::from_secs(10);

/// The target of every event.
pub(super) struct Dispatch {
    /// Who answers.
    pub bot: Arc<Bot>,
    /// The settings.
    pub config: Arc<Config>,
    /// The target out.
    pub rest: Arc<Rest>,
    /// Word to moderators.
    pub notifier: Notifier,
    /// The counts.
    pub health: Health,
    /// The folder of the files the rim keeps.
    pub data: PathBuf,
    /// The runtime that does the work.
    pub service: Handle,
    /// The work in hand, waited for at the end.
    pub tasks: TaskTracker,
    inner: Inner,
}

/// What the target remembers.
#[derive(Default)]
pub(super) struct Inner {
    entry: Entry,
    waiting: AtomicUsize,
    seen: Mutex<Seen>,
    me: OnceLock<UserId>,
    is_registered: AtomicBool,
    is_leaving: AtomicBool,
    muted: Mutex<HashSet<ChannelId>>,
}

struct Entry(Arc<Semaphore>);

impl Default for Entry {
    fn default() -> Entry {
        Entry(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// Who is told of events: the dispatcher, shared.
pub(super) struct EventHandler(pub Arc<Dispatch>);

#[serenity::async_trait]
impl RawEventHandler for EventHandler {
    async fn raw_event(&self, _: Context, event: Event) {
        self.0.event(event);
    }
}

impl Dispatch {
    /// A dispatcher for `bot`, which works on the current runtime.
    pub(super) fn new(
        bot: Arc<Bot>,
        config: Arc<Config>,
        rest: Arc<Rest>,
        notifier: Notifier,
        health: Health,
    ) -> Dispatch {
        let data = config.store.path.parent().map(PathBuf::from).unwrap_or_default();
        let (service, tasks) = (Handle::current(), TaskTracker::new());
        Dispatch { bot, config, rest, notifier, health, data, service, tasks, inner: Inner::default() }
    }

    /// Takes no more events in.
    pub(super) fn leave(&self) {
        self.inner.is_leaving.store(true, Ordering::Relaxed);
        self.tasks.close();
    }

    /// Takes an event in. Runs on the gateway's thread, so it does next to nothing.
    fn event(self: &Arc<Self>, event: Event) {
        if self.inner.is_leaving.load(Ordering::Relaxed) {
            return;
        }
        let incoming = match event {
            Event::InteractionCreate(event) => inbound::interaction(event.interaction, &self.config.discord),
            Event::MessageCreate(event) => {
                let me = self.inner.me.get();
                me.and_then(|me| inbound::message(event.message, *me, &self.config.discord))
            }
            Event::Ready(event) => {
                let _ = self.inner.me.set(UserId::new(event.ready.user.id.get()));
                self.register(ApplicationId::new(event.ready.application.id.get()));
                self.left_while_away(&event.ready);
                None
            }
            Event::GuildDelete(event) => {
                self.left(&event.guild);
                None
            }
            Event::Unknown(event) => {
                self.unknown(event);
                None
            }
            _ => None,
        };
        if let Some(incoming) = incoming {
            self.admit(incoming);
        }
    }

    /// Lets a request in now, in a while, or not at all.
    fn admit(self: &Arc<Self>, incoming: Incoming) {
        let is_new = self.inner.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(incoming.id);
        if !is_new {
            return;
        }
        let (this, arrived) = (Arc::clone(self), Instant::now());
        let entry = Arc::clone(&self.inner.entry.0);
        if let Ok(permit) = Arc::clone(&entry).try_acquire_owned() {
            self.tasks.spawn_on(async move { this.answer(incoming, arrived, permit).await }, &self.service);
            return;
        }
        if self.inner.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING {
            self.inner.waiting.fetch_sub(1, Ordering::Relaxed);
            let count = self.health.count_busy();
            if count.is_power_of_two() {
                tracing::error!(count, "requests were dropped: too many came at once");
            }
            return;
        }
        let wait = if matches!(incoming.target, ReplyTarget::Message { .. }) {
            MESSAGE_WAIT
        } else {
            INTERACTION_WAIT
        };
        let body = async move {
            let permit = timeout_at(arrived + wait, entry.acquire_owned()).await;
            this.inner.waiting.fetch_sub(1, Ordering::Relaxed);
            match permit {
                Ok(Ok(permit)) => this.answer(incoming, arrived, permit).await,
                _ => this.busy(incoming).await,
            }
        };
        self.tasks.spawn_on(body, &self.service);
    }

    async fn answer(&self, incoming: Incoming, arrived: Instant, _permit: OwnedSemaphorePermit) {
        let Incoming { id, request, target } = incoming;
        match target {
            ReplyTarget::Interaction(back) => {
                self.interaction(InteractionId::new(id), request, back, arrived).await
            }
            ReplyTarget::Message { channel } => self.message(id, request, channel, arrived).await,
        }
    }

    /// A cheap answer to an interaction that waited too long for its turn; a message is left without one.
    async fn busy(&self, incoming: Incoming) {
        self.health.count_busy();
        if let ReplyTarget::Interaction(back) = incoming.target {
            let words = text(incoming.request.locale);
            self.say_first(InteractionId::new(incoming.id), &back, &Reply::private(words.busy()), words)
                .await;
        }
    }

    /// Asks the bot, in a task of its own so that a panic there costs this one answer.
    ///
    /// The task goes on when nobody waits for it any more: an enquiry that is being stored is stored.
    fn work(&self, request: Request) -> tokio::task::JoinHandle<Reply> {
        let bot = Arc::clone(&self.bot);
        self.tasks.spawn(async move {
            let help =
                matches!(request.ask, Ask::Help).then_some((request.locale, request.actor.is_moderator));
            let mut reply = bot.handle(request).await;
            if let Some((locale, is_moderator)) = help {
                // What the bot says of itself, then the table of commands.
                let body = commands::help(locale, is_moderator);
                let footer = reply.cards.last().and_then(|card| card.footer.clone());
                reply.cards.push(Card { body, footer, tone: Tone::Info, ..Card::default() });
            }
            reply
        })
    }

    /// What to say where the bot did not answer.
    fn apology(&self, locale: Lang, ask: &'static str, is_panic: bool) -> Reply {
        if is_panic {
            self.health.count_panic();
        }
        tracing::error!(ask, is_panic, "a request got an apology for an answer");
        let mut reply = Reply::private(text(locale).rim_apology());
        reply.lang = locale;
        reply
    }

    /// Takes note of an answer that did not arrive.
    fn note(&self, ask: &'static str, error: &RestError) {
        match error {
            error if error.is_too_late() => {
                self.health.count_late();
                tracing::warn!(ask, "an answer came too late, or twice");
            }
            RestError::Muted => self.health.count_failed(),
            error => {
                self.health.count_failed();
                tracing::error!(ask, %error, "an answer could not be delivered");
            }
        }
    }
}
