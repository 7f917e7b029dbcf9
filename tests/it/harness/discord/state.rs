//! Everything the local Discord remembers.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::{BOT, Fault, Frame, Kind, Record, Seen, Welcome, guild_with_id};

/// The heading of a reload that is not finished.
pub(crate) const RELOADING: &str = "Reloading the FAQ";

/// The state.
#[derive(Default)]
pub(crate) struct State {
    /// Every request, in order of arrival.
    pub(crate) records: Vec<Record>,
    /// The data of every IDENTIFY.
    pub(crate) identifies: Vec<Value>,
    /// The data of every RESUME.
    pub(crate) resumes: Vec<Value>,
    /// How many heartbeats came.
    pub(crate) heartbeats: usize,
    /// Milliseconds between heartbeats; 0: Discord's own 41,250.
    pub(crate) heartbeat_interval: u64,
    /// Sessions by age.
    pub(crate) sessions: Vec<Session>,
    /// How the next IDENTIFYs and RESUMEs are answered.
    pub(crate) welcomes: VecDeque<Welcome>,
    /// How the next requests fail.
    pub(crate) faults: Vec<Fault>,
    /// The commands that are registered.
    pub(crate) commands: Vec<Value>,
    /// Messages by id, in their current state.
    pub(crate) messages: BTreeMap<u64, Value>,
    /// Interactions by token.
    pub(crate) interactions: HashMap<String, Interaction>,
    /// Messages by channel and enforced nonce.
    pub(crate) nonces: HashMap<(u64, String), u64>,
    /// Private channels by person.
    pub(crate) direct: BTreeMap<u64, u64>,
    /// People who do not accept direct messages.
    pub(crate) closed: HashSet<u64>,
    /// The servers that the bot is in, beside the home server.
    pub(crate) other_guilds: BTreeSet<u64>,
    /// What the bot did that it must not do.
    pub(crate) violations: Vec<String>,
    pub(crate) ids: u64,
}

/// A gateway session.
pub(crate) struct Session {
    /// Its id.
    pub(crate) id: String,
    /// What was sent in it, by sequence number from 1.
    pub(crate) sent: Vec<Value>,
    /// Sends to its connection.
    pub(crate) live: Option<UnboundedSender<Frame>>,
}

/// Something a person did that the bot may answer.
pub(crate) struct Interaction {
    /// Its id.
    pub(crate) id: u64,
    /// Where.
    pub(crate) channel: u64,
    /// Its type in Discord's numbers.
    pub(crate) kind: u8,
    /// The message under whose button it was done.
    pub(crate) under: Option<u64>,
    /// The type of the first answer, if there is one.
    pub(crate) answered: Option<u64>,
    /// Whether the first answer was visible only to that person.
    pub(crate) is_private: bool,
    /// Whether the first answer was deleted again.
    pub(crate) is_deleted: bool,
    /// The message that the answer made.
    pub(crate) message: Option<u64>,
    /// What the person sees now.
    pub(crate) seen: Option<Seen>,
}

impl Interaction {
    /// What the person sees in the end; not how far a reload is.
    pub(crate) fn result(&self) -> Option<&Seen> {
        self.seen.as_ref().filter(|seen| seen.title() != RELOADING)
    }
}

impl State {
    /// A new id, larger than every other; as Discord's, it fits 64 bits and no JavaScript number.
    pub(crate) fn id(&mut self) -> u64 {
        self.ids += 1;
        1_000_000_000_000_000_000 + (self.ids << 22)
    }

    /// The private channel with a person.
    pub(crate) fn direct_channel(&mut self, person: u64) -> u64 {
        let id = self.id();
        *self.direct.entry(person).or_insert(id)
    }

    /// Whether a channel is a private one.
    pub(crate) fn is_direct(&self, channel: u64) -> bool {
        self.direct.values().any(|direct| *direct == channel)
    }

    /// Whether the bot has a live session.
    pub(crate) fn is_live(&self) -> bool {
        self.sessions
            .last()
            .is_some_and(|session| session.live.as_ref().is_some_and(|live| !live.is_closed()))
    }

    /// Sends an event in the newest session.
    pub(crate) fn send(&mut self, name: &str, data: Value) {
        let session = self.sessions.last_mut().expect("the bot has opened a session");
        session.send(name, data);
    }

    /// Somebody adds the bot to a server.
    pub(crate) fn add_guild(&mut self, guild: u64) {
        self.other_guilds.insert(guild);
        self.send("GUILD_CREATE", guild_with_id(guild));
    }

    /// The bot leaves a server, or somebody removes it.
    pub(crate) fn remove_guild(&mut self, guild: u64) {
        self.other_guilds.remove(&guild);
        self.send("GUILD_DELETE", json!({"id": guild.to_string()}));
    }

    /// Does something to the newest connection.
    pub(crate) fn frame(&mut self, frame: Frame) {
        let session = self.sessions.last().expect("the bot has opened a session");
        let live = session.live.as_ref().expect("the bot is connected");
        live.send(frame).expect("the connection is open");
    }

    /// The messages of the bot, oldest first.
    pub(crate) fn of_bot(&self) -> impl Iterator<Item = Seen> {
        let bot = BOT.to_string();
        let mine = self.messages.iter().filter(move |(_, message)| message["author"]["id"] == bot.as_str());
        mine.map(|(id, message)| Seen {
            kind: Kind::Message,
            is_private: false,
            was_deferred: false,
            body: message.clone(),
            message: Some(*id),
            channel: message["channel_id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(0),
        })
    }

    /// The bot's answers to a message; in a private channel, all its messages since.
    pub(crate) fn answers(&self, to: u64) -> Vec<Seen> {
        let asked = self.messages.get(&to).map(|message| message["channel_id"].clone()).unwrap_or_default();
        let channel: u64 = asked.as_str().and_then(|id| id.parse().ok()).unwrap_or(0);
        let is_direct = self.is_direct(channel);
        let asked = to.to_string();
        let is_answer = |seen: &Seen| {
            seen.channel == channel
                && (seen.body["message_reference"]["message_id"] == asked.as_str()
                    || (is_direct && seen.message > Some(to)))
        };
        self.of_bot().filter(is_answer).collect()
    }

    /// What happened, for the failure of a test that waited in vain.
    pub(crate) fn story(&self) -> String {
        let counts = format!(
            "{} IDENTIFY, {} RESUME, {} heartbeats\n",
            self.identifies.len(),
            self.resumes.len(),
            self.heartbeats
        );
        self.records.iter().fold(counts, |story, record| format!("{story}{record}\n"))
    }
}

impl Session {
    /// Sends an event, or keeps it for the resume.
    pub(crate) fn send(&mut self, name: &str, data: Value) {
        let payload = json!({"op": 0, "s": self.sent.len() + 1, "t": name, "d": data});
        self.sent.push(payload.clone());
        if let Some(live) = &self.live {
            // A connection that has just gone will ask for it again.
            let _ = live.send(Frame::Payload(payload));
        }
    }
}
