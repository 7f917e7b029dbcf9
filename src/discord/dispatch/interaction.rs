//! Answers an interaction: at once if possible, deferred after a second, with an apology after ten.

use std::time::Duration;

use serenity::all::CreateInteractionResponse;
use tokio::{
    sync::OwnedSemaphorePermit,
    task::JoinError,
    time::{Instant, timeout_at},
};

use crate::{
    bot::{
        Reply, Request, echo,
        reply::{Card, Outcome, Visibility},
        request::Place,
    },
    discord::{
        dispatch::{Dispatch, HARD_STOP},
        inbound::{InitialResponse, InteractionTarget},
        outbound,
        rest::{InteractionToken, RestError},
    },
    ids::{ChannelId, InteractionId},
    lang::Lang,
    text::{Text, text},
};

/// After this the response is deferred, so that the person sees that something happens.
const DEFER_AFTER: Duration = Duration::from_secs(1);
/// Discord accepts edits of a response for fifteen minutes.
const RELOAD_STOP: Duration = Duration::from_secs(14 * 60);
/// The latest for what cannot be deferred: Discord discards an interaction after three seconds.
const WITHOUT_DEFERRING: Duration = Duration::from_millis(2000);

impl Dispatch {
    pub(super) async fn interaction(
        &self,
        id: InteractionId,
        request: Request,
        target: InteractionTarget,
        arrived: Instant,
        slot: OwnedSemaphorePermit,
    ) {
        let (locale, place, ask) = (request.locale, request.place, request.ask.name());
        let is_reload = request.ask.may_build();
        // A reload of a large FAQ may take minutes, and the moderator wants its result.
        let (text, hard_stop) = (text(locale), if is_reload { RELOAD_STOP } else { HARD_STOP });
        let mut work = self.spawn_handler(request);
        let deferred = deferred(target.first);
        let patience = if deferred.is_some() { DEFER_AFTER } else { WITHOUT_DEFERRING };
        let done = timeout_at(arrived + patience, &mut work).await;
        match (done, deferred) {
            (Ok(Ok(reply)), _) if reply.removes_message => self.remove_message(id, &target, text).await,
            (Ok(done), _) => {
                let reply = with_typed(self.reply(done, locale, ask), &target, text);
                match place {
                    Place::Guild { channel, .. } if self.bot.is_correctable(&reply) => {
                        self.send_initial_answer(id, &target, &reply, text, channel).await;
                    }
                    _ => self.send_initial(id, &target, &reply, text).await,
                }
            }
            (Err(_), None) => {
                let reply = self.apology(locale, ask, false);
                self.send_initial(id, &target, &reply, text).await;
            }
            (Err(_), Some(deferred)) => {
                if let Err(error) = self.rest.callback(id, &target.token, &deferred).await {
                    self.log_failed(ask, &error);
                }
                let done = match is_reload {
                    true => timeout_at(arrived + hard_stop, self.watch_reload(work, &target, text)).await,
                    false => timeout_at(arrived + hard_stop, work).await,
                };
                let reply = match done {
                    Ok(done) => self.reply(done, locale, ask),
                    Err(_) => self.apology(locale, ask, false),
                };
                drop(slot);
                self.send_late(&target, with_typed(reply, &target, text), place, text, ask).await;
            }
        }
    }

    /// Sends a reply as the initial response; an apology in its place if Discord refuses it.
    pub(super) async fn send_initial(
        &self,
        id: InteractionId,
        target: &InteractionTarget,
        reply: &Reply,
        text: Text,
    ) {
        let response = initial_response(reply, target.first, text);
        if let Err(error) = self.rest.callback(id, &target.token, &response).await {
            self.initial_failed(id, target, text, error).await;
        }
    }

    /// The same for a public answer in a server: where it is, is remembered for a correction.
    async fn send_initial_answer(
        &self,
        id: InteractionId,
        target: &InteractionTarget,
        reply: &Reply,
        text: Text,
        channel: ChannelId,
    ) {
        let response = initial_response(reply, target.first, text);
        match self.rest.callback_with_message(id, &target.token, &response).await {
            Ok(Some(message)) => self.bot.answer_sent(reply, channel, message),
            Ok(None) => {}
            Err(error) => self.initial_failed(id, target, text, error).await,
        }
    }

    /// An apology in place of an initial response that Discord refused.
    async fn initial_failed(
        &self,
        id: InteractionId,
        target: &InteractionTarget,
        text: Text,
        error: RestError,
    ) {
        self.log_failed("initial response", &error);
        if let RestError::Refused { status: 400, .. } = error
            && !error.is_too_late()
            && target.first != InitialResponse::Completions
        {
            self.apologise(id, &target.token, text.lang()).await;
        }
    }

