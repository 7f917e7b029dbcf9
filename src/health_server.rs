//! Metrics and health over HTTP on a loopback port: `/metrics`, `/livez` and `/readyz`. Off unless `metrics.listen` is
//! set.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::{net::TcpListener, time::timeout};
use tokio_util::sync::CancellationToken;

use crate::{bot::Bot, discord::Health, metrics::Snapshot, store::Store};

/// How long a check may take; a worker that needs longer is stuck.
const PATIENCE: Duration = Duration::from_secs(2);
/// The content type of OpenMetrics, which Prometheus asks for.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What is asked for the state of the process.
#[derive(Clone)]
pub(crate) struct Sources {
    /// The bot with its counters.
    pub(crate) bot: Arc<Bot>,
    /// The connection to Discord.
    pub(crate) discord: Health,
    /// The database.
    pub(crate) store: Store,
}

/// Opens the port. An error is the operating system's.
pub(crate) async fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    TcpListener::bind(address).await
}

/// Serves until `stop`.
pub(crate) async fn serve(listener: TcpListener, sources: Sources, stop: CancellationToken) {
    let routes = Router::new()
        .route("/metrics", get(metrics))
        .route("/livez", get(live))
        .route("/readyz", get(ready))
        .with_state(sources);
    let served = axum::serve(listener, routes).with_graceful_shutdown(stop.cancelled_owned()).await;
    if let Err(error) = served {
        tracing::error!(%error, "metrics and health are no longer served");
    }
}

async fn metrics(State(sources): State<Sources>) -> Response {
    let text = sources.bot.metrics().encode(&snapshot(&sources).await);
    ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response()
}

/// Whether the workers take new work: a task and a blocking task are finished in time.
async fn live() -> Response {
    let task = tokio::spawn(async { tokio::task::spawn_blocking(|| ()).await.is_ok() });
    let is_alive = matches!(timeout(PATIENCE, task).await, Ok(Ok(true)));
    line(is_alive, if is_alive { "alive" } else { "the workers are stuck" })
}

/// Whether questions are answered: one line per condition. Refused files are reported and do not count, because the
/// last good FAQ answers.
async fn ready(State(sources): State<Sources>) -> Response {
    let now = snapshot(&sources).await;
    let content = match (now.is_ready, now.is_refused, now.is_provisional) {
        (false, ..) => "failed: no FAQ is in force",
        (true, true, _) => "ok: an older FAQ is in force, the files on disk were refused",
        (true, false, true) => "ok: a provisional index answers until the full one is built",
        (true, false, false) => "ok",
    };
    let discord = if now.is_connected { "ok" } else { "failed: not connected" };
    let database = if now.enquiries.is_some() { "ok" } else { "failed: it cannot be read" };
    let is_ready = now.is_ready && now.is_connected && now.enquiries.is_some();
    line(is_ready, &format!("content {content}\ndiscord {discord}\ndatabase {database}"))
}

fn line(is_ok: bool, text: &str) -> Response {
    let status = if is_ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, format!("{text}\n")).into_response()
}

async fn snapshot(sources: &Sources) -> Snapshot {
    let queue = match timeout(PATIENCE, sources.store.queue_counts()).await {
        Ok(Ok(queue)) => Some(queue),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the queue could not be counted");
            None
        }
        Err(_) => None,
    };
    let content = sources.bot.content_state();
    Snapshot {
        is_ready: sources.bot.is_ready(),
        is_connected: sources.discord.is_connected(),
        is_refused: content.is_refused,
        is_provisional: content.is_provisional,
        generation: content.generation,
        dropped: sources.discord.dropped_total(),
        undecodable: sources.discord.undecodable_total(),
        oldest_waiting: queue.as_ref().map_or(0, |queue| queue.oldest_waiting),
        enquiries: queue.map(|queue| queue.by_state),
    }
}
