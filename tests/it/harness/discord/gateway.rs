//! The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, and every way to break them.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{
        State as Shared, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket},
    },
    response::Response,
};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{BOT, GUILD, Inner, TOKEN, Welcome, guild, guild_with_id, person::bot_user, state::Session};

/// What can be done to a connection.
#[derive(Debug, Clone)]
pub(crate) enum Frame {
    /// Sends a payload.
    Payload(Value),
    /// Op 7: please reconnect.
    Reconnect,
    /// Op 9: the session is over, or may be resumed.
    Invalid(bool),
    /// A close frame with a code.
    Close(u16),
    /// A close frame without a code.
    CloseWithoutCode,
    /// The connection ends without a close frame.
    Drop,
}

/// A connection of the bot.
pub(crate) async fn connect(Shared(inner): Shared<Arc<Inner>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| async move {
        // However it ends, it is the bot that is tested.
        let _ = serve(inner, socket).await;
    })
}

async fn serve(inner: Arc<Inner>, mut socket: WebSocket) -> Result<(), axum::Error> {
    let interval = match inner.lock().heartbeat_interval {
        0 => 41_250,
        interval => interval,
    };
    say(
        &mut socket,
        &json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": interval, "_trace": []}}),
    )
    .await?;
    let (live, mut frames) = mpsc::unbounded_channel();
    loop {
        tokio::select! {
            frame = frames.recv() => match frame.expect("this task holds a sender") {
                Frame::Payload(payload) => say(&mut socket, &payload).await?,
                Frame::Reconnect => say(&mut socket, &json!({"op": 7, "s": null, "t": null, "d": null})).await?,
                Frame::Invalid(may_resume) => say(&mut socket, &json!({"op": 9, "s": null, "t": null, "d": may_resume})).await?,
                Frame::Close(code) => return close(socket, Some(code)).await,
                Frame::CloseWithoutCode => return close(socket, None).await,
                Frame::Drop => return Ok(()),
            },
            message = socket.recv() => {
                let text = match message {
                    Some(Ok(Message::Text(text))) => text,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return Ok(()),
                    Some(Ok(_)) => continue,
                };
                let payload: Value = serde_json::from_str(&text).unwrap_or_default();
                match payload["op"].as_u64() {
                    Some(1) => {
                        inner.change(|state| state.heartbeats += 1);
                        say(&mut socket, &json!({"op": 11, "s": null, "t": null, "d": null})).await?;
                    }
                    Some(op @ (2 | 6)) => {
                        let data = payload["d"].clone();
                        match inner.change(|state| enter(state, op, data, &live)) {
                            None => {}
                            Some(Welcome::Invalid(may_resume)) => {
                                say(&mut socket, &json!({"op": 9, "s": null, "t": null, "d": may_resume})).await?;
                            }
                            Some(Welcome::Close(code)) => return close(socket, Some(code)).await,
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Opens or resumes a session, or says how it is refused.
fn enter(
    state: &mut super::State,
    op: u64,
    data: Value,
    live: &mpsc::UnboundedSender<Frame>,
) -> Option<Welcome> {
    let is_known = data["token"].as_str().is_some_and(|token| token.trim_start_matches("Bot ") == TOKEN);
    let is_identify = op == 2;
    if is_identify { &mut state.identifies } else { &mut state.resumes }.push(data.clone());
    if let Some(welcome) = state.welcomes.pop_front() {
        return Some(welcome);
    }
    if !is_known {
        return Some(Welcome::Close(4004));
    }
    if is_identify {
        let id = format!("session-{}", state.sessions.len() + 1);
        let guilds: Vec<Value> = std::iter::once(GUILD)
            .chain(state.other_guilds.iter().copied())
            .map(|guild| json!({"id": guild.to_string(), "unavailable": true}))
            .collect();
        let ready = json!({
            "v": 10, "user": bot_user(), "guilds": guilds, "session_id": id,
            "resume_gateway_url": "ws://127.0.0.1:9", "shard": [0, 1], "session_type": "normal", "private_channels": [],
            "application": {"id": BOT.to_string(), "flags": 0}
        });
        let mut session = Session { id, sent: Vec::new(), live: Some(live.clone()) };
        session.send("READY", ready);
        session.send("GUILD_CREATE", guild());
        for guild in &state.other_guilds {
            session.send("GUILD_CREATE", guild_with_id(*guild));
        }
        state.sessions.push(session);
        return None;
    }
    let last = data["seq"].as_u64().unwrap_or(0) as usize;
    let session = state.sessions.iter_mut().find(|session| data["session_id"] == session.id.as_str());
    let Some(session) = session.filter(|session| last <= session.sent.len()) else {
        return Some(Welcome::Invalid(false));
    };
    for payload in &session.sent[last..] {
        let _ = live.send(Frame::Payload(payload.clone()));
    }
    session.live = Some(live.clone());
    session.send("RESUMED", json!({"_trace": []}));
    None
}

async fn say(socket: &mut WebSocket, payload: &Value) -> Result<(), axum::Error> {
    socket.send(Message::Text(payload.to_string().into())).await
}

async fn close(mut socket: WebSocket, code: Option<u16>) -> Result<(), axum::Error> {
    let frame = code.map(|code| CloseFrame { code, reason: "".into() });
    socket.send(Message::Close(frame)).await?;
    // The closing handshake: the other side answers, or has gone.
    let _ = tokio::time::timeout(Duration::from_secs(5), socket.recv()).await;
    Ok(())
}
