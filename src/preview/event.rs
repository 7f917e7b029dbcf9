//! What a person does on the page as the events that Discord's gateway sends, and whether Discord's client allows it.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    guard,
    people::{self, BOT, GUILD, Person},
    state::{Interaction, State},
};

/// Types of interactions in Discord's numbers.
pub(super) const COMMAND: u64 = 2;
pub(super) const COMPONENT: u64 = 3;
pub(super) const COMPLETION: u64 = 4;
pub(super) const MODAL: u64 = 5;
/// A message as the answer to another one.
const REPLY: u64 = 19;
/// A command of a message's menu.
const MESSAGE_MENU: u64 = 3;

/// What a person does: writes a message, or one of the interactions.
#[derive(Deserialize)]
pub(super) struct Act {
    /// Who.
    person: String,
    /// Where.
    channel: String,
    /// The language of the client.
    locale: String,
    /// The type of the interaction; `None` for a message.
    kind: Option<u64>,
    /// The data of the interaction.
    #[serde(default)]
    data: Value,
    /// The message that is answered, or whose button is pressed.
    message: Option<String>,
    /// The text of a message.
    #[serde(default)]
    content: String,
}

/// An event for the bot.
pub(super) struct Event {
    /// Its name.
    pub(super) name: &'static str,
    /// Its data.
    pub(super) data: Value,
    /// The interaction that waits for a response.
    pub(super) interaction: Option<u64>,
}

impl Act {
    /// The event; an error says what Discord's client would not let this person do.
    pub(super) fn event(
        self,
        state: &mut State,
        first: tokio::sync::oneshot::Sender<Value>,
    ) -> Result<Event, &'static str> {
        let person = self.person.parse().ok().and_then(Person::find).ok_or("there is no such person")?;
        let channel: u64 = self.channel.parse().map_err(|_| "there is no such channel")?;
        if !person.sees(channel) {
            return Err("the person does not see that channel");
        }
        let under = self.message.as_deref().and_then(|id| id.parse().ok());
        if let Some(id) = under {
            let (message, only_for) = state.message(id).ok_or("that message is gone")?;
            let is_here = message["channel_id"].as_str() == Some(channel.to_string().as_str());
            if !is_here || only_for.is_some_and(|only| only != person.id) {
                return Err("the person does not see that message");
            }
        }
        match self.kind {
            None => message(state, person, channel, &self.content, under),
            Some(kind) => self.interaction(state, person, channel, (kind, under), first),
        }
    }

    fn interaction(
        self,
        state: &mut State,
        person: &'static Person,
        channel: u64,
        (kind, under): (u64, Option<u64>),
        first: tokio::sync::oneshot::Sender<Value>,
    ) -> Result<Event, &'static str> {
        let (mut data, mut command) = (self.data, None);
        match kind {
            COMMAND | COMPLETION => {
                let registered = registered(state, &data, person, channel)?;
                data["id"] = registered["id"].clone();
                if registered["type"] == MESSAGE_MENU {
                    let target = data["target_id"].as_str().and_then(|id| id.parse().ok());
                    let message = target.and_then(|id| state.message(id)).ok_or("that message is gone")?.0;
                    let id = message["id"].as_str().unwrap_or_default().to_owned();
                    data["resolved"] = json!({"messages": {id: message}});
                }
                command = (kind == COMMAND).then(|| command_name(&data));
            }
            COMPONENT => {
                let message = under.and_then(|id| state.message(id)).ok_or("that message is gone")?.0;
                if !has_component(&message["components"], &data["custom_id"]) {
                    return Err("that message has no such component");
                }
            }
            MODAL => {}
            _ => return Err("there is no such interaction"),
        }
        let id = state.id();
        let token = guard::random().map_err(|_| "there are no random numbers")?;
        let data = envelope(state, (id, &token), person, channel, (kind, under), &self.locale, data);
        let interaction = Interaction {
            token,
            channel,
            person: person.id,
            kind,
            under,
            command,
            answered: None,
            is_private: false,
            message: None,
            first: Some(first),
            began: std::time::Instant::now(),
        };
        state.add_interaction(id, interaction);
        Ok(Event { name: "INTERACTION_CREATE", data, interaction: Some(id) })
    }
}

