//! Discord's HTTP API: the few calls the bot makes, with time-outs and retries, through a rate limiter of our own.
//!
//! serenity provides the builders and the models; this file sends, because serenity's client drops the headers of a
//! refusal, which carry the rate limit. `rest/interaction.rs` has the calls that answer an interaction,
//! `rest/rate_limiter.rs` decides when a request may be sent, `rest/reply.rs` reads the response.

mod body;
mod bucket;
mod interaction;
mod rate_limiter;
mod reply;
mod route;

use std::time::Duration;

use reqwest::{Client, Method, header};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serenity::all::{CreateMessage, EditMessage};
use tokio::time::{Instant, sleep, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::{
    bot::reply::Picture,
    discord::{ExitReason, address::Address},
    ids::{ApplicationId, ChannelId, GuildId, MessageId, UserId},
};
use body::{Body, PICTURE, body, json, message_id};
use rate_limiter::RateLimiter;
pub(super) use reply::RestError;
use reply::{Answered, LONGEST_WAIT, Scope};
use route::Route;

const CONNECT: Duration = Duration::from_secs(3);
const TOTAL: Duration = Duration::from_secs(8);
/// Discord discards an interaction after three seconds.
const CALLBACK: Duration = Duration::from_millis(2500);
/// How long a request may wait in the rate limiter.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long an answer may wait there: as a reply to its question it still helps when the longest block is over.
const ANSWER_PATIENCE: Duration = LONGEST_WAIT.saturating_add(Duration::from_secs(300));
const TRIES: u32 = 4;

/// The token of one interaction: whoever has it can answer in the bot's name, so it is never shown.
#[derive(Clone)]
pub(super) struct InteractionToken(pub String);

/// An emoji as it is written in a path, percent-encoded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Emoji(&'static str);

impl Emoji {
    /// ⏳: the bot is busy, or the person must wait.
    pub(super) const HOURGLASS: Emoji = Emoji("%E2%8F%B3");
}

/// The client.
pub(super) struct Rest {
    client: Client,
    address: Address,
    limiter: RateLimiter,
    refused: CancellationToken,
}

/// What Discord returns about the gateway.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct GatewayInfo {
    /// Its address.
    pub url: String,
    /// How many shards Discord recommends.
    #[serde(default = "one")]
    pub shards: u32,
    /// How many sessions may still be opened.
    pub session_start_limit: Option<SessionStartLimit>,
}

/// How many sessions may still be opened.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct SessionStartLimit {
    /// All sessions of the period.
    pub total: u64,
    /// Those left.
    pub remaining: u64,
    /// Milliseconds until the limit is reset.
    pub reset_after: u64,
}

fn one() -> u32 {
    1
}

/// One request.
struct Call {
    method: Method,
    path: String,
    route: Route,
    body: Option<Body>,
    /// Whether sending it twice has the same effect as sending it once.
    is_repeatable: bool,
}

impl Rest {
    /// A client for `address` with the bot's token.
    pub(super) fn new(token: &SecretString, address: Address) -> Result<Rest, ExitReason> {
        let mut authorization = header::HeaderValue::from_str(&format!("Bot {}", token.expose_secret()))
            .map_err(|_| ExitReason::TokenForm)?;
        authorization.set_sensitive(true);
        let mut headers = header::HeaderMap::new();
        headers.insert(header::AUTHORIZATION, authorization);
        let mut builder = Client::builder()
            .user_agent(serenity::constants::USER_AGENT)
            .default_headers(headers)
            .connect_timeout(CONNECT)
            .timeout(TOTAL)
            .redirect(reqwest::redirect::Policy::none());
        if address.is_local() {
            builder = builder.no_proxy();
        }
        let client =
            builder.build().map_err(|error| ExitReason::Unreachable(error.without_url().to_string()))?;
        // A local server reports its limits only in headers; Discord's global limit applies without a header.
        let limiter = RateLimiter::new(!address.is_local());
        Ok(Rest { client, address, limiter, refused: CancellationToken::new() })
    }

    /// Completes once Discord has refused the token: nothing is sent after that.
    pub(super) async fn refused(&self) {
        self.refused.cancelled().await;
    }

    /// Sends nothing to that channel any more.
    pub(super) fn close_channel(&self, channel: ChannelId) {
        self.limiter.close(channel);
    }

    /// The gateway's address and limits.
    pub(super) async fn gateway(&self) -> Result<GatewayInfo, RestError> {
        match self.get("gateway/bot".into()).await {
            Err(RestError::Refused { status: 404 | 405, .. }) => self.get("gateway".into()).await,
            other => other,
        }
    }

