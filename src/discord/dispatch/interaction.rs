//! The answer to an interaction: at once if it can be, promised after a second, given up after ten.

use std::time::Duration;

use serenity::all::CreateInteractionResponse;
use tokio::{
    task::JoinError,
    time::{Instant, timeout_at},
};

use crate::ids::InteractionId;
use crate::{
    bot::{
        Ask, Reply, Request,
        reply::{Card, Outcome, Visibility},
        request::Place,
    },
    discord::{
        dispatch::{Dispatch, HARD_STOP},
        inbound::{InitialResponse, InteractionTarget},
        outbound,
        rest::{InteractionToken, RestError},
    },
    lang::Lang,
    text::{Text, text},
};

/// After this a promise is given, so that the person sees that something happens.
const PROMISE: Duration = Duration::from_secs(1);
/// Discord takes changes of an answer for fifteen minutes.
const RELOAD_STOP: Duration = Duration::from_secs(14 * 60);
/// The latest for what can only come first: Discord forgets an interaction after three seconds.
const ONLY_FIRST: Duration = Duration::from_millis(2000);

impl Dispatch {
    pub(super) async fn interaction(
        &self,
        id: InteractionId,
        request: Request,
        back: InteractionTarget,
        arrived: Instant,
    ) {
        let (locale, place, ask) = (request.locale, request.place, request.ask.name());
        let (words, hard_stop) = (text(locale), hard_stop(&request.ask));
        let mut work = self.work(request);
        let promise = promise(back.first);
        let patience = if promise.is_some() { PROMISE } else { ONLY_FIRST };
        let done = timeout_at(arrived + patience, &mut work).await;
        match (done, promise) {
            (Ok(done), _) => {
                let reply = with_typed(self.reply(done, locale, ask), &back, words);
                self.say_first(id, &back, &reply, words).await;
            }
            (Err(_), None) => {
                let reply = self.apology(locale, ask, false);
                self.say_first(id, &back, &reply, words).await;
            }
            (Err(_), Some(promise)) => {
                if let Err(error) = self.rest.callback(id, &back.token, &promise).await {
                    self.note(ask, &error);
                }
                let reply = match timeout_at(arrived + hard_stop, work).await {
                    Ok(done) => self.reply(done, locale, ask),
                    Err(_) => self.apology(locale, ask, false),
                };
                self.say_later(&back, with_typed(reply, &back, words), place, words, ask).await;
            }
        }
    }

    /// An answer as the first thing said; an apology in its place if Discord does not take it.
    pub(super) async fn say_first(
        &self,
        id: InteractionId,
        back: &InteractionTarget,
        reply: &Reply,
        words: Text,
    ) {
        let response = first_response(reply, back.first, words);
        let Err(error) = self.rest.callback(id, &back.token, &response).await else { return };
        self.note("first answer", &error);
        if let RestError::Refused { status: 400, .. } = error
            && !error.is_too_late()
            && back.first != InitialResponse::Completions
        {
            self.apologise(id, &back.token, words.lang()).await;
        }
    }

    /// An apology, to an interaction of which nothing more is known.
    pub(super) async fn apologise(&self, id: InteractionId, token: &InteractionToken, locale: Lang) {
        let reply = Reply::private(text(locale).rim_apology());
        let response = outbound::first_answer(&reply, text(locale));
        if let Err(error) = self.rest.callback(id, token, &response).await {
            self.note("apology", &error);
        }
    }

    /// An answer after a promise. What was promised in public stays public, so a private answer is only pointed to.
    async fn say_later(
        &self,
        back: &InteractionTarget,
        reply: Reply,
        place: Place,
        words: Text,
        ask: &'static str,
    ) {
        let is_secret = matches!(reply.outcome, Outcome::Sensitive | Outcome::Media);
        let is_exposed = back.first == InitialResponse::Deferred && matches!(place, Place::Guild { .. });
        let reply = if is_secret && is_exposed && reply.visibility != Visibility::Public {
            outbound::pointer(&reply, words, false).unwrap_or(reply)
        } else if reply.is_silent() || reply.form.is_some() {
            // A form can only come first; the person presses again.
            self.apology(words.lang(), ask, false)
        } else {
            reply
        };
        let edit = outbound::later_answer(&reply, words);
        if let Err(error) = self.rest.edit_answer(back.application, &back.token, &edit).await {
            self.note(ask, &error);
        }
    }

