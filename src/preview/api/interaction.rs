//! Responses to interactions: the initial one, its edit and removal, and further messages.

use serde_json::{Value, json};

use super::{Answered, Call, message, refusal};
use crate::preview::{
    event::{COMMAND, COMPLETION, COMPONENT},
    state::{EPHEMERAL, LOADING, State},
};

/// Types of initial responses in Discord's numbers.
const MESSAGE: u64 = 4;
const DEFERRED: u64 = 5;
const DEFERRED_UPDATE: u64 = 6;
const UPDATE: u64 = 7;
const CHOICES: u64 = 8;
const FORM: u64 = 9;

/// Takes the initial response.
pub(super) fn callback(state: &mut State, id: u64, token: &str, call: &Call<'_>) -> Answered {
    let (kind, data) = (call.body["type"].as_u64().unwrap_or(0), &call.body["data"]);
    let Some((_, interaction)) = state.interaction(token).filter(|(known, _)| *known == id) else {
        return refusal(404, 10_062, "Unknown interaction");
    };
    if interaction.answered.is_some() {
        return refusal(400, 40_060, "Interaction has already been acknowledged.");
    }
    let is_fit = match kind {
        MESSAGE | DEFERRED => interaction.kind != COMPLETION,
        DEFERRED_UPDATE | UPDATE => interaction.under.is_some(),
        CHOICES => interaction.kind == COMPLETION,
        FORM => matches!(interaction.kind, COMMAND | COMPONENT),
        _ => false,
    };
    if !is_fit {
        state.refuse(call.request.clone(), vec![format!("a response of type {kind} does not fit here")]);
        return refusal(400, 50_035, "Invalid Form Body");
    }
    interaction.answered = Some(kind);
    interaction.is_private = is_ephemeral(data);
    let (is_private, under, first) = (interaction.is_private, interaction.under, interaction.first.take());
    match kind {
        MESSAGE => put(state, token, data, (is_private, true), call),
        DEFERRED => {
            let flags = LOADING | if is_private { EPHEMERAL } else { 0 };
            put(state, token, &json!({"flags": flags}), (is_private, true), call);
        }
        UPDATE => {
            let _ = under.is_some_and(|id| state.patch(id, data, Some(call.request.clone())));
        }
        _ => {}
    }
    // A page that was closed meanwhile does not wait.
    let _ = first.map(|first| first.send(call.body.clone()));
    let made = state.interaction(token).and_then(|(_, interaction)| interaction.message).or(under);
    match made.filter(|_| call.wants_response && kind != CHOICES && kind != FORM) {
        Some(made) => with_message(state, id, kind, made),
        None => (204, Value::Null),
    }
}

/// What Discord answers if it is asked with `with_response`: the bot learns which message it has made or changed.
fn with_message(state: &State, id: u64, kind: u64, made: u64) -> Answered {
    let Some((message, _)) = state.message(made) else { return (204, Value::Null) };
    let interaction = json!({"id": id.to_string(), "response_message_id": made.to_string()});
    (200, json!({"interaction": interaction, "resource": {"type": kind, "message": message}}))
}

/// Edits the initial response, or the message of the button.
pub(super) fn edit(state: &mut State, token: &str, call: &Call<'_>) -> Answered {
    let Some((_, interaction)) = state.interaction(token) else {
        return refusal(404, 10_015, "Unknown Webhook");
    };
    let message = match interaction.answered {
        Some(MESSAGE | DEFERRED) => interaction.message,
        Some(DEFERRED_UPDATE | UPDATE) => interaction.under,
        _ => None,
    };
    match message {
        Some(id) => message::edit(state, id, call),
        None => refusal(404, 10_008, "Unknown Message"),
    }
}

/// Removes the initial response.
pub(super) fn delete(state: &mut State, token: &str) -> Answered {
    let Some((_, interaction)) = state.interaction(token) else {
        return refusal(404, 10_015, "Unknown Webhook");
    };
    match interaction.message.take() {
        Some(id) => message::delete(state, id),
        None => refusal(404, 10_008, "Unknown Message"),
    }
}

/// Takes a further message.
pub(super) fn follow_up(state: &mut State, token: &str, call: &Call<'_>) -> Answered {
    let Some((_, interaction)) = state.interaction(token) else {
        return refusal(404, 10_015, "Unknown Webhook");
    };
    let Some(answered) = interaction.answered else { return refusal(404, 10_015, "Unknown Webhook") };
    // The first further message takes the place of a placeholder and is as visible as that one.
    let placeholder = interaction.message.filter(|_| answered == DEFERRED);
    let is_loading = |id: &u64| {
        let message = state.message(*id).map(|(message, _)| message);
        message.is_some_and(|message| message["flags"].as_u64().unwrap_or(0) & LOADING != 0)
    };
    match placeholder.filter(is_loading) {
        Some(id) => message::edit(state, id, call),
        None => {
            put(state, token, call.body, (is_ephemeral(call.body), false), call);
            (200, json!({}))
        }
    }
}

/// Adds the message of a response; `is_first`: it is the initial one, below the command.
fn put(state: &mut State, token: &str, data: &Value, (is_private, is_first): (bool, bool), call: &Call<'_>) {
    let id = state.id();
    let Some((_, interaction)) = state.interaction(token) else { return };
    let (channel, person) = (interaction.channel, interaction.person);
    let (command, under) = (interaction.command.clone().filter(|_| is_first), interaction.under);
    if is_first {
        interaction.message = Some(id);
    }
    let mut message = message::of_bot(id, channel, data);
    if let Some((name, person)) = command.zip(crate::preview::people::Person::find(person)) {
        message["interaction"] =
            json!({"id": id.to_string(), "type": COMMAND, "name": name, "user": person.user()});
    }
    // A reply to a button is shown as a reply to its message.
    if let Some((answered, _)) = under.filter(|_| is_first).and_then(|id| state.message(id)) {
        message["type"] = json!(19);
        message["message_reference"] =
            json!({"type": 0, "message_id": answered["id"], "channel_id": channel.to_string()});
        message["referenced_message"] = answered.clone();
    }
    state.put(id, message, is_private.then_some(person), Some(call.request.clone()));
}

fn is_ephemeral(data: &Value) -> bool {
    data["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0
}
