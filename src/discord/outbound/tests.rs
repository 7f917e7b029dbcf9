//! Properties and snapshots of what is sent to Discord.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::{
    bot::{
        reply::{Button, Card, Field, FormId, Tone},
        request::Why,
    },
    ids::{ChannelId, DraftId, UserId},
    knowledge::content::entry::{Citation, EntryId},
    lang::Lang,
    text::text,
};

/// Any text: random, very long, and with known tricks.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "(?s).{0,60}",
        ("(?s).{1,40}", 1usize..200).prop_map(|(text, times)| text.repeat(times)),
        Just("@everyone @here <@1> <@&2> ```rust\n".repeat(300)),
        Just("e\u{301}\u{302}\u{303}".repeat(2000)),
        Just(format!("e{}", "\u{301}".repeat(9000))),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        ("[a-z]{1,64}", any::<u64>()).prop_map(|(id, asker)| Action::Show {
            entry: EntryId::new(&id).unwrap(),
            asker: Some(UserId::new(asker))
        }),
        Just(Action::NotHelpful(None)),
        Just(Action::Media),
        any::<u64>().prop_map(|draft| Action::MediaForm(Some(DraftId::new(draft)))),
        any_text().prop_map(Action::MediaNotify),
        any_text().prop_map(Action::Link),
        Just(Action::Link("https://example.org/a".into())),
    ]
}

fn card() -> impl Strategy<Value = Card> {
    let citation = (proptest::option::of(1usize..99), any_text())
        .prop_map(|(paragraph, quote)| Citation { paragraph, quote });
    (
        proptest::option::of(any_text()),
        any_text(),
        proptest::collection::vec(citation, 0..6),
        proptest::option::of(prop_oneof![any_text(), Just("https://example.org/news".to_owned())]),
        proptest::option::of(any_text()),
    )
        .prop_map(|(title, body, sources, url, footer)| Card {
            title,
            body,
            sources,
            url,
            footer,
            ..Card::default()
        })
}

fn form() -> impl Strategy<Value = Form> {
    let field = (any_text(), any_text(), any_text(), any::<bool>(), any::<u16>()).prop_map(
        |(label, placeholder, value, is_long, max_chars)| Field {
            key: "name",
            label,
            placeholder,
            value,
            is_required: true,
            is_long,
            max_chars,
        },
    );
    (any_text(), proptest::collection::vec(field, 1..7)).prop_map(|(title, fields)| Form {
        id: FormId::Media,
        title,
        fields,
    })
}

fn reply() -> impl Strategy<Value = Reply> {
    let button = (any_text(), action()).prop_map(|(label, action)| Button { label, action });
    (proptest::collection::vec(card(), 0..12), proptest::collection::vec(button, 0..30)).prop_map(
        |(cards, buttons)| {
            let mut reply = Reply::private(String::new());
            reply.cards = cards;
            reply.buttons = buttons;
            reply
        },
    )
}

fn chars(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.encode_utf16().count())
}