    /// Deletes the message of a button. The response shows nothing; the deletion then takes the message itself.
    async fn remove_message(&self, id: InteractionId, target: &InteractionTarget, text: Text) {
        if let Err(error) =
            self.rest.callback(id, &target.token, &CreateInteractionResponse::Acknowledge).await
        {
            self.log_failed("remove", &error);
        }
        match self.rest.delete_answer(target.application, &target.token).await {
            Ok(()) | Err(RestError::Refused { status: 404, .. }) => {}
            Err(error) => {
                self.log_failed("remove", &error);
                let notice = outbound::private_follow_up(&Reply::private(text.not_removed()), text);
                // The failure is in the log already.
                let _ = self.rest.follow_up(target.application, &target.token, &notice).await;
            }
        }
    }

    /// Sends an apology to an interaction that could not be decoded.
    pub(super) async fn apologise(&self, id: InteractionId, token: &InteractionToken, locale: Lang) {
        let text = text(locale);
        let reply = Reply::private(text.platform_apology());
        let response = outbound::initial_response(&reply, text);
        if let Err(error) = self.rest.callback(id, token, &response).await {
            self.log_failed("apology", &error);
        }
    }

    /// Sends a reply after a deferred response or an acknowledgement.
    async fn send_late(
        &self,
        target: &InteractionTarget,
        reply: Reply,
        place: Place,
        text: Text,
        ask: &'static str,
    ) {
        let Some(_sending) = self.inner.sending.admit(None) else {
            self.health.count_dropped();
            return;
        };
        // A form can only be an initial response; the person has to press again.
        let is_sendable = !reply.is_silent() && reply.form.is_none();
        let reply = if is_sendable { reply } else { self.apology(text.lang(), ask, false) };
        let (application, token) = (target.application, &target.token);
        let follow_up = async || {
            self.rest.follow_up(application, token, &outbound::private_follow_up(&reply, text)).await
        };
        let edit = async |reply: &Reply| {
            self.rest.edit_answer(application, token, &outbound::edit(reply, text)).await
        };
        let sent = match late_form(target.first, &reply, place) {
            LateForm::Edit => edit(&reply).await.map(|message| {
                if let (Some(message), Place::Guild { channel, .. }) = (message, place) {
                    self.bot.answer_sent(&reply, channel, message);
                }
            }),
            LateForm::FollowUp => follow_up().await,
            // Unless the placeholder is gone, the first further message takes its place, visible to everybody.
            LateForm::InsteadOfPlaceholder => match self.rest.delete_answer(application, token).await {
                Ok(()) | Err(RestError::Refused { status: 404, .. }) => follow_up().await,
                Err(error) => {
                    self.log_failed("removal of a placeholder", &error);
                    let is_secret = matches!(reply.outcome, Outcome::Sensitive | Outcome::Media);
                    let pointer = outbound::pointer(&reply, text, false).filter(|_| is_secret);
                    edit(pointer.as_ref().unwrap_or(&reply)).await.map(drop)
                }
            },
        };
        if let Err(error) = sent {
            self.log_failed(ask, &error);
        }
    }

    fn reply(&self, done: Result<Reply, JoinError>, locale: Lang, ask: &'static str) -> Reply {
        done.unwrap_or_else(|error| self.apology(locale, ask, error.is_panic()))
    }
}

/// The deferred response; `None` if only the reply itself may be the initial response.
fn deferred(first: InitialResponse) -> Option<CreateInteractionResponse> {
    match first {
        InitialResponse::Deferred => Some(outbound::deferred(false)),
        InitialResponse::DeferredPrivate => Some(outbound::deferred(true)),
        InitialResponse::InPlace => Some(CreateInteractionResponse::Acknowledge),
        InitialResponse::Form | InitialResponse::Completions => None,
    }
}

/// How a reply is sent that comes after a deferred response or an acknowledgement.
#[derive(Debug, PartialEq, Eq)]
enum LateForm {
    /// It takes the place of the placeholder.
    Edit,
    /// The person alone gets it; there is no placeholder.
    FollowUp,
    /// The person alone gets it, and the placeholder, which everybody sees, is removed.
    InsteadOfPlaceholder,
}

