//! The press desk over the local Discord: a journalist, a stranger and a moderator, with a real database, the delivery
//! loop and a mail server behind the bot.

use faqbot::store::Tuning;
use serde_json::{Value, json};
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::harness::{
    discord::{self, CHANNEL, GUILD, MODERATOR_CHANNEL, Person, Route, kind},
    smtp::{Fault, SmtpServer, Stage},
    world::{World, form, mailing, reference},
};

/// Looks into the database from outside.
async fn database(world: &World) -> SqliteConnection {
    SqliteConnectOptions::new().filename(&world.config.store.path).connect().await.unwrap()
}

async fn count(world: &World, sql: &'static str) -> i64 {
    let mut database = database(world).await;
    let (count,): (i64,) = sqlx::query_as(sql).fetch_one(&mut database).await.unwrap();
    database.close().await.unwrap();
    count
}

#[tokio::test]
async fn a_journalist_corrects_an_address_sends_the_form_and_asks_for_its_state() {
    let server = SmtpServer::plain().await;
    let world = World::with_press(&server, Tuning::default()).await;
    let (ann, ben) = (Person::new("ann"), Person::new("ben"));

    let card = world.slash(&ann, "/media", &[]).await;
    assert!(card.is_private && card.text().contains("press@library.example"), "{}", card.text());
    let explained = world.press(&ann, &card, "What happens to my enquiry?").await;
    assert!(explained.is_private && explained.text().contains("/privacy erase"), "{}", explained.text());
    let opened = world.press(&ann, &card, "Write to the media team").await;
    assert_eq!(opened.values(), ["", "", "", "", ""]);

    let mut typed = form("How many books were lent?");
    typed[1].1 = "ann@paper.example, ben@paper.example";
    let wrong = world.submit(&ann, &opened.form(), &typed).await;
    assert!(wrong.is_private);
    for part in ["Nothing was sent yet", "exactly one address", "How many books were lent?"] {
        assert!(wrong.text().contains(part), "{part}: {}", wrong.text());
    }
    assert_eq!(server.connections(), 0);

    let again = world.press(&ann, &wrong, "Open the form again").await;
    assert_eq!(again.values(), typed.map(|(_, value)| value));
    typed[1].1 = "ann@paper.example";
    let saved = world.submit(&ann, &again.form(), &typed).await;
    assert!(saved.is_private && saved.text().contains("Saved."), "{}", saved.text());
    let reference = reference(&saved.text()).unwrap();
    // The way to ask that the reply names is one that Discord offers.
    assert!(saved.text().contains(&format!("`/media status:{reference}`")), "{}", saved.text());

    world.until_status(&ann, &reference, "handed to the mail server").await;
    let (strange, unknown) = (world.status(&ben, &reference).await, world.status(&ben, "M-22222").await);
    assert_eq!(strange, unknown);
    assert!(strange.contains("no enquiry with that reference"), "{strange}");
    let mailed = server.accepted();
    assert_eq!(mailed.len(), 1);
    assert!(mailed[0].header("Subject").unwrap().contains(&reference));
    assert_eq!(mailed[0].header("Reply-To").as_deref(), Some("ann@paper.example"));
    assert!(mailed[0].text().contains("How many books were lent?"));

    let moderator = Person::new("mo").with_role();
    let list = world.slash(&moderator, "/faq enquiries", &[]).await;
    assert!(list.is_private && list.text().contains(&reference), "{}", list.text());
    assert!(!list.text().contains("paper.example") && !list.text().contains("books"), "{}", list.text());
}

