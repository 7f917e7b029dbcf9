//! A press desk as its users meet it: a bot without Discord, a database on disk, the delivery loop and a mail server.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use faqbot::{
    bot::{Action, Ask, Bot, EnquiryFields, PressDesk, Reply},
    config::{Config, Tls, Transport as TransportKind},
    ids::{InteractionId, Reference, UserId},
    mail::{Delivery, DeliveryOptions, DeliverySignal, NoticeSender, NotifyOutcome, Timeouts, Transport},
    store::{Store, Tuning},
};
use futures_util::future::BoxFuture;

use crate::harness::{
    sample_faq::{self, FILES, member, moderator, words},
    smtp::SmtpServer,
};

/// Records the notices that were sent.
#[derive(Default)]
pub(crate) struct RecordingSender {
    pub(crate) dms: Mutex<Vec<(u64, String)>>,
    pub(crate) moderators: Mutex<Vec<String>>,
    /// People whose direct messages fail and are to be tried again.
    pub(crate) failing: Mutex<Vec<u64>>,
    /// People who do not accept direct messages.
    pub(crate) closed: Mutex<Vec<u64>>,
    sent: tokio::sync::Notify,
}

impl RecordingSender {
    /// Waits until what was sent fulfils `is_done`.
    pub(crate) async fn until(&self, is_done: impl Fn(&RecordingSender) -> bool) {
        loop {
            let sent = self.sent.notified();
            tokio::pin!(sent);
            sent.as_mut().enable();
            if is_done(self) {
                return;
            }
            sent.await;
        }
    }
}

impl NoticeSender for RecordingSender {
    fn send_dm(&self, user: UserId, _key: String, text: String) -> BoxFuture<'_, NotifyOutcome> {
        let outcome = if self.failing.lock().unwrap().contains(&user.get()) {
            NotifyOutcome::Retry
        } else if self.closed.lock().unwrap().contains(&user.get()) {
            NotifyOutcome::Unreachable
        } else {
            NotifyOutcome::Delivered
        };
        self.dms.lock().unwrap().push((user.get(), text));
        self.sent.notify_waiters();
        Box::pin(std::future::ready(outcome))
    }

    fn alert_moderators(&self, _key: String, text: String) -> BoxFuture<'_, NotifyOutcome> {
        self.moderators.lock().unwrap().push(text);
        self.sent.notify_waiters();
        Box::pin(std::future::ready(NotifyOutcome::Delivered))
    }
}

pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) store: Store,
    pub(crate) bot: Bot,
    pub(crate) delivery: Arc<Delivery>,
    pub(crate) notices: Arc<RecordingSender>,
    next: std::sync::atomic::AtomicU64,
}

/// Settings whose limits are too high to matter.
pub(crate) fn settings() -> Config {
    let mut config = Config::default();
    config.media.from = "faqbot@library.example".into();
    config.limits.asks_per_half_minute = 1000;
    config.limits.minutes_between_enquiries = 0;
    config.limits.enquiries_per_day = 1000;
    config.limits.enquiries_per_guild_hour = 1000;
    config.limits.enquiries_total_day = 1000;
    config
}

/// The settings for a mail server of the test.
pub(crate) fn mailing(server: &SmtpServer) -> Config {
    let mut config = settings();
    config.media.transport = Some(TransportKind::Smtp);
    config.media.smtp.host = "127.0.0.1".into();
    config.media.smtp.port = server.port;
    config.media.smtp.tls = Tls::None;
    config
}

pub(crate) fn short() -> Timeouts {
    let short = Duration::from_millis(400);
    Timeouts { connect: short, session: short, message: short }
}

impl World {
    pub(crate) async fn new(config: Config) -> World {
        World::with(config, Timeouts::default(), Tuning::default()).await
    }

    pub(crate) async fn with(config: Config, timeouts: Timeouts, tuning: Tuning) -> World {
        let folder = tempfile::tempdir().unwrap();
        World::at(folder, config, timeouts, tuning, DeliveryOptions::default()).await
    }

    pub(crate) async fn at(
        folder: tempfile::TempDir,
        mut config: Config,
        timeouts: Timeouts,
        tuning: Tuning,
        options: DeliveryOptions,
    ) -> World {
        config.media.folder = folder.path().join("enquiries");
        let store = Store::open_with(&database(&folder), tuning).await.unwrap();
        let password = (!config.media.smtp.user.is_empty()).then(|| "canary-password".to_owned().into());
        let transport = Transport::with_timeouts(&config.media, password, timeouts).unwrap();
        let (signal, notices) = (Arc::new(DeliverySignal::default()), Arc::new(RecordingSender::default()));
        let desk = PressDesk::new(store.clone(), signal.clone(), transport.folder().is_some());
        let bot = sample_faq::bot(FILES, folder.path(), config).with_desk(desk);
        let delivery =
            Delivery::new(store.clone(), transport, notices.clone(), signal, options).await.unwrap();
        World { folder, store, bot, delivery, notices, next: 1.into() }
    }

    pub(crate) fn database(&self) -> PathBuf {
        database(&self.folder)
    }

    /// A member sends the form.
    pub(crate) async fn submit(&self, fields: EnquiryFields) -> Reply {
        let interaction = self.next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.bot
            .handle(member(Ask::MediaSubmit { interaction: InteractionId::new(interaction), fields }))
            .await
    }

    /// A member sends a form that is stored.
    pub(crate) async fn enquire(&self, question: &str) -> Reference {
        let reply = self.submit(EnquiryFields { question: question.into(), ..fields() }).await;
        reference(&reply).unwrap_or_else(|| panic!("not saved: {}", words(&reply)))
    }

    /// The member asks for the state.
    pub(crate) async fn status(&self, reference: &Reference) -> String {
        words(&self.bot.handle(member(Ask::MediaStatus { reference: reference.to_string() })).await)
    }

    pub(crate) async fn deliver(&self) {
        self.delivery.deliver_due().await.unwrap();
    }

    /// A moderator requests a retry, which is made.
    pub(crate) async fn retry(&self, reference: &Reference) {
        let reply = self.bot.handle(moderator(Ask::EnquiryRetry { reference: reference.to_string() })).await;
        assert!(words(&reply).contains("tried again"), "{}", words(&reply));
        self.deliver().await;
    }

    pub(crate) fn alerts(&self) -> String {
        self.notices.moderators.lock().unwrap().join("\n")
    }
}

fn database(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("data/deep/faqbot.db")
}

/// A form that nothing is wrong with.
pub(crate) fn fields() -> EnquiryFields {
    EnquiryFields {
        name: "Ann Example, Daily Example".into(),
        email: "ann@paper.example".into(),
        deadline: "2026-11-30".into(),
        question: "How many books were borrowed?".into(),
        extra: String::new(),
    }
}

/// The reference of a reply that says "Saved".
pub(crate) fn reference(reply: &Reply) -> Option<Reference> {
    let is_saved = words(reply).contains("**Saved.**");
    let of = |action: &Action| match action {
        Action::MediaNotify(reference) => Reference::parse(reference),
        _ => None,
    };
    is_saved.then(|| reply.buttons.iter().find_map(|button| of(&button.action))).flatten()
}