/// A message that others see too is never changed late: only a public answer replaces the placeholder that announced it.
fn late_form(first: InitialResponse, reply: &Reply, place: Place) -> LateForm {
    let is_shared = matches!(place, Place::Guild { .. });
    match first {
        // By now somebody else may have pressed, and the message is not this person's alone.
        InitialResponse::InPlace if is_shared || !replaces_its_message(reply) => LateForm::FollowUp,
        InitialResponse::Deferred if is_shared && reply.visibility != Visibility::Public => {
            LateForm::InsteadOfPlaceholder
        }
        _ => LateForm::Edit,
    }
}

/// The reply as an initial response. A button changes its own message, unless the reply is a notice to the person only.
fn initial_response(reply: &Reply, first: InitialResponse, text: Text) -> CreateInteractionResponse {
    match first {
        InitialResponse::Completions => outbound::completions(&reply.completions),
        // Every interaction needs a response.
        _ if reply.is_silent() => outbound::initial_response(&Reply::private(text.platform_nothing()), text),
        InitialResponse::InPlace if replaces_its_message(reply) => outbound::in_place(reply, text),
        _ => outbound::initial_response(reply, text),
    }
}

/// Whether the reply to a button may take the place of the button's message: an entry may, a notice may not.
fn replaces_its_message(reply: &Reply) -> bool {
    reply.outcome != Outcome::Service && reply.form.is_none()
}

/// The reply with the text of a form that can no longer be accepted, so that it is not lost.
fn with_typed(mut reply: Reply, target: &InteractionTarget, text: Text) -> Reply {
    if let Some(typed) = target.typed.as_ref().filter(|typed| !typed.trim().is_empty()) {
        let body = format!("{}\n{}", text.platform_typed(), echo::code_block(typed));
        reply.cards.push(Card { body, ..Card::default() });
        reply.visibility = Visibility::Private;
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ApplicationId, GuildId};

    fn kind(reply: &Reply, first: InitialResponse) -> u64 {
        let response = initial_response(reply, first, text(Lang::En));
        serde_json::to_value(response).unwrap()["type"].as_u64().unwrap()
    }

    #[test]
    fn a_near_miss_button_changes_its_message_and_a_private_notice_does_not() {
        let answer =
            Reply::card(Visibility::Public, Outcome::Answer, Card { body: "a".into(), ..Card::default() });
        assert_eq!(kind(&answer, InitialResponse::InPlace), 7);
        assert_eq!(kind(&Reply::private("that entry is gone".into()), InitialResponse::InPlace), 4);
        assert_eq!(kind(&answer, InitialResponse::Deferred), 4);
    }

    #[test]
    fn a_late_reply_never_changes_what_others_see_but_for_a_public_answer() {
        let guild = Place::Guild { guild: GuildId::new(1), channel: ChannelId::new(2) };
        let answer = Reply::card(Visibility::Public, Outcome::Answer, Card::default());
        let need = Reply::card(Visibility::Private, Outcome::Sensitive, Card::default());
        let wait = Reply::private("please wait".into());
        let late = |first, reply| late_form(first, reply, guild);
        assert_eq!(late(InitialResponse::Deferred, &answer), LateForm::Edit);
        assert_eq!(late(InitialResponse::Deferred, &need), LateForm::InsteadOfPlaceholder);
        assert_eq!(late(InitialResponse::Deferred, &wait), LateForm::InsteadOfPlaceholder);
        assert_eq!(late(InitialResponse::DeferredPrivate, &need), LateForm::Edit);
        assert_eq!(late(InitialResponse::InPlace, &answer), LateForm::FollowUp);
        assert_eq!(late(InitialResponse::InPlace, &wait), LateForm::FollowUp);
        // In a private conversation there is nobody else.
        assert_eq!(late_form(InitialResponse::InPlace, &answer, Place::Direct), LateForm::Edit);
        assert_eq!(late_form(InitialResponse::Deferred, &need, Place::Direct), LateForm::Edit);
    }

    #[test]
    fn every_interaction_gets_a_response() {
        assert_eq!(kind(&Reply::silent(), InitialResponse::DeferredPrivate), 4);
        assert_eq!(kind(&Reply::silent(), InitialResponse::Completions), 8);
    }

    #[test]
    fn the_text_of_a_form_of_another_version_is_returned() {
        let target = InteractionTarget {
            application: ApplicationId::new(1),
            token: InteractionToken(String::new()),
            first: InitialResponse::DeferredPrivate,
            typed: Some("My ```question```".into()),
        };
        let reply = with_typed(Reply::private("too old".into()), &target, text(Lang::En));
        assert!(reply.cards[1].body.contains("My '''question'''"));
    }
}