/// Checks a message body against Discord's limits and for pings.
fn check(body: &Value) {
    let mentions = &body["allowed_mentions"];
    assert_eq!(mentions["parse"], serde_json::json!([]), "nobody may be pinged");
    assert_eq!(mentions["users"], serde_json::json!([]));
    assert_eq!(mentions["roles"], serde_json::json!([]));
    assert_eq!(mentions["replied_user"], false);
    assert!(chars(&body["content"]) <= 2000);
    let embeds = body["embeds"].as_array().cloned().unwrap_or_default();
    assert!(embeds.len() <= 10);
    assert!(!embeds.is_empty() || chars(&body["content"]) > 0, "Discord refuses an empty message");
    let mut total = 0;
    for embed in &embeds {
        let (title, description) = (chars(&embed["title"]), chars(&embed["description"]));
        let footer = chars(&embed["footer"]["text"]);
        assert!(title <= 256 && description <= 4096 && footer <= 2048);
        total += title + description + footer;
        let fields = embed["fields"].as_array().cloned().unwrap_or_default();
        assert!(fields.len() <= 25);
        assert!(title + description > 0 || !fields.is_empty());
        for field in fields {
            let (name, value) = (chars(&field["name"]), chars(&field["value"]));
            assert!((1..=256).contains(&name) && (1..=1024).contains(&value));
            total += name + value;
        }
    }
    assert!(total <= 6000, "{total} characters over all embeds");
    let rows = body["components"].as_array().cloned().unwrap_or_default();
    assert!(rows.len() <= 5);
    let mut ids = std::collections::HashSet::new();
    for button in rows.iter().flat_map(|row| row["components"].as_array().cloned().unwrap_or_default()) {
        assert!((1..=80).contains(&chars(&button["label"])));
        if let Some(id) = button["custom_id"].as_str() {
            assert!(id.chars().count() <= 100);
            assert!(ids.insert(id.to_owned()), "two buttons with the same id");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_reply_respects_every_limit_and_pings_nobody(reply in reply()) {
        let text = text(Lang::Fr);
        let replies_to = Some((ChannelId::new(1), MessageId::new(2)));
        check(&serde_json::to_value(initial_response(&reply, text)).unwrap()["data"]);
        check(&serde_json::to_value(in_place(&reply, text)).unwrap()["data"]);
        check(&serde_json::to_value(edit(&reply, text)).unwrap());
        check(&serde_json::to_value(message(&reply, text, replies_to, "3".into())).unwrap());
    }

    #[test]
    fn any_form_respects_every_limit(form in form()) {
        let modal = serde_json::to_value(initial_response(&Reply::form(form), text(Lang::En))).unwrap();
        prop_assert_eq!(&modal["type"], 9);
        prop_assert!(chars(&modal["data"]["title"]) <= 45);
        let rows = modal["data"]["components"].as_array().unwrap();
        prop_assert!((1..=5).contains(&rows.len()));
        for row in rows {
            let input = &row["components"][0];
            prop_assert!(chars(&input["label"]) <= 45);
            prop_assert!(chars(&input["placeholder"]) <= 100);
            let max = usize::try_from(input["max_length"].as_u64().unwrap()).unwrap();
            prop_assert!(max <= 4000 && chars(&input["value"]) <= max);
        }
    }

    #[test]
    fn any_completions_respect_every_limit(texts in proptest::collection::vec(any_text(), 0..40)) {
        let choices: Vec<Completion> =
            texts.into_iter().map(|text| Completion { name: text.clone(), value: text }).collect();
        let json = serde_json::to_value(completions(&choices)).unwrap();
        let choices = json["data"]["choices"].as_array().unwrap();
        prop_assert!(choices.len() <= 25);
        for choice in choices {
            prop_assert!((1..=100).contains(&chars(&choice["name"])));
            prop_assert!((1..=100).contains(&chars(&choice["value"])));
        }
    }
}

fn answer() -> Reply {
    let entry = EntryId::new("convictions").unwrap();
    let why = Why {
        entry: entry.clone(),
        confidence: 97,
        margin: 31,
        threshold: 62,
        wording: 2,
        matched: 5,
        generation: 1,
        after: None,
    };
    let card = Card {
        title: Some("How many people were convicted?".into()),
        body: "More than 70 people.".into(),
        sources: vec![
            Citation { paragraph: Some(6), quote: "over 70 convictions".into() },
            Citation { paragraph: Some(7), quote: "with the help of prosecutors".into() },
        ],
        url: Some("https://example.org/announcement".into()),
        footer: Some("Automatic reply, from the announcement and its FAQ alone.".into()),
        version: None,
        entry: Some(entry.clone()),
        confidence: 0.97,
        tone: Tone::Answer,
    };
    let mut reply = Reply::card(Visibility::Public, Outcome::Answer, card);
    reply.buttons = vec![
        Button { label: "Why this answer?".into(), action: Action::Why(why) },
        Button { label: "Not helpful".into(), action: Action::NotHelpful(Some(entry)) },
    ];
    reply
}

#[test]
fn an_answer_looks_like_this() {
    insta::assert_json_snapshot!(initial_response(&answer(), text(Lang::En)));
}

#[test]
fn an_answer_to_a_message_looks_like_this() {
    insta::assert_json_snapshot!(message(
        &answer(),
        text(Lang::Fr),
        Some((ChannelId::new(10), MessageId::new(20))),
        "20".into()
    ));
}

#[test]
fn a_private_reply_leaves_a_short_public_message_with_a_button() {
    let mut reply = Reply::private("the careful text".into());
    reply.outcome = Outcome::Sensitive;
    let pointer = pointer(&reply, text(Lang::En), true).unwrap();
    assert!(!pointer.cards[0].body.contains("careful"));
    assert_eq!(pointer.visibility, Visibility::Public);
    assert_eq!(pointer.buttons[0].action, Action::NeedHelp);
}

#[test]
fn a_private_notice_leaves_nothing_in_public_once_it_is_sent() {
    let reply = Reply::private("wait a moment".into());
    assert_eq!(pointer(&reply, text(Lang::En), true), None);
    assert!(pointer(&reply, text(Lang::En), false).is_some());
}

#[test]
fn a_reply_that_is_not_public_is_ephemeral() {
    let json =
        serde_json::to_value(initial_response(&Reply::private("hush".into()), text(Lang::En))).unwrap();
    assert_eq!(json["data"]["flags"], 64);
    let json = serde_json::to_value(initial_response(&answer(), text(Lang::En))).unwrap();
    assert_ne!(json["data"]["flags"], 64);
}

/// Text of the characters that matter to a fence, a link, a heading or a mention, among those that nobody sees.
fn tricky_text() -> impl Strategy<Value = String> {
    "[`~*_|#>\\[\\]()@<&/:.!a1 \n\r\t\u{0}\u{7}\u{1b}\u{ad}\u{61c}\u{200b}\u{200d}\u{200e}\u{202e}\u{2028}\u{2060}\u{2066}\u{feff}]{0,200}"
}

/// Every body that a reply can become.
fn every_rendering(reply: &Reply) -> Vec<Value> {
    let text = text(Lang::En);
    let json = |value: Result<Value, serde_json::Error>| value.unwrap();
    vec![
        json(serde_json::to_value(initial_response(reply, text)))["data"].clone(),
        json(serde_json::to_value(in_place(reply, text)))["data"].clone(),
        json(serde_json::to_value(edit(reply, text))),
        json(serde_json::to_value(private_follow_up(reply, text))),
        json(serde_json::to_value(message(reply, text, None, "1".into()))),
    ]
}

proptest! {
    #[test]
    fn echoed_text_never_leaves_its_fence(
        typed in prop_oneof![tricky_text(), any_text()],
        others in proptest::collection::vec(any_text(), 0..3),
    ) {
        let echoed = Card { body: crate::bot::echo::code_block(&typed), ..Card::default() };
        let mut reply = Reply::private(String::new());
        reply.cards = vec![echoed];
        reply.cards.extend(others.into_iter().map(|body| Card { body, ..Card::default() }));
        for body in every_rendering(&reply) {
            let shown = body["embeds"][0]["description"].as_str().unwrap_or_default();
            let inner = shown.strip_prefix("```").and_then(|shown| shown.strip_suffix("\n```"));
            prop_assert!(inner.is_some_and(|inner| !inner.contains('`')), "{shown:?}");
            let hides = |c: char| c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{200b}' | '\u{202e}' | '\u{feff}');
            prop_assert!(!shown.contains(hides), "{shown:?}");
        }
    }

    #[test]
    fn a_form_holds_no_character_that_turns_the_reading_order(form in form(), typed in tricky_text()) {
        let mut form = form;
        form.fields.iter_mut().for_each(|field| field.value.clone_from(&typed));
        let mut reply = Reply::private(String::new());
        reply.form = Some(form);
        let body = serde_json::to_string(&initial_response(&reply, text(Lang::En))).unwrap();
        prop_assert!(!body.contains(['\u{202e}', '\u{2066}', '\u{200e}', '\u{61c}']), "{body}");
    }
}
