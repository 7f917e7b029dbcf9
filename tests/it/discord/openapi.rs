//! Checks everything the bot sends against Discord's own OpenAPI file, if `DISCORD_OPENAPI` names it.
//!
//! The other tests are checked too, when their `World` is dropped; this one makes sure that every kind of body occurs.

use std::collections::BTreeSet;

use serde_json::json;

use crate::harness::{
    discord::{OpenApi, Person, Record, Route},
    world::{World, against_openapi, openapi},
};

#[tokio::test]
async fn every_body_that_the_bot_sends_is_one_that_discord_describes() {
    if openapi().is_none() {
        println!("skipped: DISCORD_OPENAPI names no OpenAPI file of Discord");
        return;
    }
    let (world, ann, mo) = (World::start().await, Person::new("ann"), Person::new("mo").with_role());
    let answer = world.ask(&ann, "Why is the library moving?").await;
    // What takes the message away has no answer.
    for label in answer.buttons().into_iter().filter(|label| label != "Remove") {
        world.press(&ann, &answer, &label).await;
    }
    world.press_id(&ann, &answer, &ann.near_miss("new-place")).await;
    world.press_id(&ann, &answer, "0s:old").await;
    let card = world.slash(&ann, "/media", &[]).await;
    for label in card.buttons() {
        world.press(&ann, &card, &label).await;
    }
    world.complete(&ann, "/ask", "pri").await;
    world.submit(&ann, "0F", &[("question", "Why?")]).await;
    world.mention(&ann, "my husband hits me").await;
    world.direct(&ann, "Why is the library moving? Where is the new house? When do you open?").await;
    world.slash(&mo, "/faq test", &[("question", json!("where?"))]).await;
    world.slash(&mo, "/faq status", &[]).await;
    std::fs::write(world.path("new-place.md"), "broken").unwrap();
    world.slash(&mo, "/faq reload", &[]).await;

    assert_eq!(against_openapi(&world.discord), Vec::<String>::new());
    let kinds: BTreeSet<String> = world
        .discord
        .records()
        .iter()
        .filter(|record| OpenApi::judges(record.route))
        .map(|record| format!("{:?} {}", record.route, record.body["type"]))
        .collect();
    for kind in ["Register null", "Callback 4", "Callback 7", "Callback 8", "Message null", "Direct null"] {
        assert!(kinds.contains(kind), "no {kind} among {kinds:?}");
    }
}

#[test]
fn the_check_finds_deviations_from_the_file() {
    let Some(judge) = openapi() else {
        println!("skipped: DISCORD_OPENAPI names no OpenAPI file of Discord");
        return;
    };
    let judge = |route, body| {
        judge.check(&Record {
            route,
            method: axum::http::Method::POST,
            path: String::new(),
            body,
            status: None,
        })
    };
    assert!(judge(Route::Message, json!({"content": "hello"})).is_empty());
    assert!(!judge(Route::Message, json!({"content": 7})).is_empty());
    assert!(!judge(Route::Callback, json!({"type": 4, "data": {"embeds": [{"title": 3}]}})).is_empty());
    assert!(!judge(Route::Register, json!([{"description": "it has no name"}])).is_empty());
    assert!(
        judge(
            Route::Register,
            json!([{"name": "a", "description": "b", "default_member_permissions": "32"}])
        )
        .is_empty()
    );
}
