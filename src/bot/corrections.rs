//! Corrections: public answers of the last 30 days whose entry has changed in substance or is gone are edited, if a
//! moderator wants it.
//!
//! The database knows where an answer is and a hash of what it shows, and nothing of who asked. What is due is edited one
//! message after the other by `discord/outreach.rs`; an order that was begun goes on after a restart.

use crate::{
    bot::{
        Bot, Request,
        compose::card,
        record::Recorder,
        reply::{Action, Button, Card, Outcome, Reply, Tone, Visibility},
        request::CorrectionsAsk,
    },
    ids::{ChannelId, MessageId},
    knowledge::{
        Generation,
        content::entry::{Entry, EntryId},
    },
    store::{SentAnswer, Shown, StoreError},
    text::text,
};

/// A message to be edited.
pub(crate) struct Correction {
    /// Its channel.
    pub(crate) channel: ChannelId,
    /// The message.
    pub(crate) message: MessageId,
    /// What it shall show; `None` if it is right as it is.
    pub(crate) reply: Option<Reply>,
    /// What it shows then.
    now: SentAnswer,
}

/// Offers or orders corrections.
pub(super) async fn handle(bot: &Bot, request: &Request, ask: CorrectionsAsk) -> Reply {
    let text = text(request.locale);
    let Some(recorder) = &bot.recorder else { return Reply::private(text.gaps_no_store()) };
    let messages = match outdated(bot, recorder).await {
        Ok(messages) => messages,
        Err(error) => {
            failed(&error);
            return Reply::private(text.gaps_later());
        }
    };
    if messages.is_empty() {
        return Reply::private(text.corrections_none());
    }
    match ask {
        CorrectionsAsk::Offer => {
            let mut reply = Reply::private(text.corrections_offer(messages.len()));
            reply.buttons = vec![button(request, messages.len())];
            reply
        }
        CorrectionsAsk::Mark => match recorder.store().order_corrections(&messages).await {
            Ok(()) => {
                bot.outreach.notify_one();
                Reply::private(text.corrections_ordered(messages.len()))
            }
            Err(error) => {
                failed(&error);
                Reply::private(text.gaps_later())
            }
        },
    }
}

/// The reply to a moderator who has put another generation in force, with the button for corrections if any are due.
pub(super) async fn offered(bot: &Bot, request: &Request, mut reply: Reply) -> Reply {
    let Some(recorder) = &bot.recorder else { return reply };
    match outdated(bot, recorder).await {
        Ok(messages) if !messages.is_empty() => reply.buttons.push(button(request, messages.len())),
        Ok(_) => {}
        Err(error) => failed(&error),
    }
    reply
}

fn button(request: &Request, n_messages: usize) -> Button {
    let action = Action::Corrections(CorrectionsAsk::Mark);
    Button { label: text(request.locale).corrections_button(n_messages), action }
}

fn failed(error: &StoreError) {
    tracing::warn!(%error, "earlier answers could not be looked up for corrections");
}

/// The messages that show something else than the generation in force would.
async fn outdated(bot: &Bot, recorder: &Recorder) -> Result<Vec<MessageId>, StoreError> {
    recorder.flush().await;
    let generation = bot.current.load();
    if !generation.is_ready() {
        return Ok(Vec::new());
    }
    let shown = recorder.store().shown_revisions().await?;
    let outdated: Vec<Shown> = shown.into_iter().filter(|shown| is_outdated(&generation, shown)).collect();
    recorder.store().messages_showing(&outdated).await
}

fn is_outdated(generation: &Generation, shown: &Shown) -> bool {
    entry(generation, shown).is_none_or(|entry| entry.revision(shown.lang) != shown.revision)
}

/// The entry as it is now.
fn entry<'a>(generation: &'a Generation, shown: &Shown) -> Option<&'a Entry> {
    generation.content().entry(&EntryId::new(&shown.entry)?)
}

impl Bot {
    /// Whether a reply is one that may have to be corrected once.
    pub(crate) fn is_correctable(&self, reply: &Reply) -> bool {
        self.recorder.is_some()
            && reply.visibility == Visibility::Public
            && reply.cards.iter().any(|card| card.version.is_some())
    }

    /// Remembers where a public answer in a server is.
    pub(crate) fn answer_sent(&self, reply: &Reply, channel: ChannelId, message: MessageId) {
        let Some(recorder) = self.recorder.as_ref().filter(|_| self.is_correctable(reply)) else { return };
        let shown = reply.cards.iter().filter_map(|card| {
            let (entry, version) = (card.entry.as_ref()?, card.version.as_ref()?);
            let (entry, revision) = (entry.as_str().to_owned(), version.revision.clone());
            Some(Shown { entry, lang: version.lang, revision })
        });
        recorder.sent(SentAnswer { channel, message, shown: shown.collect() });
    }

    /// The next message that is to be edited.
    pub(crate) async fn next_correction(&self) -> Option<Correction> {
        let recorder = self.recorder.as_ref()?;
        let generation = self.current.load();
        if !generation.is_ready() {
            return None;
        }
        match recorder.store().next_correction().await {
            Ok(sent) => Some(self.correction(&generation, sent?)),
            Err(error) => {
                failed(&error);
                None
            }
        }
    }

    fn correction(&self, generation: &Generation, sent: SentAnswer) -> Correction {
        let is_right = !sent.shown.iter().any(|shown| is_outdated(generation, shown));
        let (mut cards, mut now) = (Vec::new(), Vec::new());
        for shown in &sent.shown {
            let lang = shown.lang;
            match entry(generation, shown) {
                Some(entry) => {
                    let question = &entry.version(lang).question;
                    cards.push(card::entry(generation.content(), entry, lang, 1.0, question));
                    now.push(Shown { revision: entry.revision(lang), ..shown.clone() });
                }
                None => cards.push(Card {
                    body: text(lang).corrections_withdrawn(),
                    tone: Tone::Unknown,
                    ..Card::default()
                }),
            }
        }
        let lang = sent.shown.first().map_or(crate::lang::Lang::En, |shown| shown.lang);
        let text = text(lang);
        let day = text.day(self.clock.today());
        let note = Card { body: text.corrections_note(&day), tone: Tone::Info, ..Card::default() };
        let mut reply = Reply::card(Visibility::Public, Outcome::Answer, note);
        reply.cards.extend(cards);
        for card in &mut reply.cards {
            card.footer = Some(card::footer(generation.content(), text));
        }
        reply.lang = lang;
        reply.generation = generation.number();
        let now = SentAnswer { channel: sent.channel, message: sent.message, shown: now };
        let reply = (!is_right).then_some(reply);
        Correction { channel: sent.channel, message: sent.message, reply, now }
    }

    /// Records that a message was edited, or that it is gone.
    pub(crate) async fn end_correction(&self, correction: &Correction, is_gone: bool) -> bool {
        let Some(recorder) = &self.recorder else { return false };
        let now = match is_gone {
            true => SentAnswer { shown: Vec::new(), ..correction.now.clone() },
            false => correction.now.clone(),
        };
        let ended = recorder.store().end_correction(&now).await;
        if let Err(error) = &ended {
            tracing::warn!(%error, "a correction could not be recorded; it is made again later");
        }
        ended.is_ok()
    }
}
