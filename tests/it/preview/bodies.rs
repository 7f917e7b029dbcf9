//! What the preview draws is what the bot sends to Discord, and what one does there is what Discord sends to the bot.

use serde_json::{Value, json};

use super::program::{ADA, BEN, GENERAL, Program, ask};
use crate::harness::{
    discord::{OpenApi, Person, Record, Route},
    world::{World, openapi},
};

const QUESTION: &str = "Why is the library moving?";

/// A body without what two runs cannot share: the hash of the content and the person in custom ids.
fn comparable(mut body: Value) -> Value {
    fn blank(value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(blank),
            Value::Object(map) => {
                if let Some(Value::String(id)) = map.get_mut("custom_id") {
                    let entry = id.split_once(':').map(|(_, entry)| entry.to_owned()).unwrap_or_default();
                    *id = format!("{}:{entry}", id.chars().take(2).collect::<String>());
                }
                map.values_mut().for_each(blank);
            }
            _ => {}
        }
    }
    blank(&mut body);
    body
}

#[tokio::test]
async fn the_page_draws_the_body_that_discord_gets() {
    let (program, world) = (Program::start(), World::start().await);
    let response = program.call(ADA, GENERAL, ask(QUESTION)).await;
    let on_discord = world.slash(&Person::new("ann"), "/ask", &[("question", json!(QUESTION))]).await;
    assert_eq!(comparable(response["data"].clone()), comparable(on_discord.body));

    let shown = program.shown().await;
    let drawn = shown["messages"].as_array().unwrap().last().unwrap();
    let sent: Value = serde_json::from_str(drawn["requests"][0]["body"].as_str().unwrap()).unwrap();
    assert_eq!(sent, response, "the source that the page shows is the request itself");
    for part in ["embeds", "components"] {
        assert_eq!(drawn["message"][part], sent["data"][part]);
    }
}

#[tokio::test]
async fn a_private_reply_is_for_one_person_and_a_button_changes_its_message() {
    let program = Program::start();
    let question = json!({"name": "question", "type": 3, "value": "what are your hours"});
    let private = json!({"name": "private", "type": 5, "value": true});
    program.call(ADA, GENERAL, json!({"name": "ask", "type": 1, "options": [question, private]})).await;
    let shown = program.shown().await;
    let entry = shown["messages"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&entry["only_for"], &entry["message"]["flags"]), (&json!(ADA), &json!(64)));
    let id = entry["message"]["components"][0]["components"][0]["custom_id"].as_str().unwrap().to_owned();
    let press = json!({"kind": 3, "message": entry["id"], "data": {"custom_id": id, "component_type": 2}});
    assert_eq!(program.act(BEN, GENERAL, press.clone()).await.status(), 422, "nobody else sees it");
    assert_eq!(program.act(ADA, GENERAL, press).await.status(), 200);
}

#[tokio::test]
async fn a_client_in_french_gets_french_labels() {
    let program = Program::start();
    program.registered().await;
    let call = json!({"kind": 2, "locale": "fr", "data": ask("pourquoi déménagez-vous")});
    let response: Value =
        serde_json::from_str(&program.act(ADA, GENERAL, call).await.text().await.unwrap()).unwrap();
    assert_eq!(response["data"]["embeds"][0]["title"], "Pourquoi la bibliothèque déménage-t-elle ?");
}

#[tokio::test]
async fn every_body_that_is_drawn_is_one_that_discord_describes() {
    let Some(judge) = openapi() else {
        println!("skipped: DISCORD_OPENAPI names no OpenAPI file of Discord");
        return;
    };
    let program = Program::start();
    program.call(ADA, GENERAL, ask(QUESTION)).await;
    program.call(ADA, GENERAL, json!({"name": "media", "type": 1, "options": []})).await;
    program.act(BEN, GENERAL, json!({"content": "<@900000000000000001> where is the new house?"})).await;
    let is_answered = |shown: &Value| {
        let messages = shown["messages"].as_array().unwrap();
        messages.iter().any(|entry| entry["message"]["type"] == 19).then_some(())
    };
    program.until(is_answered).await;
    let shown = program.shown().await;
    let requests =
        shown["messages"].as_array().unwrap().iter().flat_map(|entry| entry["requests"].as_array().unwrap());
    let records: Vec<Record> = requests.map(record).collect();
    assert!(records.iter().filter(|record| OpenApi::judges(record.route)).count() >= 3, "{records:?}");
    let faults: Vec<String> = records.iter().flat_map(|record| judge.check(record)).collect();
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(shown["refusals"], json!([]));
}

fn record(request: &Value) -> Record {
    let text = |key: &str| request[key].as_str().unwrap();
    let (method, path) = (text("method").parse().unwrap(), text("path").trim_start_matches('/').to_owned());
    let route = Route::of(&method, &path);
    Record { route, method, path, body: serde_json::from_str(text("body")).unwrap(), status: Some(200) }
}
