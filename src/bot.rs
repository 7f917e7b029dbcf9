//! The use cases. [`Bot::handle`] is the only entry point: it takes what a person does and returns what the bot says.
//!
//! Knows neither serenity nor a mail library nor SQL; the adapters do. There is one file per use case: begin with
//! `answer.rs`, which asks the matcher, and `compose.rs`, which turns its verdicts into a reply.

mod answer;
mod apology;
mod audit;
mod clock;
pub(crate) mod commands;
mod complete;
pub(crate) mod compose;
pub(crate) mod conversation;
mod corrections;
pub(crate) mod echo;
pub(crate) mod editor;
mod entry_draft;
mod feedback;
mod gaps;
mod help;
mod limits;
mod media;
mod moderate;
mod not_ready;
mod pool;
mod preceding;
mod press_desk;
mod privacy;
mod record;
pub(crate) mod reload;
pub(crate) mod reply;
pub(crate) mod request;
mod show;
mod stats;
mod typed;
pub(crate) mod watch;

use std::{panic::AssertUnwindSafe, sync::Arc, time::Instant};

use futures_util::FutureExt;
use tokio::sync::Notify;

pub use clock::Clock;
pub use commands::{Arguments, Who, ask as command_ask, command_table, find as find_command};
pub use compose::{Scene, compose};
pub use conversation::ask::{ConversationAction, ConversationAsk, Passages, Unreadable};
pub use editor::ask::{EditorAction, EditorAsk, EditorForm, EntryFields};
pub use preceding::Preceding;
pub use press_desk::PressDesk;
pub use reload::{Comparison, Difference, ReloadError, Reloader, Report};
pub use reply::{Action, Card, Outcome, Reply, Visibility};
pub use request::{Actor, Ask, CorrectionsAsk, EnquiryFields, GapsAsk, Place, Request, Why};
pub use watch::{Hangups, run as watch};

use crate::{
    bot::{
        answer::Answered,
        audit::AuditLog,
        commands::{COMMANDS, Command},
        conversation::memory::Conversations,
        editor::review::Reviews,
        entry_draft::EntryDrafts,
        feedback::Feedback,
        limits::{Cost, Limits},
        pool::Pool,
        press_desk::PressDeskAsk,
        record::Recorder,
    },
    config::Config,
    knowledge::{Current, Generation},
    lang::Lang,
    metrics::Metrics,
    text::text,
};

/// The bot without a platform: everything a person can make it do goes through [`Bot::handle`].
pub struct Bot {
    config: Arc<Config>,
    current: Arc<Current>,
    clock: Clock,
    commands: &'static [Command],
    pool: Pool,
    limits: Limits,
    feedback: Feedback,
    entry_drafts: EntryDrafts,
    audit: AuditLog,
    reviews: Reviews,
    conversations: Conversations,
    reloader: Arc<Reloader>,
    desk: Option<PressDesk>,
    /// Keeps counts and gaps; `None` without a database.
    recorder: Option<Recorder>,
    metrics: Metrics,
    /// Wakes whoever sends what nobody waits for.
    outreach: Notify,
}

/// The content in force, for the health checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ContentState {
    /// The number of the generation.
    pub(crate) generation: u64,
    /// Whether the files on disk were refused, so that an older FAQ is in force.
    pub(crate) is_refused: bool,
    /// Whether it is a provisional generation.
    pub(crate) is_provisional: bool,
}

impl Bot {
    /// The bot over the generation in force.
    pub fn new(config: Arc<Config>, current: Arc<Current>) -> Bot {
        Bot::with_clock(config, current, Clock::System)
    }

    /// The same with another clock than the system's.
    pub fn with_clock(config: Arc<Config>, current: Arc<Current>, clock: Clock) -> Bot {
        let reloader = Arc::new(Reloader::new(Arc::clone(&config), Arc::clone(&current), clock));
        let limits = Limits::new(config.limits.asks_per_half_minute);
        let conversations = Conversations::new(config.conversation.minutes);
        Bot {
            config,
            current,
            clock,
            commands: COMMANDS,
            pool: Pool::default(),
            limits,
            feedback: Feedback::default(),
            entry_drafts: EntryDrafts::default(),
            audit: AuditLog::default(),
            reviews: Reviews::default(),
            conversations,
            reloader,
            desk: None,
            recorder: None,
            metrics: Metrics::default(),
            outreach: Notify::new(),
        }
    }

