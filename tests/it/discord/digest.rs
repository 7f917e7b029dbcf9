//! The weekly digest in the moderators' channel, over the local Discord.

use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::harness::{
    discord::{Fault, MODERATOR_CHANNEL, Person, Route, Seen},
    world::World,
};

/// A schedule that was due within the last day.
fn due() -> String {
    let day = jiff::ZonedDateTime::now().date().weekday();
    format!("{} 00:00", format!("{day:?}").to_lowercase())
}

async fn claims(world: &World) -> i64 {
    let mut database: SqliteConnection =
        SqliteConnectOptions::new().filename(&world.config.store.path).connect().await.unwrap();
    let (count,): (i64,) =
        sqlx::query_as("SELECT count(*) FROM digest").fetch_one(&mut database).await.unwrap();
    database.close().await.unwrap();
    count
}

async fn execute(world: &World, sql: &'static str) {
    let mut database: SqliteConnection =
        SqliteConnectOptions::new().filename(&world.config.store.path).connect().await.unwrap();
    sqlx::query(sql).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}

fn digests(world: &World) -> Vec<Seen> {
    world.discord.with(|state| {
        let posted = state.of_bot().filter(|seen| seen.channel == MODERATOR_CHANNEL);
        posted.filter(|seen| seen.title() == "The week in questions").collect()
    })
}

#[tokio::test]
async fn a_digest_is_sent_once_a_week_whatever_happens_to_the_bot() {
    let mut world = World::with_store(|config| config.digest.schedule = due()).await;
    for name in ["ann", "ben", "cleo"] {
        let person = Person::new(name);
        world.ask(&person, "Why is the library moving?").await;
        world.ask(&person, "Is there parking for bicycles?").await;
    }
    // All of it was asked today, which belongs to the next digest.
    world.stop_bot().await;
    assert!(digests(&world).is_empty());
    execute(&world, "UPDATE tally SET day = date(day, '-2 days')").await;
    world.discord.fail(Fault::refuse(Route::Message, 400, 50035));
    world.start_bot().await;
    world
        .discord
        .until("the digest was refused", |state| {
            state.records.iter().any(|r| r.route == Route::Message && r.status == Some(400)).then_some(())
        })
        .await;
    // What was surely not sent is tried again; a claim whose end nobody knows would not be.
    while claims(&world).await > 0 {
        world.slash(&Person::new("ann"), "/help", &[]).await;
    }
    world.stop_bot().await;
    for _ in 0..2 {
        world.start_bot().await;
        world
            .discord
            .until("there is a digest", |state| {
                state.of_bot().any(|seen| seen.channel == MODERATOR_CHANNEL).then_some(())
            })
            .await;
        world.slash(&Person::new("ann"), "/help", &[]).await;
        world.stop_bot().await;
    }
    let digests = digests(&world);
    assert_eq!(digests.len(), 1, "{digests:?}");
    let text = digests[0].text();
    assert!(text.contains("Asked 6 · answered 3") && text.contains("parking for bicycles"), "{text}");
    let sent = world.discord.requests(Route::Message);
    let body = &sent.iter().find(|record| record.body["attachments"].is_array()).unwrap().body;
    assert_eq!(body["embeds"][0]["image"]["url"], "attachment://week.png");
    assert!(body["attachments"][0]["description"].as_str().unwrap().contains("seven days"));
}
