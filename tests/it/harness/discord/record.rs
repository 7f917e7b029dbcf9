//! A request of the bot, as it came.

use std::fmt;

use axum::http::Method;
use serde_json::Value;

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// What it asks for.
    pub(crate) route: Route,
    /// `GET`, `POST`…
    pub(crate) method: Method,
    /// Its path below `/api/v10/`.
    pub(crate) path: String,
    /// Its body; null where there is none.
    pub(crate) body: Value,
    /// The status it got; `None` where it got none.
    pub(crate) status: Option<u16>,
}

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Route {
    /// The gateway's address.
    Gateway,
    /// The bot itself.
    Me,
    /// Its commands, read.
    Commands,
    /// Its commands, replaced.
    Register,
    /// The first answer to an interaction.
    Callback,
    /// The change of that answer.
    EditAnswer,
    /// The removal of that answer.
    DeleteAnswer,
    /// A further answer.
    Followup,
    /// A message.
    Message,
    /// A thread under a message.
    Thread,
    /// The change of a message.
    EditMessage,
    /// "Is typing…".
    Typing,
    /// Opens a private channel.
    Direct,
    /// Adds a reaction.
    React,
    /// The servers that the bot is in.
    Guilds,
    /// Leaves a server.
    LeaveGuild,
    /// Anything else.
    Other,
}

impl Route {
    /// What a request asks for.
    pub(crate) fn of(method: &Method, path: &str) -> Route {
        let parts: Vec<&str> = path.split('/').collect();
        match (method.as_str(), parts.as_slice()) {
            ("GET", ["gateway"] | ["gateway", "bot"]) => Route::Gateway,
            ("GET", ["users", "@me"] | ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
                Route::Me
            }
            ("GET", ["applications", _, "commands"]) => Route::Commands,
            ("PUT", ["applications", _, "commands"]) => Route::Register,
            ("POST", ["interactions", _, _, "callback"]) => Route::Callback,
            ("PATCH", ["webhooks", _, _, "messages", "@original"]) => Route::EditAnswer,
            ("DELETE", ["webhooks", _, _, "messages", "@original"]) => Route::DeleteAnswer,
            ("POST", ["webhooks", _, _]) => Route::Followup,
            ("POST", ["channels", _, "messages"]) => Route::Message,
            ("POST", ["channels", _, "messages", _, "threads"]) => Route::Thread,
            ("PATCH", ["channels", _, "messages", _]) => Route::EditMessage,
            ("POST", ["channels", _, "typing"]) => Route::Typing,
            ("POST", ["users", "@me", "channels"]) => Route::Direct,
            ("PUT", ["channels", _, "messages", _, "reactions", _, "@me"]) => Route::React,
            ("GET", ["users", "@me", "guilds"]) => Route::Guilds,
            ("DELETE", ["users", "@me", "guilds", _]) => Route::LeaveGuild,
            _ => Route::Other,
        }
    }
}

impl Record {
    /// The n-th part of the path, as a number.
    pub(crate) fn number(&self, n: usize) -> u64 {
        self.path.split('/').nth(n).and_then(|part| part.parse().ok()).unwrap_or(0)
    }

    /// The message or the data in it that people may see, if it carries any.
    pub(crate) fn shown(&self) -> Option<&Value> {
        match self.route {
            Route::Callback => self.body.get("data"),
            Route::EditAnswer | Route::Followup | Route::Message | Route::EditMessage => Some(&self.body),
            _ => None,
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.map_or("no answer".to_owned(), |status| status.to_string());
        write!(f, "{} {} -> {status} {}", self.method, self.path, self.body)
    }
}