#[tokio::test]
async fn the_same_interaction_delivered_again_is_one_enquiry_also_after_a_restart() {
    let server = SmtpServer::plain().await;
    let mut world = World::with_press(&server, Tuning::default()).await;
    let ann = Person::new("ann");
    let data = discord::form("1F", &form("Why now?"));
    let deliver = |world: &World, event: &Value| {
        world.discord.with(|state| state.send("INTERACTION_CREATE", event.clone()));
    };
    let (event, token) =
        world.discord.with(|state| discord::interaction(state, &ann, CHANNEL, kind::MODAL, data, None));
    deliver(&world, &event);
    deliver(&world, &event);
    let reference = reference(&world.seen(&token).await.text()).unwrap();
    world.until_status(&ann, &reference, "handed to the mail server").await;
    // A new session has seen nothing yet: the database knows.
    world.stop_bot().await;
    world.start_bot().await;
    deliver(&world, &event);
    // Events are taken in by their order, and the end waits for the work in hand.
    world.slash(&ann, "/help", &[]).await;
    world.stop_bot().await;
    assert_eq!(count(&world, "SELECT count(*) FROM enquiry").await, 1);
    assert_eq!(server.mailed().len(), 1);
}

#[tokio::test]
async fn a_sender_who_agrees_gets_one_direct_message_and_closed_ones_are_no_error() {
    let server = SmtpServer::plain().await;
    let mut world = World::with_press(&server, Tuning::default()).await;
    let (ann, ben) = (Person::new("ann"), Person::new("ben"));
    world.discord.with(|state| state.closed.insert(ben.id));
    let gate = server.hold(Stage::Greeting);
    for person in [&ann, &ben] {
        let question = format!("What does {} ask?", person.name);
        let saved = world.submit(person, "1F", &form(&question)).await;
        let agreed = world.press(person, &saved, "Message me when it is passed on").await;
        assert!(agreed.is_private && agreed.text().contains("one private message"), "{}", agreed.text());
    }
    gate.close();
    let shown = world.direct_message(&ann).await.text();
    assert!(shown.contains("handed to the mail server") && !shown.contains("What does"), "{shown}");
    // The nonce comes from the notice's id, so that Discord recognises a repetition after a restart too.
    let nonces: Vec<Value> =
        world.discord.requests(Route::Message).iter().map(|sent| sent.body["nonce"].clone()).collect();
    assert!(nonces.contains(&json!("notice-1")) || nonces.contains(&json!("notice-2")), "{nonces:?}");
    while count(&world, "SELECT count(*) FROM notice").await > 0 {
        world.slash(&ben, "/help", &[]).await;
    }
    world.stop_bot().await;
    assert_eq!(count(&world, "SELECT count(*) FROM enquiry WHERE state = 'sent'").await, 2);
    assert!(world.discord.with(|state| state.of_bot().all(|seen| seen.channel != MODERATOR_CHANNEL)));
}

#[tokio::test]
async fn who_cannot_be_reached_is_reported_once_in_the_log_and_never_tried_again() {
    let server = SmtpServer::plain().await;
    let world = World::without_bot(|config| mailing(config, server.port)).await;
    let ann = Person::new("ann");
    world.discord.with(|state| state.closed.insert(ann.id));
    // Discord has more than one code for it.
    for code in [50007, 50278, 0] {
        world.discord.fail(discord::Fault::refuse(Route::Message, 403, code));
        let mut program = world.program().await;
        let before = world.discord.requests(Route::Message).len();
        let question = format!("Why {code}?");
        let saved = world.submit(&ann, "1F", &form(&question)).await;
        world.press(&ann, &saved, "Message me when it is passed on").await;
        assert!(program.wrote("cannot be reached").await, "{}", program.said());
        program.signal("TERM");
        let end = program.end().await;
        assert_eq!(end.said.matches("cannot be reached").count(), 1, "{}", end.said);
        assert_eq!(world.discord.requests(Route::Message).len(), before + 1, "{code}");
    }
    let program = world.program().await;
    world.slash(&ann, "/help", &[]).await;
    program.signal("TERM");
    let end = program.end().await;
    assert!(!end.said.contains("cannot be reached"), "{}", end.said);
}

