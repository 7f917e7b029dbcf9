//! Events as Discord sends them, with every field that serenity requires.

use serde_json::{Value, json};

use super::{BOT, GUILD, Person, State, person::bot_user, state::Interaction};

/// Interaction types in Discord's numbers.
pub(crate) mod kind {
    /// A command.
    pub(crate) const COMMAND: u8 = 2;
    /// A button.
    pub(crate) const COMPONENT: u8 = 3;
    /// Completion.
    pub(crate) const COMPLETION: u8 = 4;
    /// A form.
    pub(crate) const MODAL: u8 = 5;
}

/// A person does something that may be answered: remembers it, and gives the event and its token.
pub(crate) fn interaction(
    state: &mut State,
    by: &Person,
    channel: u64,
    kind: u8,
    data: Value,
    under: Option<u64>,
) -> (Value, String) {
    let id = state.id();
    let token = format!("interaction-token-{id}");
    let is_direct = state.is_direct(channel);
    let mut event = json!({
        "id": id.to_string(), "application_id": BOT.to_string(), "type": kind, "token": token, "version": 1, "data": data,
        "channel_id": channel.to_string(), "locale": by.locale, "entitlements": [], "app_permissions": "2147600448",
        "channel": {"id": channel.to_string(), "type": if is_direct { 1 } else { 0 }, "name": "here", "permissions": "3072", "flags": 0},
        "authorizing_integration_owners": {"0": if is_direct { "0".to_owned() } else { GUILD.to_string() }},
        "context": if is_direct { 1 } else { 0 }, "attachment_size_limit": 10_485_760
    });
    if is_direct {
        event["user"] = by.user();
    } else {
        event["guild_id"] = json!(GUILD.to_string());
        event["guild"] = json!({"id": GUILD.to_string(), "features": [], "locale": "en-US"});
        event["guild_locale"] = json!("en-US");
        event["member"] = by.member();
    }
    if let Some(message) = under {
        event["message"] = state.messages[&message].clone();
    }
    let remembered = Interaction {
        id,
        channel,
        kind,
        under,
        answered: None,
        is_deleted: false,
        is_private: false,
        message: None,
        seen: None,
    };
    state.interactions.insert(token.clone(), remembered);
    (event, token)
}

/// The data of a command, by what a person types: `/faq test` with its options.
pub(crate) fn command(state: &State, call: &str, options: &[(&str, Value)], focused: Option<&str>) -> Value {
    let mut words = call.trim_start_matches('/').split(' ');
    let (name, sub) = (words.next().unwrap_or_default(), words.next());
    let registered = registered(state, name);
    // Discord's client offers what was registered and nothing else.
    let offered = match sub {
        Some(sub) => &part(&registered["options"], sub)["options"],
        None => &registered["options"],
    };
    for (option, _) in options {
        part(offered, option);
    }
    let options: Vec<Value> = options
        .iter()
        .map(|(name, value)| {
            let kind = if value.is_boolean() { 5 } else { 3 };
            let mut option = json!({"name": name, "type": kind, "value": value});
            if focused == Some(name) {
                option["focused"] = json!(true);
            }
            option
        })
        .collect();
    let options = match sub {
        Some(sub) => json!([{"name": sub, "type": 1, "options": options}]),
        None => json!(options),
    };
    json!({"id": registered["id"], "name": name, "type": 1, "options": options})
}

/// A call of a registered command, as a person may type it.
pub(crate) struct Call {
    /// `/name` or `/name sub`.
    pub(crate) name: String,
    text_option: Option<String>,
}

impl Call {
    /// The option that takes text, if there is one, filled in.
    pub(crate) fn options(&self) -> Vec<(&str, Value)> {
        self.text_option.iter().map(|option| (option.as_str(), json!("M-7K4Q2"))).collect()
    }
}

/// Every way to call the commands that the bot has registered, in their order.
pub(crate) fn calls(state: &State) -> Vec<Call> {
    let is = |kind: i64| move |option: &&Value| option["type"] == kind;
    let call = |name: String, command: &Value| {
        let option = super::seen::list(&command["options"]).find(is(3));
        Call { name, text_option: option.and_then(|option| option["name"].as_str()).map(str::to_owned) }
    };
    let name = |command: &Value| command["name"].as_str().unwrap_or_default().to_owned();
    let mut calls = Vec::new();
    for command in state.commands.iter().filter(is(1)) {
        let subs: Vec<&Value> = super::seen::list(&command["options"]).filter(is(1)).collect();
        match subs.is_empty() {
            true => calls.push(call(format!("/{}", name(command)), command)),
            false => {
                calls.extend(subs.iter().map(|sub| call(format!("/{} {}", name(command), name(sub)), sub)))
            }
        }
    }
    calls
}