/// The data of INTERACTION_CREATE.
fn envelope(
    state: &State,
    (id, token): (u64, &str),
    person: &Person,
    channel: u64,
    (kind, under): (u64, Option<u64>),
    locale: &str,
    data: Value,
) -> Value {
    let is_direct = people::is_direct(channel);
    let place = u8::from(is_direct);
    let owner = if is_direct { "0".to_owned() } else { GUILD.to_string() };
    let mut event = json!({
        "id": id.to_string(), "application_id": BOT.to_string(), "type": kind, "token": token, "version": 1,
        "data": data, "channel_id": channel.to_string(), "locale": locale, "entitlements": [],
        "app_permissions": "274877991936", "authorizing_integration_owners": {"0": owner}, "context": place,
        "attachment_size_limit": 10_485_760,
        "channel": {"id": channel.to_string(), "type": place, "name": "here", "permissions": "3072", "flags": 0}
    });
    if is_direct {
        event["user"] = person.user();
    } else {
        event["guild_id"] = json!(GUILD.to_string());
        event["guild"] = json!({"id": GUILD.to_string(), "features": [], "locale": "en-US"});
        event["guild_locale"] = json!("en-US");
        event["member"] = person.member();
    }
    if let Some((message, _)) = under.and_then(|id| state.message(id)) {
        event["message"] = message.clone();
    }
    event
}

/// A command as Discord names it above the answer: with its subcommand.
fn command_name(data: &Value) -> String {
    const GROUPS: [u64; 2] = [1, 2];
    let name = data["name"].as_str().unwrap_or_default();
    let inner = &data["options"][0];
    match inner["type"].as_u64() {
        Some(kind) if GROUPS.contains(&kind) => format!("{name} {}", command_name(inner)),
        _ => name.to_owned(),
    }
}

/// The registered command that is called, if the person may call it there.
fn registered<'a>(
    state: &'a State,
    data: &Value,
    person: &Person,
    channel: u64,
) -> Result<&'a Value, &'static str> {
    let kind = data["type"].as_u64().unwrap_or(1);
    let is_meant =
        |command: &&Value| command["name"] == data["name"] && command["type"].as_u64().unwrap_or(1) == kind;
    let command = state.commands().iter().find(is_meant).ok_or("there is no such command")?;
    let context = u8::from(people::is_direct(channel));
    let contexts = command["contexts"].as_array();
    if contexts.is_some_and(|contexts| !contexts.contains(&json!(context))) {
        return Err("the command cannot be called there");
    }
    let needed = command["default_member_permissions"].as_str().and_then(|bits| bits.parse().ok());
    if !needed.is_none_or(|bits| person.has(bits)) {
        return Err("the person may not call that command");
    }
    Ok(command)
}

/// Whether a component with that id is among these, at any depth.
fn has_component(components: &Value, id: &Value) -> bool {
    components.as_array().into_iter().flatten().any(|component| {
        (component["custom_id"] == *id && component["disabled"] != true)
            || has_component(&component["components"], id)
    })
}

/// A message of a person; it is remembered.
fn message(
    state: &mut State,
    person: &Person,
    channel: u64,
    content: &str,
    answers: Option<u64>,
) -> Result<Event, &'static str> {
    let chars = content.trim().chars().count();
    if !(1..=2000).contains(&chars) {
        return Err("a message has 1 to 2000 characters");
    }
    let id = state.id();
    let mut message = plain_message(id, channel, person.user(), content.trim());
    if !people::is_direct(channel) {
        message["guild_id"] = json!(GUILD.to_string());
        message["member"] = person.partial_member();
    }
    let mut is_mentioned = content.contains(&format!("<@{BOT}>"));
    if let Some((answered, _)) = answers.and_then(|id| state.message(id)) {
        is_mentioned |= answered["author"]["id"].as_str() == Some(BOT.to_string().as_str());
        message["type"] = json!(REPLY);
        message["message_reference"] = json!({
            "type": 0, "message_id": answered["id"], "channel_id": channel.to_string(), "guild_id": GUILD.to_string()
        });
        message["referenced_message"] = answered.clone();
    }
    if is_mentioned {
        message["mentions"] = json!([people::bot_user()]);
    }
    state.put(id, message.clone(), None, None);
    Ok(Event { name: "MESSAGE_CREATE", data: message, interaction: None })
}

/// A message with nothing in it but its text.
pub(super) fn plain_message(id: u64, channel: u64, author: Value, content: &str) -> Value {
    json!({
        "id": id.to_string(), "channel_id": channel.to_string(), "author": author, "content": content,
        "timestamp": jiff::Timestamp::now().to_string(), "edited_timestamp": null, "tts": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
        "components": [], "pinned": false, "type": 0, "flags": 0
    })
}
