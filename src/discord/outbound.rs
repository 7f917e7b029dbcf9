//! Renders a [`Reply`] as Discord's builders: embeds, buttons, forms, completions, within every limit and without pings.
//!
//! Contains no wording and sends nothing. `outbound/limits.rs` cuts texts, `outbound/embeds.rs` lays out embeds,
//! `outbound/components.rs` builds forms and buttons; `dispatch.rs` decides what is sent where.

mod components;
mod embeds;
mod limits;

use serenity::all::{
    AutocompleteChoice, CreateAllowedMentions, CreateAutocompleteResponse, CreateInteractionResponse,
    CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateMessage,
    EditInteractionResponse, EditMessage, MessageReference, MessageReferenceKind, Nonce,
};

use crate::{
    bot::{
        Reply,
        reply::{Action, Completion, Form, Outcome, Visibility},
    },
    ids::{ChannelId, MessageId},
    lang::Lang,
    text::{Text, text},
};

/// Discord's limit of completions.
const MAX_CHOICES: usize = 25;

/// The language of labels: the person's own, but French around a French reply, since Discord does not report a message
/// author's language.
fn label_text(reply: &Reply, own: Text) -> Text {
    if reply.lang == Lang::Fr { text(Lang::Fr) } else { own }
}

/// Nobody is ever pinged, whatever a text says.
pub(super) fn no_mentions() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

/// The initial response to an interaction: a form, or a message that is as private as the reply.
pub(super) fn initial_response(reply: &Reply, text: Text) -> CreateInteractionResponse {
    match &reply.form {
        Some(form) => form_response(form),
        None => {
            let is_private = reply.visibility != Visibility::Public;
            CreateInteractionResponse::Message(body(reply, text).ephemeral(is_private))
        }
    }
}

/// The initial response to a button that changes its own message.
pub(super) fn in_place(reply: &Reply, text: Text) -> CreateInteractionResponse {
    CreateInteractionResponse::UpdateMessage(body(reply, text))
}

/// The edit that follows a deferred response, or that changes the message of a button.
pub(super) fn edit(reply: &Reply, text: Text) -> EditInteractionResponse {
    let rendered = Rendered::new(reply, text);
    EditInteractionResponse::new()
        .content(rendered.content)
        .embeds(rendered.embeds)
        .components(components::rows(&reply.buttons))
        .allowed_mentions(no_mentions())
}

/// The edit of a message of the bot that was sent long ago.
pub(super) fn edit_message(reply: &Reply, text: Text) -> EditMessage {
    let rendered = Rendered::new(reply, text);
    EditMessage::new()
        .content(rendered.content)
        .embeds(rendered.embeds)
        .components(components::rows(&reply.buttons))
        .allowed_mentions(no_mentions())
}

/// A message to one person after an interaction was responded to.
pub(super) fn private_follow_up(reply: &Reply, text: Text) -> CreateInteractionResponseFollowup {
    let rendered = Rendered::new(reply, text);
    CreateInteractionResponseFollowup::new()
        .content(rendered.content)
        .embeds(rendered.embeds)
        .components(components::rows(&reply.buttons))
        .allowed_mentions(no_mentions())
        .ephemeral(true)
}

/// A deferred response, shown as "thinking…" to everybody or to one person only.
pub(super) fn deferred(is_private: bool) -> CreateInteractionResponse {
    let message = CreateInteractionResponseMessage::new().allowed_mentions(no_mentions());
    CreateInteractionResponse::Defer(message.ephemeral(is_private))
}

/// A message in a channel, as a reply to another message if `replies_to` names one.
///
/// Discord recognises a repetition by the nonce.
pub(super) fn message(
    reply: &Reply,
    text: Text,
    replies_to: Option<(ChannelId, MessageId)>,
    nonce: String,
) -> CreateMessage {
    let rendered = Rendered::new(reply, text);
    let mut message = CreateMessage::new()
        .embeds(rendered.embeds)
        .components(components::rows(&reply.buttons))
        .allowed_mentions(no_mentions())
        .nonce(Nonce::String(nonce))
        .enforce_nonce(true);
    if !rendered.content.is_empty() {
        message = message.content(rendered.content);
    }
    if let Some((channel, message_id)) = replies_to {
        let reference = MessageReference::new(
            MessageReferenceKind::Default,
            serenity::all::ChannelId::new(channel.get()),
        );
        message = message
            .reference_message(reference.message_id(message_id.get().into()).fail_if_not_exists(false));
    }
    message
}

/// A text as the name of a thread.
pub(super) fn thread_name(text: &str) -> String {
    limits::line(text, 100)
}

/// Completions.
pub(super) fn completions(choices: &[Completion]) -> CreateInteractionResponse {
    let choices = choices.iter().filter_map(|choice| {
        let (name, value) = (limits::line(&choice.name, 100), limits::line(&choice.value, 100));
        (!name.is_empty() && !value.is_empty()).then(|| AutocompleteChoice::new(name, value))
    });
    let choices = choices.take(MAX_CHOICES).collect();
    CreateInteractionResponse::Autocomplete(CreateAutocompleteResponse::new().set_choices(choices))
}

/// The short public message in place of a private reply, with a button that shows the reply to its recipient; `None`
/// if the person has received it already and nobody else need know.
///
/// If no direct message arrived, the public version of the reply takes precedence if there is one.
pub(super) fn pointer(reply: &Reply, text: Text, is_sent: bool) -> Option<Reply> {
    if let (Some(public), false) = (&reply.in_public, is_sent) {
        return Some(Reply { visibility: Visibility::Public, ..(**public).clone() });
    }
    let action = match reply.outcome {
        Outcome::Sensitive => Some(Action::NeedHelp),
        Outcome::Media => Some(Action::Media),
        _ => None,
    };
    let body = match action {
        Some(_) => text.private_pointer(is_sent),
        None if is_sent => return None,
        None => text.platform_closed(),
    };
    let mut pointer = Reply::private(body);
    pointer.visibility = Visibility::Public;
    pointer.lang = reply.lang;
    Some(match action {
        Some(action) => pointer.with_button(text.button_need(), action),
        None => pointer,
    })
}

fn form_response(form: &Form) -> CreateInteractionResponse {
    CreateInteractionResponse::Modal(components::modal(form))
}

fn body(reply: &Reply, text: Text) -> CreateInteractionResponseMessage {
    let rendered = Rendered::new(reply, text);
    CreateInteractionResponseMessage::new()
        .content(rendered.content)
        .embeds(rendered.embeds)
        .components(components::rows(&reply.buttons))
        .allowed_mentions(no_mentions())
}

/// What every kind of message is made of.
struct Rendered {
    content: String,
    embeds: Vec<serenity::all::CreateEmbed>,
}

impl Rendered {
    fn new(reply: &Reply, text: Text) -> Rendered {
        let text = label_text(reply, text);
        let embeds = embeds::embeds(&reply.cards, text);
        // Discord refuses an empty message.
        let content = if embeds.is_empty() { text.platform_nothing() } else { String::new() };
        Rendered { content, embeds }
    }
}

#[cfg(test)]
mod tests;
