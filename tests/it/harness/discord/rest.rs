//! The HTTP API: records every request, fails on demand, and does otherwise what Discord does.

use std::{future::pending, sync::Arc};

use axum::{
    body::{Body, Bytes},
    extract::State as Shared,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::Response,
};
use serde_json::{Value, json};

use super::{
    BOT, GUILD, Inner, Record, Route, State, TOKEN,
    event::{kind, plain_message},
    fault::Answer,
    person::bot_user,
    rules,
    seen::{Kind, Seen},
};

type Answered = (u16, Value);

/// A request of the bot.
pub(crate) async fn answer(
    Shared(inner): Shared<Arc<Inner>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let wants_response = uri.query().is_some_and(|query| query.contains("with_response=true"));
    let path = uri.path().trim_start_matches("/api/v10/").to_owned();
    let body = json_of(&body);
    let route = Route::of(&method, &path);
    let record = Record { route, method, path, body, status: None };
    let (at, fault) = inner.change(|state| {
        state.records.push(record.clone());
        let fault =
            state.faults.iter_mut().find_map(|fault| fault.takes(&record).then(|| fault.answer.clone()));
        (state.records.len() - 1, fault)
    });
    let is_lost = matches!(fault, Some(Answer::Lost));
    match fault {
        Some(Answer::Status(status, headers, body)) => {
            inner.change(|state| state.records[at].status = Some(status.as_u16()));
            let built = headers
                .into_iter()
                .fold(Response::builder().status(status), |built, (name, value)| built.header(name, value));
            return built.body(Body::from(body)).unwrap();
        }
        Some(Answer::Hang) => return pending().await,
        Some(Answer::Held(gate)) => gate.acquire().await.unwrap().forget(),
        Some(Answer::Lost) | None => {}
    }
    let is_known = headers
        .get("authorization")
        .is_some_and(|value| value.as_bytes() == format!("Bot {TOKEN}").as_bytes());
    let (status, body) = inner.change(|state| {
        let (status, body) = serve(state, &inner, &record, is_known, wants_response);
        state.records[at].status = Some(status);
        (status, body)
    });
    if is_lost {
        return Response::builder().status(502).body(Body::from("<html>bad gateway")).unwrap();
    }
    let body = if status == 204 { Body::empty() } else { Body::from(body.to_string()) };
    let built = Response::builder().status(StatusCode::from_u16(status).unwrap());
    built.header("content-type", "application/json").body(body).unwrap()
}

/// The JSON of a body: all of it, or the part of a form that comes with a file.
fn json_of(body: &[u8]) -> Value {
    let text = String::from_utf8_lossy(body);
    let part = text.split_once("name=\"payload_json\"").and_then(|(_, rest)| rest.split_once("\r\n\r\n"));
    let json = part.and_then(|(_, rest)| Some(rest.split_once("\r\n--")?.0));
    let has_file = body.windows(8).any(|window| window == b"\x89PNG\r\n\x1a\n");
    match json.filter(|_| has_file) {
        Some(json) => serde_json::from_str(json).unwrap_or(Value::Null),
        None => serde_json::from_slice(body).unwrap_or(Value::Null),
    }
}

fn serve(
    state: &mut State,
    inner: &Inner,
    record: &Record,
    is_known: bool,
    wants_response: bool,
) -> Answered {
    let needs_no_token =
        matches!(record.route, Route::Callback | Route::EditAnswer | Route::DeleteAnswer | Route::Followup);
    if !is_known && !needs_no_token {
        return (401, json!({"message": "401: Unauthorized", "code": 0}));
    }
    let faults = rules::check(record);
    if !faults.is_empty() {
        state.violations.extend(faults.iter().map(|fault| format!("{fault} in {record}")));
        return (400, json!({"message": "Invalid Form Body", "code": 50035, "errors": faults}));
    }
    match record.route {
        Route::Gateway => (200, gateway(inner)),
        Route::Me if record.path.starts_with("users") => (200, bot_user()),
        Route::Me => (200, json!({"id": BOT.to_string(), "name": "faq", "flags": 0, "bot": bot_user()})),
        Route::Commands => (200, json!(state.commands)),
        Route::Register => (200, register(state, &record.body)),
        Route::Callback => {
            let (status, body) = callback(state, record);
            let token = record.path.split('/').nth(2).unwrap_or_default();
            let message = state.interactions.get(token).and_then(|interaction| interaction.message);
            // Discord answers so if it is asked with `with_response`.
            match message.filter(|_| status == 204).and_then(|id| state.messages.get(&id)) {
                Some(message) if wants_response => (
                    200,
                    json!({"interaction": {"id": "1", "type": 2}, "resource": {"type": 4, "message": message}}),
                ),
                _ => (status, body),
            }
        }
        Route::EditAnswer => edit_answer(state, record),
        Route::DeleteAnswer => delete_answer(state, record),
        Route::Followup => followup(state, record),
        Route::Message => message(state, record),
        Route::Thread => {
            (201, json!({"id": record.number(3).to_string(), "type": 11, "name": record.body["name"]}))
        }
        Route::EditMessage => edit_message(state, record),
        Route::Typing | Route::React => (204, Value::Null),
        Route::Guilds => (200, guilds(state)),
        Route::LeaveGuild => {
            state.remove_guild(record.number(3));
            (204, Value::Null)
        }
        Route::Direct => direct(state, &record.body),
        Route::Other => refuse(404, 0, "404: Not Found"),
    }
}

