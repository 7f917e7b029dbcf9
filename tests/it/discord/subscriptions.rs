//! "Tell me when there is an answer", over the local Discord.

use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::harness::{
    discord::{Person, Route},
    world::World,
};

const QUESTION: &str = "Is there parking for bicycles?";
const BUTTON: &str = "Tell me when there is an answer";

async fn waiting(world: &World) -> i64 {
    let mut database: SqliteConnection =
        SqliteConnectOptions::new().filename(&world.config.store.path).connect().await.unwrap();
    let (count,): (i64,) =
        sqlx::query_as("SELECT count(*) FROM subscription").fetch_one(&mut database).await.unwrap();
    database.close().await.unwrap();
    count
}

/// Waits until nobody waits for an answer.
async fn until_none_waits(world: &World) {
    while waiting(world).await > 0 {
        world.slash(&Person::new("zoe"), "/help", &[]).await;
    }
}

#[tokio::test]
async fn one_message_comes_once_a_reload_answers_the_question_and_the_record_is_gone() {
    let (world, mo) = (World::with_store(|_| {}).await, Person::new("mo").with_role());
    let (ann, ben) = (Person::new("ann"), Person::new("ben"));
    let unknown = world.ask(&ann, QUESTION).await;
    let agreed = world.press(&ann, &unknown, BUTTON).await;
    assert!(agreed.is_private && agreed.text().contains("one private message"), "{}", agreed.text());
    let again = world.press(&ann, &unknown, BUTTON).await;
    assert!(again.text().contains("already"), "{}", again.text());
    // Whoever reads along may wait too, and closed direct messages are no error.
    world.discord.with(|state| state.closed.insert(ben.id));
    world.press(&ben, &unknown, BUTTON).await;
    assert_eq!(waiting(&world).await, 2);
    world.slash(&mo, "/faq reload", &[]).await;
    assert_eq!(waiting(&world).await, 2);
    world.add_bicycles();
    world.slash(&mo, "/faq reload", &[]).await;
    let message = world.direct_message(&ann).await.text();
    assert!(message.contains("has an answer") && message.contains("Forty bicycles"), "{message}");
    until_none_waits(&world).await;
    let n_messages = |world: &World| world.discord.requests(Route::Message).len();
    let before = n_messages(&world);
    world.add("towers.md", "Is there a tower?", "There is no tower.");
    world.slash(&mo, "/faq reload", &[]).await;
    world.slash(&mo, "/help", &[]).await;
    assert_eq!(n_messages(&world), before);
}

#[tokio::test]
async fn who_waited_while_the_bot_was_away_gets_the_message_at_the_next_start() {
    let (mut world, ann) = (World::with_store(|_| {}).await, Person::new("ann"));
    let unknown = world.ask(&ann, QUESTION).await;
    world.press(&ann, &unknown, BUTTON).await;
    world.stop_bot().await;
    world.add_bicycles();
    world.start_bot().await;
    assert!(world.direct_message(&ann).await.text().contains("Forty bicycles"));
    until_none_waits(&world).await;
}

#[tokio::test]
async fn a_person_waits_for_five_answers_at_most_and_a_forgotten_question_is_asked_again() {
    let (mut world, ann) = (World::with_store(|_| {}).await, Person::new("ann"));
    let mut last = None;
    for thing in ["bicycles", "submarines", "parrots", "trumpets", "kittens", "glaciers"] {
        let unknown = world.ask(&ann, &format!("Is there parking for {thing}?")).await;
        last = Some((world.press(&ann, &unknown, BUTTON).await, unknown));
    }
    let (refused, unknown) = last.unwrap();
    assert!(refused.text().contains("five questions already"), "{}", refused.text());
    assert_eq!(waiting(&world).await, 5);
    // The question is in memory only.
    world.stop_bot().await;
    world.start_bot().await;
    let forgotten = world.press(&ann, &unknown, BUTTON).await;
    assert!(forgotten.text().contains("no longer remember"), "{}", forgotten.text());
    assert_eq!(waiting(&world).await, 5);
}