    /// The same with a press desk: enquiries are accepted and passed on.
    pub fn with_desk(mut self, desk: PressDesk) -> Bot {
        self.recorder = Some(Recorder::new(desk.store().clone(), &self.config.privacy));
        self.reloader.keep_history_in(desk.store().clone());
        self.desk = Some(desk);
        self
    }

    /// Completes when something is to be sent that nobody waits for.
    pub(crate) async fn outreach_is_due(&self) {
        self.outreach.notified().await;
    }

    /// Waits until what was recorded of questions is written.
    pub async fn flush(&self) {
        if let Some(recorder) = &self.recorder {
            recorder.flush().await;
        }
    }

    /// The reloader of the FAQ, for the watcher and signals.
    pub fn reloader(&self) -> &Arc<Reloader> {
        &self.reloader
    }

    /// The step that the running reload has reached, as moderators read it.
    pub(crate) fn reload_progress(&self, locale: Lang) -> Option<Reply> {
        self.reloader.progress().map(|step| moderate::progress(text(locale), step))
    }

    /// Whether a FAQ is in force; until then questions get an answer that says so.
    pub fn is_ready(&self) -> bool {
        self.current.load().is_ready()
    }

    /// What the process counts.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// The content in force, for the health checks.
    pub(crate) fn content_state(&self) -> ContentState {
        let status = self.reloader.status();
        ContentState {
            generation: self.current.load().number(),
            is_refused: status.refused_at.is_some(),
            is_provisional: status.is_provisional,
        }
    }

    /// The generation in force.
    pub(crate) fn generation(&self) -> Arc<Generation> {
        self.current.load()
    }

    /// How a reload ended, as moderators read it.
    pub fn report(&self, attempt: &reload::Attempt, locale: Lang) -> Reply {
        editor::report(text(locale), attempt, self.current.load().number())
    }

    /// Answers a request: exactly one reply to each, even if a use case panics.
    pub async fn handle(&self, request: Request) -> Reply {
        let (name, locale, begun) = (request.ask.name(), request.locale, Instant::now());
        let reply = AssertUnwindSafe(self.dispatch(request)).catch_unwind().await;
        let mut reply = reply.unwrap_or_else(|_| apology::reply(locale, name));
        if reply.generation == 0 {
            reply.generation = self.current.load().number();
        }
        self.metrics.count_reply(name, reply.outcome.name(), begun.elapsed());
        reply
    }

    async fn dispatch(&self, request: Request) -> Reply {
        let may_swap = matches!(request.ask, Ask::Reload { .. } | Ask::Editor(_));
        let before = self.current.load().number();
        let reply = self.reply(&request).await;
        // Whoever has put another generation in force can correct what the old one answered.
        match may_swap && request.actor.is_moderator && self.current.load().number() != before {
            true => corrections::offered(self, &request, reply).await,
            false => reply,
        }
    }