    /// The names of the registered commands.
    pub(super) async fn command_names(&self, application: ApplicationId) -> Result<Vec<String>, RestError> {
        #[derive(Deserialize)]
        struct Known {
            name: String,
        }
        let known: Vec<Known> = self.get(format!("applications/{application}/commands")).await?;
        Ok(known.into_iter().map(|command| command.name).collect())
    }

    /// Replaces all commands.
    pub(super) async fn put_commands(
        &self,
        application: ApplicationId,
        body: Vec<u8>,
    ) -> Result<(), RestError> {
        let call = Call {
            method: Method::PUT,
            path: format!("applications/{application}/commands"),
            route: Route::Other,
            body: Some(Body::json(body)),
            is_repeatable: true,
        };
        self.send(call, PATIENCE).await.map(drop)
    }

    /// Sends a message. It must carry a nonce, by which Discord recognises a repetition.
    pub(super) async fn message(&self, channel: ChannelId, message: &CreateMessage) -> Result<(), RestError> {
        self.message_on(Route::Messages(channel), channel, message, PATIENCE).await.map(drop)
    }

    /// Sends a message with a picture, which its first embed shows.
    pub(super) async fn message_with_picture(
        &self,
        channel: ChannelId,
        message: &CreateMessage,
        picture: &Picture,
    ) -> Result<(), RestError> {
        let mut message = serde_json::to_value(message).map_err(|_| RestError::Unreadable)?;
        message["embeds"][0]["image"] = serde_json::json!({ "url": format!("attachment://{PICTURE}") });
        message["attachments"] =
            serde_json::json!([{ "id": "0", "filename": PICTURE, "description": picture.about }]);
        let call = Call {
            method: Method::POST,
            path: format!("channels/{channel}/messages"),
            route: Route::Messages(channel),
            body: Some(Body::with_picture(&json(&message), &picture.png)),
            is_repeatable: true,
        };
        self.send(call, PATIENCE).await.map(drop)
    }

    /// The same for an answer to a question, which is not given up while Discord limits the bot. Returns its id.
    pub(super) async fn answer(
        &self,
        channel: ChannelId,
        message: &CreateMessage,
    ) -> Result<Option<MessageId>, RestError> {
        let sent = self.message_on(Route::Messages(channel), channel, message, ANSWER_PATIENCE).await?;
        Ok(message_id(&sent))
    }

    /// Edits a message of the bot.
    pub(super) async fn edit_message(
        &self,
        channel: ChannelId,
        message: MessageId,
        edit: &EditMessage,
    ) -> Result<(), RestError> {
        let call = Call {
            method: Method::PATCH,
            path: format!("channels/{channel}/messages/{message}"),
            route: Route::EditMessages(channel),
            body: Some(body(edit)),
            is_repeatable: true,
        };
        self.send(call, PATIENCE).await.map(drop)
    }

    /// Sends a message to a private channel: a refusal is the person's choice and mutes nothing.
    pub(super) async fn direct_message(
        &self,
        channel: ChannelId,
        message: &CreateMessage,
    ) -> Result<(), RestError> {
        self.message_on(Route::DirectMessages(channel), channel, message, PATIENCE).await.map(drop)
    }

    /// Adds a reaction of the bot to a message.
    pub(super) async fn react(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: Emoji,
    ) -> Result<(), RestError> {
        let call = Call {
            method: Method::PUT,
            path: format!("channels/{channel}/messages/{message}/reactions/{}/@me", emoji.0),
            route: Route::Reactions(channel),
            body: None,
            is_repeatable: true,
        };
        self.send(call, TOTAL).await.map(drop)
    }

    /// The servers that the bot is in.
    pub(super) async fn guilds(&self) -> Result<Vec<GuildId>, RestError> {
        #[derive(Deserialize)]
        struct Guild {
            id: serenity::all::GuildId,
        }
        let guilds: Vec<Guild> = self.get("users/@me/guilds".into()).await?;
        Ok(guilds.into_iter().map(|guild| GuildId::new(guild.id.get())).collect())
    }

    /// Leaves a server.
    pub(super) async fn leave_guild(&self, guild: GuildId) -> Result<(), RestError> {
        let call = Call {
            method: Method::DELETE,
            path: format!("users/@me/guilds/{guild}"),
            route: Route::Other,
            body: None,
            is_repeatable: true,
        };
        self.send(call, PATIENCE).await.map(drop)
    }