    fn reply(&self, done: Result<Reply, JoinError>, locale: Lang, ask: &'static str) -> Reply {
        done.unwrap_or_else(|error| self.apology(locale, ask, error.is_panic()))
    }
}

/// A reload of a large FAQ may take minutes, and a moderator wants to know how it ended.
fn hard_stop(ask: &Ask) -> Duration {
    if matches!(ask, Ask::Reload { .. }) { RELOAD_STOP } else { HARD_STOP }
}

/// The promise that may come first; `None` where only the answer itself may.
fn promise(first: InitialResponse) -> Option<CreateInteractionResponse> {
    match first {
        InitialResponse::Deferred => Some(outbound::promise(false)),
        InitialResponse::DeferredPrivate => Some(outbound::promise(true)),
        InitialResponse::InPlace => Some(CreateInteractionResponse::Acknowledge),
        InitialResponse::Form | InitialResponse::Completions => None,
    }
}

/// What is sent first. A press changes the message it stands under, unless there is only a word to the person alone.
fn first_response(reply: &Reply, first: InitialResponse, words: Text) -> CreateInteractionResponse {
    match first {
        InitialResponse::Completions => outbound::completions(&reply.choices),
        // No interaction may end without an answer.
        _ if reply.is_silent() => outbound::first_answer(&Reply::private(words.rim_nothing()), words),
        InitialResponse::InPlace if reply.outcome != Outcome::Service && reply.form.is_none() => {
            outbound::in_place(reply, words)
        }
        _ => outbound::first_answer(reply, words),
    }
}

/// The reply, with what was typed into a form that can no longer be taken given back.
fn with_typed(mut reply: Reply, back: &InteractionTarget, words: Text) -> Reply {
    if let Some(typed) = back.typed.as_ref().filter(|typed| !typed.trim().is_empty()) {
        // A code block shows the text as it was typed, and a fence inside it must not end it.
        let typed = typed.replace("```", "'''");
        let body = format!("{}\n```\n{typed}\n```", words.rim_typed());
        reply.cards.push(Card { body, ..Card::default() });
        reply.visibility = Visibility::Private;
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ApplicationId;

    fn kind(reply: &Reply, first: InitialResponse) -> u64 {
        let response = first_response(reply, first, text(Lang::En));
        serde_json::to_value(response).unwrap()["type"].as_u64().unwrap()
    }

    #[test]
    fn a_press_on_a_near_miss_changes_the_message_and_a_word_to_the_person_does_not() {
        let answer =
            Reply::card(Visibility::Public, Outcome::Answer, Card { body: "a".into(), ..Card::default() });
        assert_eq!(kind(&answer, InitialResponse::InPlace), 7);
        assert_eq!(kind(&Reply::private("that entry is gone".into()), InitialResponse::InPlace), 4);
        assert_eq!(kind(&answer, InitialResponse::Deferred), 4);
    }

    #[test]
    fn no_interaction_ends_without_an_answer() {
        assert_eq!(kind(&Reply::silent(), InitialResponse::DeferredPrivate), 4);
        assert_eq!(kind(&Reply::silent(), InitialResponse::Completions), 8);
    }

    #[test]
    fn what_was_typed_into_a_form_of_another_version_is_given_back() {
        let back = InteractionTarget {
            application: ApplicationId::new(1),
            token: InteractionToken(String::new()),
            first: InitialResponse::DeferredPrivate,
            typed: Some("My ```question```".into()),
        };
        let reply = with_typed(Reply::private("too old".into()), &back, text(Lang::En));
        assert!(reply.cards[1].body.contains("My '''question'''"));
    }
}
