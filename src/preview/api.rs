//! Discord's HTTP API as far as the bot uses it: takes the bot's requests and does with them what Discord does.
//!
//! `api/interaction.rs` takes the responses to interactions, `api/message.rs` messages in channels.

mod interaction;
mod message;

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::State as Shared,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::Response,
};
use serde_json::{Value, json};

use super::{
    people::{self, GUILD, Person},
    rules,
    state::{BotRequest, Simulation, State},
};

/// What the API needs.
#[derive(Clone)]
pub(super) struct Api {
    /// The server.
    pub(super) simulation: Arc<Simulation>,
    /// The bot's token.
    pub(super) token: Arc<str>,
}

/// Status and body of a response.
type Answered = (u16, Value);

/// A request of the bot.
struct Call<'a> {
    body: &'a Value,
    /// As it came, for the page.
    request: BotRequest,
    /// Whether the bot wants to know the message that its response made.
    wants_response: bool,
}

/// Answers a request.
pub(super) async fn answer(
    Shared(api): Shared<Api>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    raw: Bytes,
) -> Response {
    let is_bot = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value == format!("Bot {}", api.token));
    let (status, body) = match (is_bot, uri.path().strip_prefix("/api/v10/")) {
        (false, _) => refusal(401, 0, "401: Unauthorized"),
        (true, None) => refusal(404, 0, "404: Not Found"),
        (true, Some(path)) => {
            let parts: Vec<&str> = path.split('/').collect();
            let body = serde_json::from_slice(&raw).unwrap_or(Value::Null);
            let text = String::from_utf8_lossy(&raw).into_owned();
            let request = BotRequest { method: method.to_string(), path: shown_path(&parts), body: text };
            let faults = rules::faults(&method, &parts, &body);
            let wants_response = uri.query().is_some_and(|query| query.contains("with_response=true"));
            api.simulation.change(|state| match faults.is_empty() {
                true => route(state, &method, &parts, &Call { body: &body, request, wants_response }),
                false => {
                    tracing::error!(?faults, "Discord would refuse what the bot sent");
                    state.refuse(request, faults);
                    refusal(400, 50_035, "Invalid Form Body")
                }
            })
        }
    };
    let body = if status == 204 { Body::empty() } else { Body::from(body.to_string()) };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    response
}

fn route(state: &mut State, method: &Method, parts: &[&str], call: &Call<'_>) -> Answered {
    let number = |text: &str| text.parse().unwrap_or(0);
    match (method.as_str(), parts) {
        ("POST", ["interactions", id, token, "callback"]) => {
            interaction::callback(state, number(id), token, call)
        }
        ("PATCH", ["webhooks", _, token, "messages", "@original"]) => interaction::edit(state, token, call),
        ("DELETE", ["webhooks", _, token, "messages", "@original"]) => interaction::delete(state, token),
        ("POST", ["webhooks", _, token]) => interaction::follow_up(state, token, call),
        ("POST", ["channels", channel, "messages"]) => message::create(state, number(channel), call),
        ("PATCH", ["channels", _, "messages", id]) => message::edit(state, number(id), call),
        ("DELETE", ["channels", _, "messages", id]) => message::delete(state, number(id)),
        ("PUT", ["channels", _, "messages", id, "reactions", emoji, "@me"]) => {
            message::react(state, number(id), emoji)
        }
        ("POST", ["channels", channel, "typing"]) => {
            state.set_typing(number(channel));
            (204, Value::Null)
        }
        ("PUT", ["applications", _, "commands"]) => {
            state.set_commands(call.body.as_array().cloned().unwrap_or_default());
            (200, json!(state.commands()))
        }
        ("GET", ["applications", _, "commands"]) => (200, json!(state.commands())),
        ("POST", ["users", "@me", "channels"]) => direct_channel(call.body),
        ("GET", ["users", "@me", "guilds"]) => (200, json!([{"id": GUILD.to_string(), "name": "Preview"}])),
        ("GET", ["users", "@me"]) => (200, people::bot_user()),
        _ => {
            tracing::error!(%method, path = call.request.path, "the preview does not know this request of the bot");
            refusal(404, 0, "404: Not Found")
        }
    }
}

fn direct_channel(body: &Value) -> Answered {
    let recipient = body["recipient_id"].as_str().and_then(|id| id.parse().ok()).and_then(Person::find);
    match recipient {
        Some(person) => (
            200,
            json!({"id": person.direct().to_string(), "type": 1, "flags": 0, "recipients": [person.user()]}),
        ),
        None => refusal(400, 50_035, "Invalid Form Body"),
    }
}

/// The path without the token of an interaction.
fn shown_path(parts: &[&str]) -> String {
    let is_token = |at: usize| at == 2 && matches!(parts, ["interactions" | "webhooks", ..]);
    let shown = parts.iter().enumerate().map(|(at, part)| if is_token(at) { "…" } else { part });
    format!("/{}", shown.collect::<Vec<_>>().join("/"))
}

fn refusal(status: u16, code: u32, message: &str) -> Answered {
    (status, json!({"message": message, "code": code}))
}
