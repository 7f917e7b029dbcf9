//! Checks what the bot sent against Discord's own OpenAPI file, if `DISCORD_OPENAPI` names it.

use std::{collections::HashMap, sync::Mutex};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::{Record, Route};

/// The file, ready to check requests.
pub(crate) struct OpenApi {
    document: Value,
    known: Mutex<HashMap<Route, std::sync::Arc<Validator>>>,
}

impl OpenApi {
    /// The file that `DISCORD_OPENAPI` names; `None` where it names none.
    pub(crate) fn from_environment() -> Option<OpenApi> {
        let path = std::env::var_os("DISCORD_OPENAPI").filter(|path| !path.is_empty())?;
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("DISCORD_OPENAPI: {error}"));
        let mut document =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("DISCORD_OPENAPI: {error}"));
        soften(&mut document);
        Some(OpenApi { document, known: Mutex::default() })
    }

    /// Everything in which the body of a request departs from the file.
    pub(crate) fn check(&self, record: &Record) -> Vec<String> {
        let Some((path, method)) = operation(record.route) else { return Vec::new() };
        let mut known = self.known.lock().unwrap();
        let validator = known
            .entry(record.route)
            .or_insert_with(|| std::sync::Arc::new(self.validator(path, method)))
            .clone();
        drop(known);
        let faults = validator.iter_errors(&record.body);
        faults
            .map(|fault| format!("{} {}: {fault} at {}", record.method, record.path, fault.instance_path()))
            .collect()
    }

    /// Whether the file describes the body of such a request.
    pub(crate) fn judges(route: Route) -> bool {
        operation(route).is_some()
    }

    fn validator(&self, path: &str, method: &str) -> Validator {
        let schema =
            &self.document["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"];
        assert!(!schema.is_null(), "the file describes no body for {method} {path}");
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": self.document["components"],
            "allOf": [schema]
        });
        jsonschema::validator_for(&whole).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }
}

/// The operation of a request that has a body.
fn operation(route: Route) -> Option<(&'static str, &'static str)> {
    match route {
        Route::Register => Some(("/applications/{application_id}/commands", "put")),
        Route::Callback => Some(("/interactions/{interaction_id}/{interaction_token}/callback", "post")),
        Route::EditAnswer => Some(("/webhooks/{webhook_id}/{webhook_token}/messages/@original", "patch")),
        Route::Followup => Some(("/webhooks/{webhook_id}/{webhook_token}", "post")),
        Route::Message => Some(("/channels/{channel_id}/messages", "post")),
        Route::Thread => Some(("/channels/{channel_id}/messages/{message_id}/threads", "post")),
        Route::EditMessage => Some(("/channels/{channel_id}/messages/{message_id}", "patch")),
        Route::Direct => Some(("/users/@me/channels", "post")),
        Route::Gateway
        | Route::Me
        | Route::Commands
        | Route::DeleteAnswer
        | Route::Typing
        | Route::React
        | Route::Guilds
        | Route::LeaveGuild
        | Route::Other => None,
    }
}

/// Reads the file as its README says: an alternative need not exclude the others, and a whole number may be written as
/// a string.
fn soften(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(soften),
        Value::Object(map) => {
            if let Some(one) = map.remove("oneOf") {
                map.insert("anyOf".into(), one);
            }
            soften_integer(map);
            map.values_mut().for_each(soften);
        }
        _ => {}
    }
}

fn soften_integer(map: &mut Map<String, Value>) {
    // Enumerated numbers stay numbers: `"type": "1"` is no component.
    if map.contains_key("enum") {
        return;
    }
    let Some(kind) = map.get_mut("type") else { return };
    let kinds = match kind {
        Value::String(name) if name == "integer" => vec![json!("integer")],
        Value::Array(names) if names.contains(&json!("integer")) && !names.contains(&json!("string")) => {
            names.clone()
        }
        _ => return,
    };
    *kind = Value::Array(kinds.into_iter().chain([json!("string")]).collect());
    map.insert("pattern".into(), json!("^-?[0-9]+$"));
}
