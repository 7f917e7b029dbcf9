//! Serves the page: its files, a stream of what changes, and what a person does.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::State as Shared,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{Stream, stream};
use serde_json::{Value, json};
use tokio::{sync::oneshot, time::timeout};
use tokio_util::sync::CancellationToken;

use super::{
    event::Act,
    guard::{self, Key},
    people,
    state::Simulation,
};
use crate::{lang::Lang, text::text};

/// Discord discards an interaction that is not answered within three seconds.
const RESPONSE: Duration = Duration::from_secs(3);

/// The files of the page: name, type and content.
const FILES: &[(&str, &str, &str)] = &[
    ("", "text/html", include_str!("page/page.html")),
    ("page.css", "text/css", include_str!("page/page.css")),
    ("message.css", "text/css", include_str!("page/message.css")),
    ("page.js", "text/javascript", include_str!("page/page.js")),
    ("client.js", "text/javascript", include_str!("page/client.js")),
    ("commands.js", "text/javascript", include_str!("page/commands.js")),
    ("composer.js", "text/javascript", include_str!("page/composer.js")),
    ("dom.js", "text/javascript", include_str!("page/dom.js")),
    ("form.js", "text/javascript", include_str!("page/form.js")),
    ("markdown.js", "text/javascript", include_str!("page/markdown.js")),
    ("message.js", "text/javascript", include_str!("page/message.js")),
    ("popup.js", "text/javascript", include_str!("page/popup.js")),
    ("icon.svg", "image/svg+xml", include_str!("page/icon.svg")),
];

/// What the page's server needs.
#[derive(Clone)]
pub(super) struct Page {
    /// The server.
    pub(super) simulation: Arc<Simulation>,
    /// The first part of every path.
    pub(super) key: Arc<Key>,
    /// The address it listens on.
    pub(super) address: SocketAddr,
    /// Ends the streams.
    pub(super) stop: CancellationToken,
}

/// Answers a request. Whoever does not know the key, and whoever is another site, learns nothing.
pub(super) async fn answer(
    Shared(page): Shared<Page>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut response = match page.key.strip(uri.path()) {
        Some(path) if guard::is_own(&method, &headers, page.address) => {
            page.serve(&method, path, &headers, &body).await
        }
        _ => StatusCode::FORBIDDEN.into_response(),
    };
    response.headers_mut().extend(guard::headers());
    response
}

impl Page {
    async fn serve(self, method: &Method, path: &str, headers: &HeaderMap, body: &Bytes) -> Response {
        match (method.as_str(), path) {
            ("GET", "setup") => with_type("application/json", setup().to_string()),
            ("GET", "events") => Sse::new(self.events()).keep_alive(KeepAlive::default()).into_response(),
            ("POST", "act") if is_json(headers) => self.act(body).await,
            ("GET", name) => match FILES.iter().find(|(known, ..)| *known == name) {
                Some((_, kind, content)) => with_type(kind, *content),
                None => StatusCode::NOT_FOUND.into_response(),
            },
            _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        }
    }

    /// Everything there is, then every change.
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        let changes = self.simulation.changes();
        stream::unfold((self, changes, None), |(page, mut changes, seen)| async move {
            if seen.is_some() {
                tokio::select! {
                    changed = changes.changed() => changed.ok()?,
                    () = page.stop.cancelled() => return None,
                }
            }
            changes.mark_unchanged();
            let (revision, news) = page.simulation.change(|state| state.since(seen.unwrap_or(0)));
            Some((Ok(Event::default().data(news.to_string())), (page, changes, Some(revision))))
        })
    }

    /// Hands what a person does to the bot, and gives the page the initial response to it.
    async fn act(self, body: &Bytes) -> Response {
        let Ok(act) = serde_json::from_slice::<Act>(body) else {
            return StatusCode::BAD_REQUEST.into_response();
        };
        let (first, answered) = oneshot::channel();
        let event = match self.simulation.change(|state| act.event(state, first)) {
            Ok(event) => event,
            Err(problem) => return (StatusCode::UNPROCESSABLE_ENTITY, problem).into_response(),
        };
        self.simulation.send(event.name, event.data).await;
        let Some(id) = event.interaction else { return with_type("application/json", "null") };
        match timeout(RESPONSE, answered).await {
            Ok(Ok(response)) => with_type("application/json", response.to_string()),
            _ => {
                self.simulation.change(|state| state.expire(id));
                with_type("application/json", json!({"failed": true}).to_string())
            }
        }
    }
}

/// People, channels, and the page's own sentences.
fn setup() -> Value {
    let mut setup = people::roster();
    setup["text"] = json!({"en": text(Lang::En).preview(), "fr": text(Lang::Fr).preview()});
    setup
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|value| value == "application/json")
}

fn with_type(kind: &str, content: impl Into<Body>) -> Response {
    let mut response = Response::new(content.into());
    if let Ok(kind) = HeaderValue::from_str(&format!("{kind}; charset=utf-8")) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What follows each `before` up to the closing quote.
    fn quoted<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
        text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn the_page_says_only_what_the_locales_hold() {
        let known: BTreeSet<&str> = text(Lang::En).preview().into_keys().collect();
        let mut said: BTreeSet<&str> = BTreeSet::from(["member", "moderator"]);
        for (_, _, content) in FILES {
            for before in ["t(\"", "data-text=\"", "data-label=\""] {
                // `t(` ends many other names.
                let is_call = |key: &&str| before != "t(\"" || known.contains(key);
                said.extend(quoted(content, before).into_iter().filter(is_call));
            }
        }
        assert_eq!(said, known);
    }

    #[test]
    fn the_page_loads_nothing_from_elsewhere_and_parses_no_html() {
        for (name, _, content) in FILES.iter().filter(|(name, ..)| *name != "icon.svg") {
            for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "http://"]
            {
                assert!(
                    !content.contains(word) || word == "http://" && content.contains("w3.org/2000/svg"),
                    "{name}: {word}"
                );
            }
        }
        for file in quoted(FILES[0].2, "src=\"").into_iter().chain(quoted(FILES[0].2, "href=\"")) {
            assert!(file.starts_with('#') || FILES.iter().any(|(name, ..)| *name == file), "{file}");
        }
    }
}
