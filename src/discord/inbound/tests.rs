//! Events as Discord sends them, and what they ask.

use crate::ids::{ChannelId, InteractionId, RoleId, UserId};
use serde_json::{Value, json};

use super::*;
use crate::discord::channels::Channels;

const ME: u64 = 999;

fn settings() -> config::Discord {
    config::Discord {
        ask_channels: vec![ChannelId::new(70)],
        moderator_roles: vec![RoleId::new(500)],
        ..config::Discord::default()
    }
}

fn user(id: u64, is_bot: bool) -> Value {
    json!({"id": id.to_string(), "username": "ann", "discriminator": "0", "global_name": null, "avatar": null, "bot": is_bot})
}

fn member(roles: &[u64], permissions: &str) -> Value {
    let roles: Vec<String> = roles.iter().map(u64::to_string).collect();
    json!({
        "user": user(1, false), "roles": roles, "permissions": permissions, "joined_at": "2026-01-01T00:00:00Z",
        "deaf": false, "mute": false, "flags": 0, "nick": null, "avatar": null, "premium_since": null, "pending": false
    })
}

fn call(kind: u8, data: Value, member: Value, locale: &str) -> Incoming {
    let mut event = json!({
        "id": "11", "application_id": "12", "type": kind, "token": "secret", "version": 1, "data": data,
        "channel_id": "60", "locale": locale, "entitlements": [], "attachment_size_limit": 1, "app_permissions": "0",
        "guild_locale": "en-US", "authorizing_integration_owners": {}, "context": 0
    });
    if member.is_null() {
        event["user"] = user(1, false);
    } else {
        event["guild_id"] = json!("50");
        event["member"] = member;
    }
    if kind == 3 {
        event["message"] = message_json("the answer", json!({}));
    }
    let event: Interaction = serde_json::from_value(event).unwrap();
    let home = HomeGuilds::new(&settings());
    home.add(GuildId::new(50));
    interaction(event, &settings(), &home).unwrap()
}

fn slash(name: &str, options: Value) -> Incoming {
    call(2, json!({"id": "5", "name": name, "type": 1, "options": options}), member(&[], "0"), "en-GB")
}

fn first(incoming: &Incoming) -> InitialResponse {
    match &incoming.target {
        ReplyTarget::Interaction(back) => back.first,
        ReplyTarget::Message { .. } => panic!("a message"),
    }
}

fn message_json(content: &str, more: Value) -> Value {
    let mut message = json!({
        "id": "20", "channel_id": "60", "guild_id": "50", "author": user(1, false), "content": content,
        "timestamp": "2026-01-01T00:00:00Z", "edited_timestamp": null, "tts": false, "mention_everyone": false,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0
    });
    for (key, value) in more.as_object().unwrap() {
        message[key] = value.clone();
    }
    message
}

fn received(content: &str, more: Value) -> Option<Incoming> {
    let channels = Channels::default();
    message(
        serde_json::from_value(message_json(content, more)).unwrap(),
        UserId::new(ME),
        &settings(),
        &channels,
    )
}

#[test]
fn each_command_asks_its_own() {
    let question = json!([{"name": "question", "type": 3, "value": "why?"}]);
    let sub = |name: &str, options: Value| json!([{"name": name, "type": 1, "options": options}]);
    let reference = json!([{"name": "reference", "type": 3, "value": "M-7K4Q2"}]);
    let r = || "M-7K4Q2".to_owned();
    for (name, options, ask) in [
        ("ask", question.clone(), Ask::Question { text: "why?".into(), private: None }),
        ("media", json!([]), Ask::Media),
        (
            "media",
            json!([{"name": "status", "type": 3, "value": "M-7K4Q2"}]),
            Ask::MediaStatus { reference: r() },
        ),
        ("media", sub("status", reference.clone()), Ask::MediaStatus { reference: r() }),
        ("help", json!([]), Ask::Help),
        ("privacy", sub("erase", json!([])), Ask::PrivacyErase),
        ("faq", sub("reload", json!([])), Ask::Reload { allow_shrink: false }),
        ("faq", sub("test", question), Ask::Test { text: "why?".into() }),
        ("faq", sub("status", json!([])), Ask::Status),
        ("faq", sub("enquiries", json!([])), Ask::Enquiries),
        ("faq", sub("retry", reference.clone()), Ask::EnquiryRetry { reference: r() }),
        ("faq", sub("block", reference), Ask::EnquiryBlock { reference: r() }),
        ("gone", json!([]), Ask::Stale),
    ] {
        assert!(slash(name, options).request.ask == ask, "{name}: {ask:?}");
    }
}

#[test]
fn every_command_of_the_table_is_read() {
    use crate::bot::commands::{COMMANDS, Call};
    let english = text(Lang::En);
    for command in COMMANDS {
        let own = english.command_name(command.word);
        let incoming = match command.call {
            Call::Slash => slash(&own, json!([])),
            Call::MessageMenu => continue,
            Call::Subcommand(group) => {
                let options = json!([{"name": own, "type": 1, "options": []}]);
                slash(&english.command_name(group), options)
            }
        };
        assert!(incoming.request.ask != Ask::Stale, "{:?}", command.word);
    }
}

#[test]
fn the_response_to_a_private_question_is_deferred_privately() {
    let with = |private: bool| {
        slash(
            "ask",
            json!([{"name": "question", "type": 3, "value": "why?"}, {"name": "private", "type": 5, "value": private}]),
        )
    };
    assert_eq!(first(&with(true)), InitialResponse::DeferredPrivate);
    assert_eq!(first(&with(false)), InitialResponse::Deferred);
    assert_eq!(first(&slash("media", json!([]))), InitialResponse::DeferredPrivate);
}

