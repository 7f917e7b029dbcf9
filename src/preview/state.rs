//! What the stand-in remembers: messages with the requests that made them, interactions, registered commands.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};

use super::people::{self, BOT};

/// Messages and interactions remembered: far more than a person looks at.
const MAX_REMEMBERED: usize = 1_000;
/// How long the token of an interaction is valid.
const TOKEN_LIFE: Duration = Duration::from_secs(15 * 60);
/// The first millisecond of Discord's ids.
const EPOCH_MS: i64 = 1_420_070_400_000;

/// Flags of a message: only one person sees it; its content is still to come.
pub(super) const EPHEMERAL: u64 = 1 << 6;
pub(super) const LOADING: u64 = 1 << 7;

/// The state, for the API and the page.
pub(super) struct Simulation {
    state: Mutex<State>,
    revision: watch::Sender<u64>,
    payloads: mpsc::Sender<Value>,
}

impl Simulation {
    /// An empty server. Events for the bot go to `payloads`.
    pub(super) fn new(payloads: mpsc::Sender<Value>) -> Simulation {
        Simulation { state: Mutex::default(), revision: watch::Sender::new(0), payloads }
    }

    /// Reads or changes the state; the pages get what has changed.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        let result = change(&mut state);
        self.revision
            .send_if_modified(|revision| std::mem::replace(revision, state.revision) != state.revision);
        result
    }

    /// Notifies of each change.
    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// Sends the first events of a gateway session.
    pub(super) async fn connect(&self) {
        self.send("READY", people::ready()).await;
        self.send("GUILD_CREATE", people::guild()).await;
    }

    /// Sends an event to the bot, in the form of the gateway.
    pub(super) async fn send(&self, name: &str, data: Value) {
        // Once the bot has stopped, nobody needs it.
        let _ = self.payloads.send(json!({"op": 0, "s": 1, "t": name, "d": data})).await;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The state.
#[derive(Default)]
pub(super) struct State {
    revision: u64,
    last_id: u64,
    commands: (u64, Vec<Value>),
    messages: BTreeMap<u64, Shown>,
    interactions: BTreeMap<u64, Interaction>,
    nonces: HashMap<(u64, String), u64>,
    typing: BTreeMap<u64, u64>,
    refusals: BTreeMap<u64, Refusal>,
}

/// A message as a client has it.
struct Shown {
    revision: u64,
    message: Value,
    /// The only person who sees it.
    only_for: Option<u64>,
    is_removed: bool,
    /// What the bot sent, oldest first.
    requests: Vec<BotRequest>,
}

/// A request of the bot, as it came.
#[derive(Clone, Serialize)]
pub(super) struct BotRequest {
    /// `POST`, `PATCH`…
    pub(super) method: String,
    /// Its path, with the token of an interaction left out.
    pub(super) path: String,
    /// Its body, byte for byte.
    pub(super) body: String,
}

/// A request that Discord would refuse.
#[derive(Serialize)]
struct Refusal {
    request: BotRequest,
    faults: Vec<String>,
}

/// Something a person did that the bot answers.
pub(super) struct Interaction {
    /// Its token.
    pub(super) token: String,
    /// Where.
    pub(super) channel: u64,
    /// Who.
    pub(super) person: u64,
    /// Its type in Discord's numbers.
    pub(super) kind: u64,
    /// The message of the button.
    pub(super) under: Option<u64>,
    /// The command as Discord names it above the answer.
    pub(super) command: Option<String>,
    /// The type of the initial response.
    pub(super) answered: Option<u64>,
    /// Whether the initial response is visible to that person only.
    pub(super) is_private: bool,
    /// The message that the initial response made.
    pub(super) message: Option<u64>,
    /// Gives the initial response to the page.
    pub(super) first: Option<oneshot::Sender<Value>>,
    /// When it began.
    pub(super) began: Instant,
}

impl State {
    /// A new id, as Discord makes them from the time.
    pub(super) fn id(&mut self) -> u64 {
        let ms = jiff::Timestamp::now().as_millisecond().saturating_sub(EPOCH_MS);
        let now = u64::try_from(ms).unwrap_or(0) << 22;
        self.last_id = now.max(self.last_id + 1);
        self.last_id
    }

    fn revise(&mut self) -> u64 {
        self.revision += 1;
        self.revision
    }

    /// The registered commands.
    pub(super) fn commands(&self) -> &[Value] {
        &self.commands.1
    }

    /// Replaces the registered commands.
    pub(super) fn set_commands(&mut self, mut commands: Vec<Value>) {
        for command in &mut commands {
            command["id"] = json!(self.id().to_string());
            command["application_id"] = json!(BOT.to_string());
            command["version"] = json!(self.id().to_string());
        }
        self.commands = (self.revise(), commands);
    }

    /// Remembers an interaction.
    pub(super) fn add_interaction(&mut self, id: u64, interaction: Interaction) {
        self.interactions.insert(id, interaction);
        if self.interactions.len() > MAX_REMEMBERED {
            self.interactions.pop_first();
        }
    }

    /// Forgets an interaction to which no response came in time.
    pub(super) fn expire(&mut self, id: u64) {
        if self.interactions.get(&id).is_some_and(|interaction| interaction.answered.is_none()) {
            self.interactions.remove(&id);
        }
    }

    /// The interaction with that token, and its id.
    pub(super) fn interaction(&mut self, token: &str) -> Option<(u64, &mut Interaction)> {
        let found = self.interactions.iter_mut().find(|(_, interaction)| interaction.token == token);
        found
            .map(|(id, interaction)| (*id, interaction))
            .filter(|(_, known)| known.began.elapsed() < TOKEN_LIFE)
    }

    /// The message with that id, if it is still there, and who alone sees it.
    pub(super) fn message(&self, id: u64) -> Option<(&Value, Option<u64>)> {
        let shown = self.messages.get(&id).filter(|shown| !shown.is_removed)?;
        Some((&shown.message, shown.only_for))
    }

    /// The message that was sent with that nonce.
    pub(super) fn with_nonce(&self, channel: u64, nonce: &str) -> Option<u64> {
        self.nonces.get(&(channel, nonce.to_owned())).copied()
    }

    /// Remembers the nonce of a message.
    pub(super) fn set_nonce(&mut self, channel: u64, nonce: String, message: u64) {
        self.nonces.insert((channel, nonce), message);
    }

    /// Adds a message.
    pub(super) fn put(
        &mut self,
        id: u64,
        message: Value,
        only_for: Option<u64>,
        request: Option<BotRequest>,
    ) {
        let revision = self.revise();
        let requests = request.into_iter().collect();
        self.messages.insert(id, Shown { revision, message, only_for, is_removed: false, requests });
        if self.messages.len() > MAX_REMEMBERED {
            self.messages.pop_first();
        }
    }

    /// Changes what a body changes of a message. Returns whether there is such a message.
    pub(super) fn patch(&mut self, id: u64, body: &Value, request: Option<BotRequest>) -> bool {
        let revision = self.revise();
        let Some(shown) = self.messages.get_mut(&id).filter(|shown| !shown.is_removed) else { return false };
        for key in ["content", "embeds", "components"] {
            if let Some(value) = body.get(key).filter(|value| !value.is_null()) {
                shown.message[key] = value.clone();
            }
        }
        let flags = shown.message["flags"].as_u64().unwrap_or(0);
        shown.message["flags"] = json!(flags & !LOADING);
        shown.requests.extend(request);
        shown.revision = revision;
        true
    }

    /// Adds a reaction of the bot to a message.
    pub(super) fn react(&mut self, id: u64, emoji: &str) -> bool {
        let revision = self.revise();
        let Some(shown) = self.messages.get_mut(&id).filter(|shown| !shown.is_removed) else { return false };
        let reaction = json!({
            "emoji": {"id": null, "name": emoji}, "count": 1, "me": false, "me_burst": false,
            "count_details": {"burst": 0, "normal": 1}, "burst_colors": []
        });
        shown.message["reactions"] = json!([reaction]);
        shown.revision = revision;
        true
    }

    /// Removes a message. Returns whether it was there.
    pub(super) fn remove(&mut self, id: u64) -> bool {
        let revision = self.revise();
        let Some(shown) = self.messages.get_mut(&id).filter(|shown| !shown.is_removed) else { return false };
        (shown.revision, shown.is_removed) = (revision, true);
        true
    }

    /// The bot is typing in a channel.
    pub(super) fn set_typing(&mut self, channel: u64) {
        let revision = self.revise();
        self.typing.insert(channel, revision);
    }

    /// The bot sent what Discord would refuse.
    pub(super) fn refuse(&mut self, request: BotRequest, faults: Vec<String>) {
        let revision = self.revise();
        self.refusals.insert(revision, Refusal { request, faults });
        if self.refusals.len() > MAX_REMEMBERED {
            self.refusals.pop_first();
        }
    }

    /// Everything that has changed after a revision, for the page, and the revision now.
    pub(super) fn since(&self, revision: u64) -> (u64, Value) {
        let messages =
            self.messages.iter().filter(|(_, shown)| shown.revision > revision).map(|(id, shown)| {
                json!({
                    "id": id.to_string(), "message": shown.message, "is_removed": shown.is_removed,
                    "only_for": shown.only_for.map(|person| person.to_string()), "requests": shown.requests
                })
            });
        let typing =
            self.typing.iter().filter(|(_, at)| **at > revision).map(|(channel, _)| channel.to_string());
        let refusals = self.refusals.range(revision + 1..).map(|(_, refusal)| refusal);
        let mut changes = json!({
            "messages": messages.collect::<Vec<_>>(), "typing": typing.collect::<Vec<_>>(),
            "refusals": refusals.collect::<Vec<_>>()
        });
        if self.commands.0 > revision {
            changes["commands"] = json!(self.commands.1);
        }
        (self.revision, changes)
    }
}
