//! The program is killed between the files of an edit and between its last file and the swap: after the next start the
//! FAQ is the old one or the new one, and never half of each.

#![cfg(debug_assertions)]

use serde_json::json;

use crate::harness::{
    discord::{CHANNEL, Person, kind},
    world::World,
};

/// Removes an entry of two files, and kills the program at the failpoint.
async fn killed_at(failpoint: &str) -> World {
    let world = World::without_bot(|config| config.log.level = "trace".into()).await;
    let mo = Person::new("mo").with_role();
    let mut program = world.with_failpoint(&format!("park:{failpoint}:1")).await;
    let preview = world.slash(&mo, "/faq remove", &[("entry", json!("why-moving"))]).await;
    let data = json!({"custom_id": preview.button("Apply"), "component_type": 2, "id": 1});
    world.act(CHANNEL, &mo, kind::COMPONENT, data, preview.message);
    assert!(program.wrote(failpoint).await, "{}", program.said());
    program.signal("KILL");
    program.end().await;
    world
}

#[tokio::test]
async fn an_edit_that_is_killed_between_two_files_is_finished_at_the_next_start() {
    let world = killed_at("edit.file-written").await;
    assert!(!world.path("fr/why-moving.md").exists() && world.path("why-moving.md").exists());
    let _program = world.program().await;
    assert!(!world.path("why-moving.md").exists());
    let seen = world.ask(&Person::new("ann"), "Why is the library moving?").await;
    assert!(!seen.text().contains("old roof"), "{}", seen.text());
}

#[tokio::test]
async fn an_edit_that_is_killed_before_the_swap_is_in_force_after_the_next_start() {
    let world = killed_at("edit.written").await;
    let mut program = world.program().await;
    let seen = world.ask(&Person::new("ann"), "Why is the library moving?").await;
    assert!(!seen.text().contains("old roof"), "{}", seen.text());
    assert!(world.ask(&Person::new("ann"), "Where is the new house?").await.text().contains("Mill Pond"));
    program.signal("TERM");
    assert!(program.wrote("asked to stop").await || program.said().contains("code=0"), "{}", program.said());
}
