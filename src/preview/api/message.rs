//! Messages of the bot in channels.

use serde_json::{Value, json};

use super::{Answered, Call, refusal};
use crate::preview::{
    event::plain_message,
    people::{self, GUILD},
    state::State,
};

/// The emoji that the bot reacts with, as it is written in a path.
const HOURGLASS: (&str, &str) = ("%E2%8F%B3", "⏳");

/// Takes a message. One with the nonce of an earlier one is that one, sent again.
pub(super) fn create(state: &mut State, channel: u64, call: &Call<'_>) -> Answered {
    if !people::is_channel(channel) {
        return refusal(404, 10_003, "Unknown Channel");
    }
    let nonce = call.body["nonce"].as_str().filter(|_| call.body["enforce_nonce"] == true);
    if let Some(known) = nonce.and_then(|nonce| state.with_nonce(channel, nonce)) {
        return found(state, known);
    }
    let id = state.id();
    let mut message = of_bot(id, channel, call.body);
    let answered = call.body["message_reference"]["message_id"].as_str().and_then(|id| id.parse().ok());
    if let Some((answered, _)) = answered.and_then(|id| state.message(id)) {
        message["type"] = json!(19);
        message["message_reference"] = call.body["message_reference"].clone();
        message["referenced_message"] = answered.clone();
    }
    state.put(id, message, None, Some(call.request.clone()));
    if let Some(nonce) = nonce {
        state.set_nonce(channel, nonce.to_owned(), id);
    }
    found(state, id)
}

/// Edits a message.
pub(super) fn edit(state: &mut State, id: u64, call: &Call<'_>) -> Answered {
    state.patch(id, call.body, Some(call.request.clone()));
    found(state, id)
}

/// Removes a message.
pub(super) fn delete(state: &mut State, id: u64) -> Answered {
    if state.remove(id) { (204, Value::Null) } else { refusal(404, 10_008, "Unknown Message") }
}

/// Adds a reaction.
pub(super) fn react(state: &mut State, id: u64, emoji: &str) -> Answered {
    let emoji = if emoji == HOURGLASS.0 { HOURGLASS.1 } else { emoji };
    if state.react(id, emoji) { (204, Value::Null) } else { refusal(404, 10_008, "Unknown Message") }
}

/// A message of the bot with what a body says.
pub(super) fn of_bot(id: u64, channel: u64, body: &Value) -> Value {
    let mut message = plain_message(id, channel, people::bot_user(), "");
    if !people::is_direct(channel) {
        message["guild_id"] = json!(GUILD.to_string());
    }
    for key in ["content", "embeds", "components", "flags"] {
        if let Some(value) = body.get(key).filter(|value| !value.is_null()) {
            message[key] = value.clone();
        }
    }
    message
}

fn found(state: &State, id: u64) -> Answered {
    match state.message(id) {
        Some((message, _)) => (200, message.clone()),
        None => refusal(404, 10_008, "Unknown Message"),
    }
}
