//! A [`Reply`] as Discord's builders: embeds, buttons, forms, completions, within every limit and without a ping.
//!
//! Owns no wording and sends nothing. Texts are cut in `outbound/limits.rs`, embeds are laid out in
//! `outbound/embeds.rs`, forms and buttons in `outbound/components.rs`; `dispatch.rs` decides what is sent where.

mod components;
mod embeds;
mod limits;

use serenity::all::{
    AutocompleteChoice, CreateAllowedMentions, CreateAutocompleteResponse, CreateInteractionResponse,
    CreateInteractionResponseMessage, CreateMessage, EditInteractionResponse, MessageId, MessageReference,
    MessageReferenceKind, Nonce,
};

use crate::{
    bot::{
        Reply,
        reply::{Action, Choice, Form, Outcome, Visibility},
    },
    ids::ChannelId,
    lang::Lang,
    text::{Text, text},
};

/// Discord's limit of completions.
const MAX_CHOICES: usize = 25;

/// The language of labels: the person's own, and French around a reply in French, since of who writes a message Discord
/// does not tell the language.
fn frame(reply: &Reply, own: Text) -> Text {
    if reply.lang == Lang::Fr { text(Lang::Fr) } else { own }
}

/// Nobody is ever pinged, whatever a text says.
pub(super) fn no_mentions() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

/// The first answer to an interaction: a form, or a message that is private where the reply is.
pub(super) fn first_answer(reply: &Reply, text: Text) -> CreateInteractionResponse {
    match &reply.form {
        Some(form) => form_response(form),
        None => {
            let is_private = reply.visibility != Visibility::Public;
            CreateInteractionResponse::Message(body(reply, text).ephemeral(is_private))
        }
    }
}

/// The first answer to a press that changes the message it stands under.
pub(super) fn in_place(reply: &Reply, text: Text) -> CreateInteractionResponse {
    CreateInteractionResponse::UpdateMessage(body(reply, text))
}

/// The change of a first answer that promised one, or of the message a button stands under.
pub(super) fn later_answer(reply: &Reply, text: Text) -> EditInteractionResponse {
    let rendered = Rendered::new(reply, text);
    EditInteractionResponse::new()
        .content(rendered.content)
        .embeds(rendered.embeds)
        .components(components::rows(&reply.buttons))
        .allowed_mentions(no_mentions())
}

/// A promise of an answer, shown as "thinking" to everybody or to one person.
pub(super) fn promise(is_private: bool) -> CreateInteractionResponse {
    let message = CreateInteractionResponseMessage::new().allowed_mentions(no_mentions());
    CreateInteractionResponse::Defer(message.ephemeral(is_private))
}

/// A message in a channel, as an answer to another one where there is one.
///
/// The nonce makes a second try of the same answer harmless.
pub(super) fn message(
    reply: &Reply,
    text: Text,
    answers: Option<(ChannelId, u64)>,
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
    if let Some((channel, answered)) = answers {
        let reference = MessageReference::new(
            MessageReferenceKind::Default,
            serenity::all::ChannelId::new(channel.get()),
        );
        message = message
            .reference_message(reference.message_id(MessageId::new(answered)).fail_if_not_exists(false));
    }
    message
}

/// Completions.
pub(super) fn completions(choices: &[Choice]) -> CreateInteractionResponse {
    let choices = choices.iter().filter_map(|choice| {
        let (name, value) = (limits::line(&choice.name, 100), limits::line(&choice.value, 100));
        (!name.is_empty() && !value.is_empty()).then(|| AutocompleteChoice::new(name, value))
    });
    let choices = choices.take(MAX_CHOICES).collect();
    CreateInteractionResponse::Autocomplete(CreateAutocompleteResponse::new().set_choices(choices))
}

/// The short public word in place of a private reply, with a button that shows the reply to whom it is for; `None`
/// where the person has it already and nobody else need know.
///
/// Where no direct message arrived, what the bot itself allows to be said in public comes first.
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
        None => text.rim_closed(),
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
        let text = frame(reply, text);
        let embeds = embeds::embeds(&reply.cards, text);
        // Discord refuses a message without anything in it.
        let content = if embeds.is_empty() { text.rim_nothing() } else { String::new() };
        Rendered { content, embeds }
    }
}

#[cfg(test)]
mod tests;