#[test]
fn moderators_are_those_who_manage_the_server_or_have_the_role_in_this_very_event() {
    let is_moderator = |member| {
        let data = json!({"id": "5", "name": "faq", "type": 1, "options": [{"name": "status", "type": 1, "options": []}]});
        call(2, data, member, "en-US").request.actor.is_moderator
    };
    assert!(is_moderator(member(&[], "32")));
    assert!(is_moderator(member(&[], "8")));
    assert!(is_moderator(member(&[1, 500], "0")));
    assert!(!is_moderator(member(&[1], "2048")));
    assert!(!is_moderator(Value::Null), "there is no server to manage in a direct message");
}

#[test]
fn the_language_is_that_of_the_client() {
    let locale =
        |code| call(2, json!({"id": "5", "name": "help", "type": 1}), Value::Null, code).request.locale;
    assert_eq!(locale("fr"), Lang::Fr);
    assert_eq!(locale("en-US"), Lang::En);
    assert_eq!(locale("sv-SE"), Lang::En);
}

#[test]
fn what_is_being_typed_is_completed() {
    let data = json!({"id": "5", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": "wh", "focused": true}]});
    let incoming = call(4, data, member(&[], "0"), "en-US");
    assert!(incoming.request.ask == Ask::Complete { prefix: "wh".into() });
    assert_eq!(first(&incoming), InitialResponse::Completions);
}

#[test]
fn a_message_is_answered_from_its_menu() {
    let data = json!({
        "id": "5", "name": "Answer from FAQ", "type": 3, "target_id": "20",
        "resolved": {"messages": {"20": message_json("why do they leave", json!({}))}}
    });
    let incoming = call(2, data, member(&[], "0"), "en-US");
    assert!(incoming.request.ask == Ask::Question { text: "why do they leave".into(), private: None });
}

#[test]
fn a_press_asks_what_its_button_says() {
    let press = |id: &str| call(3, json!({"custom_id": id, "component_type": 2}), member(&[], "0"), "en-US");
    assert_eq!(first(&press("1p0000000000001:why-leaving")), InitialResponse::InPlace);
    // Somebody else's message, and one of which nothing says whose it is, stays as it is.
    for id in ["1p0000000000002:why-leaving", "1s:why-leaving"] {
        assert_eq!(first(&press(id)), InitialResponse::DeferredPrivate, "{id}");
        assert!(matches!(press(id).request.ask, Ask::Show { private: Some(true), .. }), "{id}");
    }
    assert_eq!(first(&press("1f")), InitialResponse::Form);
    assert!(press("1r").request.ask == Ask::Reload { allow_shrink: true });
    assert!(press("0x").request.ask == Ask::Stale);
}

#[test]
fn a_form_brings_its_fields_and_a_stale_one_gives_the_text_back() {
    let rows: Vec<Value> = [
        ("name", "Ann"),
        ("email", "a@b.org"),
        ("deadline", "Friday"),
        ("question", "Why?"),
        ("extra", ""),
    ]
    .iter()
    .map(|(key, value)| json!({"type": 1, "components": [{"type": 4, "custom_id": key, "value": value}]}))
    .collect();
    let submit = |id: &str| call(5, json!({"custom_id": id, "components": rows}), Value::Null, "en-US");
    let Ask::MediaSubmit { interaction, fields } = submit("1F").request.ask else {
        panic!("not a submission")
    };
    assert!(interaction == InteractionId::new(11));
    assert!(fields.name == "Ann" && fields.email == "a@b.org" && fields.question == "Why?");
    let stale = submit("0F");
    assert!(stale.request.ask == Ask::Stale);
    let ReplyTarget::Interaction(back) = stale.target else { panic!("an interaction") };
    assert!(back.typed.unwrap().contains("Why?"));
}

#[test]
fn a_mention_a_reply_and_a_direct_message_ask_and_the_mention_is_no_part_of_the_question() {
    let mentioned = json!({"mentions": [user(ME, true)]});
    let question = |text: &str| Ask::Question { text: text.into(), private: Some(false) };
    assert!(received("<@999> why?", mentioned.clone()).unwrap().request.ask == question("why?"));
    assert!(received("why, <@!999>?", mentioned.clone()).unwrap().request.ask == question("why,  ?"));
    let reply =
        json!({"referenced_message": message_json("x", json!({"author": user(ME, true)})), "type": 19});
    assert!(received("and when?", reply).unwrap().request.ask == question("and when?"));
    let direct = received("why?", json!({"guild_id": null})).unwrap();
    let in_direct = Ask::Question { text: "why?".into(), private: None };
    assert!(direct.request.ask == in_direct && direct.request.place == Place::Direct);
    assert!(received("<@999>", mentioned).unwrap().request.ask == Ask::Help);
}

#[test]
fn an_ask_channel_is_overheard_and_others_are_not() {
    let overheard = received("why do they leave", json!({"channel_id": "70"})).unwrap();
    assert!(overheard.request.ask == Ask::Overheard { text: "why do they leave".into() });
    assert!(received("why do they leave", json!({})).is_none());
}

#[test]
fn machines_and_notices_are_ignored() {
    let asked = json!({"mentions": [user(ME, true)]});
    let with = |key: &str, value: Value| {
        let mut more = asked.clone();
        more[key] = value;
        received("<@999> why?", more)
    };
    assert!(with("author", user(3, true)).is_none());
    assert!(with("author", user(ME, false)).is_none());
    assert!(with("webhook_id", json!("4")).is_none());
    assert!(with("type", json!(7)).is_none());
}