/// The data of a command of a message's context menu.
pub(crate) fn menu(state: &State, name: &str, message: u64) -> Value {
    let registered = registered(state, name);
    json!({
        "id": registered["id"], "name": name, "type": 3, "target_id": message.to_string(),
        "resolved": {"messages": {message.to_string(): state.messages[&message]}}
    })
}

/// The data of a form that was sent.
pub(crate) fn form(custom_id: &str, fields: &[(&str, &str)]) -> Value {
    let row = |(id, value): &(&str, &str)| json!({"type": 1, "components": [{"type": 4, "custom_id": id, "value": value}]});
    json!({"custom_id": custom_id, "components": fields.iter().map(row).collect::<Vec<_>>()})
}

/// A message of a person; it is remembered.
pub(crate) fn message(
    state: &mut State,
    by: &Person,
    channel: u64,
    content: &str,
    answers: Option<u64>,
) -> Value {
    let id = state.id();
    let mut message = plain_message(id, channel, by.user(), content);
    if !state.is_direct(channel) {
        message["guild_id"] = json!(GUILD.to_string());
        message["member"] = by.partial_member();
    }
    if [format!("<@{BOT}>"), format!("<@!{BOT}>")].iter().any(|mention| content.contains(mention)) {
        message["mentions"] = json!([bot_user()]);
    }
    if let Some(answered) = answers {
        message["type"] = json!(19);
        message["message_reference"] = json!({"type": 0, "message_id": answered.to_string(), "channel_id": channel.to_string(), "guild_id": GUILD.to_string()});
        message["referenced_message"] = state.messages[&answered].clone();
    }
    state.messages.insert(id, message.clone());
    message
}

/// A message with nothing in it but its text.
pub(crate) fn plain_message(id: u64, channel: u64, author: Value, content: &str) -> Value {
    json!({
        "id": id.to_string(), "channel_id": channel.to_string(), "author": author, "content": content,
        "timestamp": "2026-01-01T00:00:00.000000+00:00", "edited_timestamp": null, "tts": false,
        "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
        "components": [], "pinned": false, "type": 0, "flags": 0
    })
}

/// A command that the bot has registered.
fn registered<'a>(state: &'a State, name: &str) -> &'a Value {
    let found = state.commands.iter().find(|command| command["name"] == name);
    found.unwrap_or_else(|| panic!("the bot has registered no command {name:?}"))
}

/// A part of a registered command by its name: a subcommand, or an option.
fn part<'a>(offered: &'a Value, name: &str) -> &'a Value {
    let found = super::seen::list(offered).find(|part| part["name"] == name);
    found.unwrap_or_else(|| panic!("the bot has registered no {name:?} here: {offered}"))
}

/// What the stand-in sends must be what serenity reads, or a test would wait for an event that was never understood.
#[cfg(test)]
mod tests {
    use serenity::all::{Guild, Interaction, Message, Ready};

    use super::*;

    #[test]
    fn serenity_reads_every_event_that_the_stand_in_sends() {
        let commands = vec![
            json!({"id": "1", "name": "faq", "options": [
                {"name": "test", "type": 1, "options": [{"name": "question", "type": 3}, {"name": "private", "type": 5}]}
            ]}),
            json!({"id": "2", "name": "Menu"}),
        ];
        let mut state = State { commands, ..State::default() };
        let ann = Person::new("ann").with_role();
        let direct = state.direct_channel(ann.id);
        let asked = message(&mut state, &ann, super::super::CHANNEL, &format!("<@{BOT}> why?"), None);
        let id: u64 = asked["id"].as_str().unwrap().parse().unwrap();
        let answered = message(&mut state, &ann, super::super::CHANNEL, "and?", Some(id));
        for event in [asked, answered] {
            serde_json::from_value::<Message>(event).unwrap();
        }
        let question = [("question", json!("why?")), ("private", json!(true))];
        let calls = [
            (kind::COMMAND, command(&state, "/faq test", &question, None), None),
            (kind::COMPLETION, command(&state, "/faq test", &question, Some("question")), None),
            (kind::COMMAND, menu(&state, "Menu", id), None),
            (kind::COMPONENT, json!({"custom_id": "1s:x", "component_type": 2}), Some(id)),
            (kind::MODAL, form("1F", &[("name", "Ann")]), Some(id)),
        ];
        for channel in [super::super::CHANNEL, direct] {
            for (kind, data, under) in calls.clone() {
                let (event, _) = interaction(&mut state, &ann, channel, kind, data, under);
                serde_json::from_value::<Interaction>(event).unwrap();
            }
        }
        serde_json::from_value::<Guild>(super::super::guild()).unwrap();
        let ready = json!({
            "v": 10, "user": bot_user(), "guilds": [], "session_id": "s", "resume_gateway_url": "ws://127.0.0.1:9",
            "shard": [0, 1], "application": {"id": BOT.to_string(), "flags": 0}
        });
        serde_json::from_value::<Ready>(ready).unwrap();
    }
}