    async fn reply(&self, request: &Request) -> Reply {
        if request.ask.needs_moderator() {
            if !moderate::admits(request) {
                return moderate::refusal(request);
            }
            self.record_action(request.actor.id, request.ask.name(), request.ask.reference());
        }
        if let Err(seconds) = self.within_limit(request) {
            return limits::too_fast::reply(request, seconds);
        }
        if let Some(reply) = not_ready::reply(self, request) {
            return reply;
        }
        let desk = |ask| press_desk::handle(self, request, ask);
        match &request.ask {
            Ask::Question { text, private } => {
                self.question(request, text, *private, Preceding::default()).await
            }
            Ask::Overheard { text } => {
                let answered = answer::overheard(self, request, text, &Preceding::default()).await;
                self.recorded(request, answered)
            }
            Ask::Complete { prefix } => complete::complete(self, request, prefix).await,
            Ask::Show { entry, private } => {
                // Only the asker's own press says which entry was meant.
                if let (None, Some(recorder)) = (private, &self.recorder) {
                    recorder.pressed(request.actor.id, entry);
                }
                show::entry(self, request, entry, *private)
            }
            Ask::Why(why) => show::why(self, request, why),
            Ask::NotHelpful { entry } => show::not_helpful(self, request, entry.as_ref()),
            Ask::NeedHelp => show::need_help(self, request),
            Ask::Help => help::help(self, request),
            Ask::Media => media::contact(self, request),
            Ask::MediaForm { draft } => desk(PressDeskAsk::Form(*draft)).await,
            Ask::MediaExplained => desk(PressDeskAsk::Explain).await,
            Ask::MediaSubmit { interaction, fields } => {
                desk(PressDeskAsk::Submit(*interaction, fields)).await
            }
            Ask::MediaStatus { reference } => desk(PressDeskAsk::Status(reference)).await,
            Ask::MediaNotify { reference } => desk(PressDeskAsk::Notify(reference)).await,
            Ask::PrivacyShow => privacy::show(self, request).await,
            Ask::PrivacyErase => privacy::erase(self, request).await,
            Ask::Reload { allow_shrink } => editor::reload(self, request, *allow_shrink).await,
            Ask::Test { text } => moderate::test(self, request, text).await,
            Ask::Status => moderate::status(self, request).await,
            Ask::Gaps(GapsAsk::AddTo { gap }) => match gaps::unanswered::wording(self, request, *gap).await {
                Ok(text) => editor::handle(self, request, &EditorAsk::Teach { text }).await,
                Err(reply) => reply,
            },
            Ask::Gaps(ask) => gaps::unanswered::handle(self, request, *ask).await,
            Ask::Subscribe { ticket } => gaps::subscriptions::subscribe(self, request, *ticket).await,
            Ask::Stats => stats::stats(self, request).await,
            Ask::Corrections(ask) => corrections::handle(self, request, *ask).await,
            Ask::Enquiries => desk(PressDeskAsk::List).await,
            Ask::EnquiryRetry { reference } => desk(PressDeskAsk::Retry(reference)).await,
            Ask::EnquiryBlock { reference } => desk(PressDeskAsk::Block(reference)).await,
            Ask::Editor(ask) => editor::handle(self, request, ask).await,
            Ask::Conversation(ConversationAsk::Question { text, private, preceding }) => {
                self.question(request, text, *private, preceding.clone()).await
            }
            Ask::Conversation(ConversationAsk::OpeningPost { text }) => {
                let preceding = Preceding { is_thread: true, ..Preceding::default() };
                let reply = self.question(request, text, Some(false), preceding).await;
                conversation::with_way_to_a_person(self, reply)
            }
            Ask::Conversation(ask) => conversation::handle(self, request, ask),
            Ask::Stale => show::stale(request),
        }
    }
    /// A question as typed: it may be empty, or a completion that was chosen.
    async fn question(
        &self,
        request: &Request,
        typed: &str,
        private: Option<bool>,
        preceding: Preceding,
    ) -> Reply {
        let chosen = typed::chosen(typed, self.current.load().content());
        match chosen {
            None if typed.trim().is_empty() => self.held_back(request, help::help(self, request)),
            None => {
                let answered = answer::question(self, request, typed, private, &preceding).await;
                self.recorded(request, answered)
            }
            Some(entry) => self.held_back(request, show::entry(self, request, &entry, private)),
        }
    }

    /// Records a question, unless its reply is held back.
    fn recorded(&self, request: &Request, answered: Answered) -> Reply {
        let reply = match self.is_too_fast(request, &answered.reply) {
            Some(notice) => return notice,
            None => answered.reply,
        };
        if let (Some(recorder), Some(observed)) = (&self.recorder, answered.observed) {
            let ticket = recorder.question(observed, &self.clock.today().to_string(), answered.took);
            return gaps::subscriptions::offered(recorder, request, reply, ticket);
        }
        reply
    }

    /// Counts a request before it is looked at; over the limit, the seconds to wait. Questions are counted by
    /// [`Bot::held_back`] when their reply is known.
    fn within_limit(&self, request: &Request) -> Result<(), u64> {
        match Cost::of(&request.ask) {
            _ if request.place == Place::Terminal => Ok(()),
            Cost::Question => Ok(()),
            cost => self.limits.check(request.actor.id, cost),
        }
    }

    /// Holds back the reply to a question of a person who asks too fast. Silence does not count, and a person in need
    /// is never asked to wait: that is why the matcher looks first.
    fn held_back(&self, request: &Request, reply: Reply) -> Reply {
        self.is_too_fast(request, &reply).unwrap_or(reply)
    }

    /// What a person reads instead of `reply` who asks too fast.
    fn is_too_fast(&self, request: &Request, reply: &Reply) -> Option<Reply> {
        let is_free = reply.is_silent() || reply.outcome == Outcome::Sensitive;
        if is_free || request.place == Place::Terminal {
            return None;
        }
        let checked = self.limits.check(request.actor.id, Cost::Question);
        checked.err().map(|seconds| limits::too_fast::reply(request, seconds))
    }
}