    async fn message_on(
        &self,
        route: Route,
        channel: ChannelId,
        message: &CreateMessage,
        patience: Duration,
    ) -> Result<Vec<u8>, RestError> {
        let call = Call {
            method: Method::POST,
            path: format!("channels/{channel}/messages"),
            route,
            body: Some(body(message)),
            is_repeatable: true,
        };
        self.send(call, patience).await
    }

    /// Makes a thread under a message; its first message is that one, whose id it has.
    pub(super) async fn create_thread(
        &self,
        channel: ChannelId,
        message: MessageId,
        name: &str,
    ) -> Result<ChannelId, RestError> {
        let call = Call {
            method: Method::POST,
            path: format!("channels/{channel}/messages/{message}/threads"),
            route: Route::Threads(channel),
            body: Some(body(&serde_json::json!({ "name": name, "auto_archive_duration": 1440 }))),
            // A message has one thread at most.
            is_repeatable: true,
        };
        self.send(call, PATIENCE).await.map(|_| ChannelId::new(message.get()))
    }

    /// Shows "is typing…" for ten seconds.
    pub(super) async fn typing(&self, channel: ChannelId) -> Result<(), RestError> {
        let call = Call {
            method: Method::POST,
            path: format!("channels/{channel}/typing"),
            route: Route::Typing(channel),
            body: None,
            is_repeatable: false,
        };
        self.send(call, TOTAL).await.map(drop)
    }

    /// Opens the private channel with a person.
    pub(super) async fn direct_channel(&self, user: UserId) -> Result<ChannelId, RestError> {
        #[derive(Deserialize)]
        struct Channel {
            id: serenity::all::ChannelId,
        }
        let call = Call {
            method: Method::POST,
            path: "users/@me/channels".into(),
            route: Route::OpenDirect,
            body: Some(body(&serde_json::json!({ "recipient_id": user.to_string() }))),
            is_repeatable: true,
        };
        let channel: Channel = read(&self.send(call, PATIENCE).await?)?;
        Ok(ChannelId::new(channel.id.get()))
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, path: String) -> Result<T, RestError> {
        let call = Call { method: Method::GET, path, route: Route::Other, body: None, is_repeatable: true };
        read(&self.send(call, PATIENCE).await?)
    }

    /// Sends a call; waits and retries as Discord's rules allow, for `patience` at most.
    async fn send(&self, call: Call, patience: Duration) -> Result<Vec<u8>, RestError> {
        let deadline = Instant::now() + patience;
        let mut tries = 0;
        loop {
            tries += 1;
            let permit = timeout_at(deadline, self.limiter.acquire(call.route))
                .await
                .map_err(|_| RestError::Late)??;
            let answered =
                timeout_at(deadline, self.once(&call)).await.unwrap_or(Answered::Lost("no answer in time"));
            let now = Instant::now();
            self.limiter.record(permit, &answered, now);
            let pause = match &answered {
                Answered::Ok { .. } => None,
                // The rate limiter itself delays the next attempt, except for the limit of one interaction.
                Answered::Limited { after, scope } => {
                    let is_own =
                        call.route.is_interaction() && !matches!(scope, Scope::Global | Scope::Address);
                    Some(if is_own { *after } else { Duration::ZERO })
                }
                Answered::Refused { .. } => None,
                Answered::Failed { .. } | Answered::Lost(_) => call.is_repeatable.then(|| backoff(tries)),
            };
            match pause {
                Some(pause) if tries < TRIES && now + pause < deadline => sleep(pause).await,
                _ => {
                    let result = answered.into_result();
                    if matches!(result, Err(RestError::TokenRefused)) {
                        self.refused.cancel();
                    }
                    return result;
                }
            }
        }
    }

    /// Sends a call once.
    async fn once(&self, call: &Call) -> Answered {
        let mut request = self.client.request(call.method.clone(), self.address.api(&call.path));
        request = match &call.body {
            Some(body) => request.header(header::CONTENT_TYPE, &body.content_type).body(body.bytes.clone()),
            None => request.header(header::CONTENT_LENGTH, 0),
        };
        if call.route == Route::Callback {
            request = request.timeout(CALLBACK);
        }
        reply::read(request.send().await, call.route).await
    }
}

/// Half a second, doubling, with 20 % of jitter, so that requests that failed together are not retried together.
fn backoff(tries: u32) -> Duration {
    let base = Duration::from_millis(500) * 2u32.pow(tries.min(5) - 1);
    base.mul_f64(0.8 + 0.4 * fastrand::f64())
}

fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, RestError> {
    serde_json::from_slice(body).map_err(|_| RestError::Unreadable)
}
