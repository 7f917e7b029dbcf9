//! Earlier public answers whose entries have changed, over the local Discord.

use serde_json::json;
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::harness::{
    discord::{Fault, Person, Route, Seen},
    world::World,
};

const WHY: &str = "Why is the library moving?";

/// Puts another answer in force; returns what the moderator sees.
async fn change_why(world: &World, mo: &Person) -> Seen {
    let path = world.path("why-moving.md");
    let entry = std::fs::read_to_string(&path).unwrap();
    let changed = entry.replace("Rain comes through the old roof, and", "The roof leaks, and");
    assert_ne!(entry, changed);
    std::fs::write(path, changed).unwrap();
    let seen = world.slash(mo, "/faq reload", &[]).await;
    assert!(seen.text().contains("is in force"), "{}", seen.text());
    seen
}

fn message(world: &World, seen: &Seen) -> String {
    world.discord.with(|state| state.messages[&seen.message.unwrap()].to_string())
}

async fn until_corrected(world: &World, seen: &Seen) -> String {
    let id = seen.message.unwrap();
    world
        .discord
        .until("an answer is corrected", |state| {
            let message = state.messages[&id].to_string();
            message.contains("Corrected on").then_some(message)
        })
        .await
}

#[tokio::test]
async fn public_answers_are_corrected_wherever_they_were_given_and_private_ones_are_left_alone() {
    let (world, mo) = (World::with_store(|_| {}).await, Person::new("mo").with_role());
    let ann = Person::new("ann");
    let asked = world.ask(&ann, WHY).await;
    let mentioned = world.mention(&ann, &format!("{WHY} Where is the new house?")).await;
    let private = world.slash(&ann, "/ask", &[("question", json!(WHY)), ("private", json!(true))]).await;
    let direct = world.direct(&ann, WHY).await;
    let other = world.ask(&ann, "Where is the new house?").await;
    let nothing = world.slash(&mo, "/faq corrections", &[]).await.text();
    assert!(nothing.contains("Nothing to correct"), "{nothing}");

    let reloaded = change_why(&world, &mo).await;
    let offered = world.slash(&mo, "/faq corrections", &[]).await;
    assert!(offered.is_private && offered.text().contains("2 public answers"), "{}", offered.text());
    let refused = world.press(&ann, &offered, "Mark 2 earlier answers").await;
    assert!(refused.text().contains("Only moderators"), "{}", refused.text());
    assert!(!message(&world, &asked).contains("Corrected"));
    // The reply to whoever put the new answer in force offers it too.
    let ordered = world.press(&mo, &reloaded, "Mark 2 earlier answers").await;
    assert!(ordered.text().contains("being corrected"), "{}", ordered.text());
    assert!(until_corrected(&world, &asked).await.contains("The roof leaks"));
    let corrected = until_corrected(&world, &mentioned).await;
    assert!(corrected.contains("The roof leaks") && corrected.contains("Mill Pond"), "{corrected}");
    for unchanged in [&private, &direct, &other] {
        assert!(!message(&world, unchanged).contains("Corrected"));
    }
    let again = world.press(&mo, &reloaded, "Mark 2 earlier answers").await;
    assert!(again.text().contains("Nothing to correct"), "{}", again.text());
}

#[tokio::test]
async fn an_order_goes_on_after_a_restart_and_what_is_gone_is_no_error() {
    let (mut world, mo) = (World::with_store(|_| {}).await, Person::new("mo").with_role());
    let (ann, ben) = (Person::new("ann"), Person::new("ben"));
    let first = world.ask(&ann, WHY).await;
    let second = world.mention(&ben, WHY).await;
    std::fs::remove_file(world.path("why-moving.md")).unwrap();
    std::fs::remove_file(world.path("fr/why-moving.md")).unwrap();
    let reloaded = world.slash(&mo, "/faq reload", &[]).await;
    world.discord.with(|state| state.messages.remove(&first.message.unwrap()));
    world.discord.fail(Fault::hang(Route::EditMessage));
    world.press(&mo, &reloaded, "Mark 2 earlier answers").await;
    world
        .discord
        .until("an edit was sent", |state| {
            state.records.iter().any(|record| record.route == Route::EditMessage).then_some(())
        })
        .await;
    world.stop_bot().await;
    world.start_bot().await;
    assert!(until_corrected(&world, &second).await.contains("withdrawn from the FAQ"));
    loop {
        let mut database: SqliteConnection =
            SqliteConnectOptions::new().filename(&world.config.store.path).connect().await.unwrap();
        let (count,): (i64,) =
            sqlx::query_as("SELECT count(*) FROM sent_answer").fetch_one(&mut database).await.unwrap();
        database.close().await.unwrap();
        if count == 0 {
            return;
        }
        world.slash(&ann, "/help", &[]).await;
    }
}