fn refuse(status: u16, code: u32, message: &str) -> Answered {
    (status, json!({"message": message, "code": code}))
}

fn gateway(inner: &Inner) -> Value {
    let limit = json!({"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1});
    json!({"url": format!("ws://{}/gateway", inner.address), "shards": 1, "session_start_limit": limit})
}

fn guilds(state: &State) -> Value {
    let joined = std::iter::once(GUILD).chain(state.other_guilds.iter().copied());
    joined.map(|guild| json!({"id": guild.to_string(), "name": "a server"})).collect()
}

fn register(state: &mut State, body: &Value) -> Value {
    let mut commands: Vec<Value> = body.as_array().cloned().unwrap_or_default();
    for command in &mut commands {
        command["id"] = json!(state.id().to_string());
        command["application_id"] = json!(BOT.to_string());
        command["version"] = json!(state.id().to_string());
    }
    state.commands = commands;
    json!(state.commands)
}

fn callback(state: &mut State, record: &Record) -> Answered {
    let token = record.path.split('/').nth(2).unwrap_or_default();
    let (kind, data) = (record.body["type"].as_u64().unwrap_or(0), record.body["data"].clone());
    let new = state.id();
    let Some(interaction) = state.interactions.get_mut(token).filter(|it| it.id == record.number(1)) else {
        return refuse(404, 10062, "Unknown interaction");
    };
    if interaction.answered.is_some() {
        return refuse(400, 40060, "Interaction has already been acknowledged.");
    }
    let is_fit = match kind {
        4 | 5 => interaction.kind != kind::COMPLETION,
        6 | 7 => interaction.under.is_some(),
        8 => interaction.kind == kind::COMPLETION,
        9 => matches!(interaction.kind, kind::COMMAND | kind::COMPONENT),
        _ => false,
    };
    if !is_fit {
        state.violations.push(format!("an answer that cannot be given here: {record}"));
        return refuse(400, 50035, "Invalid Form Body");
    }
    interaction.answered = Some(kind);
    interaction.is_private = data["flags"].as_u64().unwrap_or(0) & 64 != 0;
    let (is_private, channel, under) = (interaction.is_private, interaction.channel, interaction.under);
    let seen =
        |kind, message| Seen { kind, is_private, was_deferred: false, body: data.clone(), message, channel };
    let token = token.to_owned();
    let seen = match kind {
        4 => {
            put_message(state, new, channel, &data);
            seen(Kind::Message, Some(new))
        }
        7 => {
            change_message(state, under.unwrap_or(0), &data);
            seen(Kind::InPlace, under)
        }
        8 => seen(Kind::Choices, None),
        9 => seen(Kind::Form, None),
        _ => return (204, Value::Null),
    };
    let interaction = state.interactions.get_mut(&token).expect("found above");
    interaction.message = seen.message;
    interaction.seen = Some(seen);
    (204, Value::Null)
}

fn edit_answer(state: &mut State, record: &Record) -> Answered {
    let token = record.path.split('/').nth(2).unwrap_or_default().to_owned();
    let new = state.id();
    let Some(interaction) = state.interactions.get(&token) else {
        return refuse(404, 10015, "Unknown Webhook");
    };
    let Some(answered @ (4..=7)) = interaction.answered else {
        return refuse(404, 10008, "Unknown Message");
    };
    let (channel, is_private) = (interaction.channel, interaction.is_private);
    let is_in_place = answered >= 6;
    let old = if is_in_place { interaction.under } else { interaction.message };
    let id = old.unwrap_or(new);
    if state.messages.contains_key(&id) {
        change_message(state, id, &record.body);
    } else {
        put_message(state, id, channel, &record.body);
    }
    let kind = if is_in_place { Kind::InPlace } else { Kind::Message };
    let seen =
        Seen { kind, is_private, was_deferred: true, body: record.body.clone(), message: Some(id), channel };
    let interaction = state.interactions.get_mut(&token).expect("found above");
    interaction.message = Some(id);
    interaction.seen = Some(seen);
    (200, state.messages[&id].clone())
}

fn delete_answer(state: &mut State, record: &Record) -> Answered {
    let token = record.path.split('/').nth(2).unwrap_or_default();
    match state.interactions.get_mut(token) {
        Some(interaction) if interaction.answered.is_some() && !interaction.is_deleted => {
            interaction.is_deleted = true;
            // After a response that shows nothing, the answer is the message of the button.
            if let Some(under) = interaction.under.filter(|_| interaction.answered == Some(6)) {
                state.messages.remove(&under);
            }
            (204, Value::Null)
        }
        Some(_) => refuse(404, 10008, "Unknown Message"),
        None => refuse(404, 10015, "Unknown Webhook"),
    }
}

fn followup(state: &mut State, record: &Record) -> Answered {
    let token = record.path.split('/').nth(2).unwrap_or_default();
    let Some(channel) = state.interactions.get(token).map(|interaction| interaction.channel) else {
        return refuse(404, 10015, "Unknown Webhook");
    };
    let token = token.to_owned();
    let id = state.id();
    put_message(state, id, channel, &record.body);
    let interaction = &state.interactions[&token];
    // The first further message takes the place of a placeholder and is as visible as that one.
    let fills_placeholder =
        interaction.answered == Some(5) && interaction.message.is_none() && !interaction.is_deleted;
    let is_private = match fills_placeholder {
        true => interaction.is_private,
        false => record.body["flags"].as_u64().unwrap_or(0) & 64 != 0,
    };
    let (kind, body) = (Kind::Message, record.body.clone());
    let seen = Seen { kind, is_private, was_deferred: true, body, message: Some(id), channel };
    let interaction = state.interactions.get_mut(&token).expect("found above");
    interaction.seen = Some(seen);
    (200, state.messages[&id].clone())
}

fn message(state: &mut State, record: &Record) -> Answered {
    let (channel, body) = (record.number(1), &record.body);
    let person = state.direct.iter().find(|(_, direct)| **direct == channel).map(|(person, _)| *person);
    if person.is_some_and(|person| state.closed.contains(&person)) {
        return refuse(403, 50007, "Cannot send messages to this user");
    }
    let nonce =
        body["nonce"].as_str().map(str::to_owned).or_else(|| body["nonce"].as_i64().map(|n| n.to_string()));
    let nonce = nonce.filter(|_| body["enforce_nonce"] == true).map(|nonce| (channel, nonce));
    if let Some(id) = nonce.as_ref().and_then(|nonce| state.nonces.get(nonce)) {
        return (200, state.messages[id].clone());
    }
    let id = state.id();
    state.nonces.extend(nonce.map(|nonce| (nonce, id)));
    put_message(state, id, channel, body);
    (200, state.messages[&id].clone())
}

fn edit_message(state: &mut State, record: &Record) -> Answered {
    let id = record.number(3);
    if !state.messages.contains_key(&id) {
        return refuse(404, 10008, "Unknown Message");
    }
    change_message(state, id, &record.body);
    (200, state.messages[&id].clone())
}

fn direct(state: &mut State, body: &Value) -> Answered {
    let Some(person) = body["recipient_id"].as_str().and_then(|id| id.parse().ok()) else {
        return refuse(400, 50035, "Invalid Form Body");
    };
    let channel = state.direct_channel(person);
    (
        200,
        json!({"id": channel.to_string(), "type": 1, "last_message_id": null, "flags": 0, "recipients": []}),
    )
}

/// A message of the bot, as it is remembered.
fn put_message(state: &mut State, id: u64, channel: u64, body: &Value) {
    let mut message = plain_message(id, channel, bot_user(), "");
    if !state.is_direct(channel) {
        message["guild_id"] = json!(GUILD.to_string());
    }
    if let Some(reference) = body.get("message_reference").filter(|reference| !reference.is_null()) {
        message["type"] = json!(19);
        message["message_reference"] = reference.clone();
    }
    state.messages.insert(id, message);
    change_message(state, id, body);
}

fn change_message(state: &mut State, id: u64, body: &Value) {
    let message = state.messages.get_mut(&id).expect("only messages that are there are changed");
    for key in ["content", "embeds", "components", "flags"] {
        if let Some(value) = body.get(key).filter(|value| !value.is_null()) {
            message[key] = value.clone();
        }
    }
}
