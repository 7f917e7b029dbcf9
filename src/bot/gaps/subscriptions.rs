//! "Tell me when there is an answer": one private message once the FAQ in force answers a question that it could not
//! answer before. The record is deleted with that message.

use std::sync::Arc;

use crate::{
    bot::{
        Bot, Request,
        compose::{self, card},
        record::Recorder,
        reply::{Action, Card, Outcome, Reply, Tone, Visibility},
    },
    ids::{TicketId, UserId},
    knowledge::{
        Generation,
        content::entry::EntryId,
        matching::verdict::{Decision, Verdict},
    },
    store::{StoreError, Subscribed, Subscription},
    text::text,
};

/// Subscriptions read and asked at once.
const BLOCK: u32 = 50;

/// A message that is due to a person.
pub(crate) struct DueMessage {
    /// The id of the subscription.
    pub(crate) id: i64,
    /// Its recipient.
    pub(crate) user: UserId,
    /// The message.
    pub(crate) reply: Reply,
}

/// The reply with the button, if a part of its question is unanswered.
pub(in crate::bot) fn offered(
    recorder: &Recorder,
    request: &Request,
    reply: Reply,
    ticket: TicketId,
) -> Reply {
    if reply.outcome != Outcome::Unknown || recorder.unanswered(ticket).is_none() {
        return reply;
    }
    let label = compose::frame(request.locale, reply.lang).subscribe_button();
    reply.with_button(label, Action::Subscribe(ticket))
}

/// Stores that the person wants a message.
pub(in crate::bot) async fn subscribe(bot: &Bot, request: &Request, ticket: TicketId) -> Reply {
    let text = text(request.locale);
    let Some(recorder) = &bot.recorder else { return Reply::private(text.subscribe_later()) };
    let Some((question, lang)) = recorder.unanswered(ticket) else {
        return Reply::private(text.subscribe_forgotten());
    };
    match recorder.store().subscribe(request.actor.id, &question, lang).await {
        Ok(Subscribed::Stored) => Reply::private(text.subscribed()),
        Ok(Subscribed::Already) => Reply::private(text.subscribed_already()),
        Ok(Subscribed::TooMany) => Reply::private(text.subscribed_too_many()),
        Err(error) => {
            tracing::warn!(%error, "a wish for a message could not be stored");
            Reply::private(text.subscribe_later())
        }
    }
}

impl Bot {
    /// The messages that the generation in force makes due. A provisional one makes none due.
    pub(crate) async fn due_messages(&self) -> Vec<DueMessage> {
        let Some(recorder) = &self.recorder else { return Vec::new() };
        let generation = self.current.load();
        if !generation.is_ready() || self.reloader.status().is_provisional {
            return Vec::new();
        }
        self.due_under(recorder, &generation).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "who waits for an answer could not be read");
            Vec::new()
        })
    }

    async fn due_under(
        &self,
        recorder: &Recorder,
        generation: &Arc<Generation>,
    ) -> Result<Vec<DueMessage>, StoreError> {
        let (mut due, mut last, today) = (Vec::new(), 0, self.clock.today());
        loop {
            let block = recorder.store().subscriptions(last, BLOCK).await?;
            let Some(newest) = block.last() else { return Ok(due) };
            last = newest.id;
            let asked = Arc::clone(generation);
            let work = move || {
                let answered = block.into_iter().map(|subscription| {
                    let verdicts = asked.ask(&subscription.question, today);
                    (answer(&verdicts), subscription)
                });
                answered.collect::<Vec<_>>()
            };
            let Ok(answered) = self.pool.run(work).await else { continue };
            due.extend(
                answered
                    .into_iter()
                    .filter_map(|(entry, subscription)| message(generation, &entry?, &subscription)),
            );
        }
    }

    /// Whether the person still wants the message.
    pub(crate) async fn is_still_due(&self, message: &DueMessage) -> bool {
        match &self.recorder {
            Some(recorder) => recorder.store().has_subscription(message.id).await.unwrap_or(false),
            None => false,
        }
    }

    /// Deletes the record of a message that was sent or never can be.
    pub(crate) async fn end_subscription(&self, message: &DueMessage) {
        let Some(recorder) = &self.recorder else { return };
        if let Err(error) = recorder.store().end_subscription(message.id).await {
            tracing::warn!(%error, "a message that was sent may be sent again");
        }
    }
}

/// The entry that answers a question in all its parts.
fn answer(verdicts: &[Verdict]) -> Option<EntryId> {
    let answers = verdicts.iter().map(|verdict| match &verdict.decision {
        Decision::Answer(entry) => Some(entry.clone()),
        _ => None,
    });
    let answers: Option<Vec<EntryId>> = answers.collect();
    answers?.into_iter().next()
}

fn message(generation: &Generation, entry: &EntryId, subscription: &Subscription) -> Option<DueMessage> {
    let (content, text) = (generation.content(), text(subscription.lang));
    let entry = content.entry(entry)?;
    let intro = Card { body: text.subscription_due(), tone: Tone::Info, ..Card::default() };
    let mut answer =
        card::entry(content, entry, subscription.lang, 1.0, &entry.version(subscription.lang).question);
    answer.footer = Some(card::footer(content, text));
    let mut reply = Reply::card(Visibility::Private, Outcome::Answer, intro);
    reply.cards.push(answer);
    reply.lang = subscription.lang;
    reply.generation = generation.number();
    Some(DueMessage { id: subscription.id, user: subscription.user, reply })
}