#[tokio::test]
async fn the_moderators_channel_receives_what_cannot_be_delivered_and_nothing_personal() {
    let server = SmtpServer::plain().await;
    let world = World::with_press(&server, Tuning::default()).await;
    server.fail(Stage::Rcpt, Fault::Code(550));
    let (ann, moderator) = (Person::new("ann"), Person::new("mo").with_role());
    let reference = world.enquire(&ann, "A secret scoop").await;
    let shown = world
        .discord
        .until("the moderators are alerted", |state| {
            state.of_bot().find(|seen| seen.channel == MODERATOR_CHANNEL).map(|seen| seen.text())
        })
        .await;
    assert!(shown.contains(&reference) && shown.contains("550"), "{shown}");
    for personal in ["scoop", "Ann", "paper.example", "secret.example"] {
        assert!(!shown.contains(personal), "{personal}: {shown}");
    }
    assert!(world.status(&ann, &reference).await.contains("not deliverable"));
    server.heal();
    let options = [("reference", json!(reference))];
    let retried = world.slash(&moderator, "/faq retry", &options).await.text();
    assert!(retried.contains("tried again"), "{retried}");
    world.until_status(&ann, &reference, "handed to the mail server").await;
}

#[tokio::test]
async fn a_server_that_the_bot_leaves_is_forgotten_and_what_waits_is_delivered_all_the_same() {
    const OF_THE_SERVER: &str = "SELECT (SELECT count(*) FROM enquiry WHERE guild_id IS NOT NULL)
              + (SELECT count(*) FROM admission WHERE guild_id IS NOT NULL)";
    let server = SmtpServer::plain().await;
    let mut world = World::with_press(&server, Tuning::default()).await;
    let (ann, ben) = (Person::new("ann"), Person::new("ben"));
    let sent = world.enquire(&ann, "What was sent").await;
    world.until_status(&ann, &sent, "handed to the mail server").await;
    let gate = server.hold(Stage::Greeting);
    let waiting = world.enquire(&ben, "What waits").await;

    // An outage is no farewell.
    let id = GUILD.to_string();
    world.discord.with(|state| state.send("GUILD_DELETE", json!({"id": id, "unavailable": true})));
    world.slash(&ann, "/help", &[]).await;
    world.stop_bot().await;
    assert_eq!(count(&world, OF_THE_SERVER).await, 4);

    world.start_bot().await;
    world.discord.with(|state| state.send("GUILD_DELETE", json!({"id": id})));
    world.slash(&ann, "/help", &[]).await;
    world.stop_bot().await;
    assert_eq!(count(&world, OF_THE_SERVER).await, 0);
    assert_eq!(count(&world, "SELECT count(*) FROM enquiry WHERE message IS NOT NULL").await, 2);

    gate.close();
    world.start_bot().await;
    world.until_status(&ben, &waiting, "handed to the mail server").await;
    assert_eq!(server.accepted().len(), 2);
}

#[tokio::test]
async fn a_server_that_was_left_while_the_bot_was_away_is_forgotten_at_the_next_connection() {
    let server = SmtpServer::plain().await;
    let mut world = World::with_press(&server, Tuning::default()).await;
    world.enquire(&Person::new("ann"), "From a server that stays").await;
    world.enquire(&Person::new("ben"), "From a server that will not").await;
    world.stop_bot().await;
    let mut outside = database(&world).await;
    sqlx::query("UPDATE enquiry SET guild_id = 77 WHERE id = 2").execute(&mut outside).await.unwrap();
    outside.close().await.unwrap();
    world.start_bot().await;
    world.slash(&Person::new("ann"), "/help", &[]).await;
    world.stop_bot().await;
    assert_eq!(count(&world, "SELECT count(*) FROM enquiry WHERE guild_id IS NOT NULL").await, 1);
    assert_eq!(count(&world, "SELECT count(*) FROM enquiry WHERE guild_id = 77").await, 0);
}
