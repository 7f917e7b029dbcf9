//! Events as Discord never sends them: each costs nothing but its own answer.

use serde_json::{Value, json};

use crate::harness::{
    discord::{self, BOT, CHANNEL, Person, kind},
    world::World,
};

/// What takes the place of each part of an event in turn; `None`: the part is missing.
fn replacements() -> Vec<Option<Value>> {
    let deep = (0..100).fold(json!([]), |inner, _| json!([inner]));
    vec![
        None,
        Some(Value::Null),
        Some(json!(-1)),
        Some(json!(u64::MAX)),
        Some(json!("")),
        Some(json!("\u{202E}``` @everyone \u{0}".repeat(500))),
        Some(json!([])),
        Some(json!({})),
        Some(deep),
    ]
}

/// The event with each of its parts, and each part of those, replaced in turn.
fn variants(event: &Value) -> Vec<Value> {
    let mut paths: Vec<Vec<String>> = Vec::new();
    for (key, value) in event.as_object().unwrap() {
        // The id and the token say what is answered.
        if key == "id" || key == "token" {
            continue;
        }
        paths.push(vec![key.clone()]);
        let inner = value.as_object().into_iter().flatten();
        paths.extend(inner.map(|(inner, _)| vec![key.clone(), inner.clone()]));
    }
    let changed = |path: &Vec<String>, replacement: &Option<Value>| {
        let mut event = event.clone();
        let (last, parents) = path.split_last().unwrap();
        let parent = parents.iter().fold(&mut event, |value, key| &mut value[key.as_str()]);
        let parent = parent.as_object_mut().unwrap();
        match replacement {
            Some(value) => _ = parent.insert(last.clone(), value.clone()),
            None => _ = parent.remove(last),
        }
        event
    };
    let replacements = replacements();
    paths
        .iter()
        .flat_map(|path| replacements.iter().map(|new| changed(path, new)).collect::<Vec<_>>())
        .collect()
}

#[tokio::test]
async fn events_as_discord_never_sends_them_cost_nothing_but_their_own_answer() {
    let world = World::without_bot(|_| {}).await;
    let program = world.program().await;
    let mut sent = 0;
    let question = [("question", json!("where do you move to?"))];
    for shape in 0..5 {
        let template = world.discord.with(|state| {
            let ann = Person::new("ann");
            let act =
                |state: &mut _, kind, data| discord::interaction(state, &ann, CHANNEL, kind, data, None).0;
            match shape {
                0 => {
                    let data = discord::command(state, "/ask", &question, None);
                    act(state, kind::COMMAND, data)
                }
                1 => {
                    let data = discord::command(state, "/ask", &question, Some("question"));
                    act(state, kind::COMPLETION, data)
                }
                2 => act(state, kind::MODAL, discord::form("1F", &[("name", "Ann"), ("question", "Why?")])),
                3 => act(
                    state,
                    kind::COMPONENT,
                    json!({"custom_id": "1w:new-place", "component_type": 2, "id": 1}),
                ),
                _ => discord::message(state, &ann, CHANNEL, &format!("<@{BOT}> where do you move to?"), None),
            }
        });
        let name = if shape == 4 { "MESSAGE_CREATE" } else { "INTERACTION_CREATE" };
        for mut event in variants(&template) {
            sent += 1;
            world.discord.with(|state| {
                event["id"] = json!(state.id().to_string());
                state.send(name, event);
            });
        }
        // The program has taken them all in when it answers what came after them.
        let seen = world.ask(&Person::new(&format!("asker {shape}")), "where do you move to?").await;
        assert!(seen.text().contains("Mill Pond"), "{shape}: {}", seen.text());
    }
    assert!(sent > 1000, "{sent}");
    program.signal("TERM");
    let end = program.end().await;
    assert_eq!(end.code, 0, "{}", end.said);
    assert!(!end.said.contains("panicked") && !end.said.contains("everyone"), "{}", end.said);
    assert!(end.said.lines().count() < 5000, "{}", end.said.lines().count());
}
