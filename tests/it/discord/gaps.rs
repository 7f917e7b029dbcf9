//! What members ask in vain, over the local Discord: what is kept, who sees it, and what is never kept.

use std::time::Duration;

use faqbot::store::Tuning;
use serde_json::json;
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::harness::{
    discord::{Person, Seen},
    world::World,
};

/// Questions that ask alike and that the FAQ does not answer.
const ALIKE: [&str; 3] = [
    "Is there parking for bicycles?",
    "Is there a parking for bicycles?",
    "Is there parking for bicycles or bikes?",
];

/// Does something to the database, from outside.
async fn change(world: &World, sql: &'static str) {
    let mut database: SqliteConnection =
        SqliteConnectOptions::new().filename(&world.config.store.path).connect().await.unwrap();
    sqlx::query(sql).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}

/// A value out of the database, from outside.
async fn count(world: &World, sql: &'static str) -> i64 {
    let mut database: SqliteConnection =
        SqliteConnectOptions::new().filename(&world.config.store.path).connect().await.unwrap();
    let (count,): (i64,) = sqlx::query_as(sql).fetch_one(&mut database).await.unwrap();
    database.close().await.unwrap();
    count
}

async fn unanswered(world: &World, by: &Person) -> Seen {
    let seen = world.slash(by, "/faq unanswered", &[]).await;
    assert!(seen.is_private);
    seen
}

/// Three people ask alike; returns the last answer.
async fn ask_alike(world: &World) -> Seen {
    let mut last = None;
    for (name, question) in ["ann", "ben", "cleo"].into_iter().zip(ALIKE) {
        last = Some(world.ask(&Person::new(name), question).await);
    }
    last.unwrap()
}

#[tokio::test]
async fn wordings_are_shown_once_three_people_asked_alike_and_before_that_only_counted() {
    let (world, mo) = (World::with_store(|_| {}).await, Person::new("mo").with_role());
    let (ann, ben) = (Person::new("ann"), Person::new("ben"));
    world.ask(&ann, ALIKE[0]).await;
    world.ask(&ann, ALIKE[1]).await;
    world.ask(&ben, ALIKE[2]).await;
    let seen = unanswered(&world, &mo).await.text();
    assert!(seen.contains("3 more questions") && !seen.contains("bicycle"), "{seen}");
    world.ask(&Person::new("cleo"), ALIKE[0]).await;
    let seen = unanswered(&world, &mo).await;
    let text = seen.text();
    assert!(text.contains("asked 4 times, by at least 3 people") && text.contains(ALIKE[0]), "{text}");
    assert!(!text.contains("more question"), "{text}");

    let form = world.press(&mo, &seen, "1 · Write an entry").await;
    assert_eq!(form.values()[0], ALIKE[0]);
    assert!(form.values()[2].contains(ALIKE[1]), "{:?}", form.values());

    let dismissed = world.press(&mo, &seen, "1 · Dismiss").await;
    assert!(dismissed.is_private && dismissed.text().contains("4 questions"), "{}", dismissed.text());
    let empty = world.press(&mo, &dismissed, "Back to the list").await;
    assert!(empty.text().contains("Nothing to show"), "{}", empty.text());
    // The button of an older list finds nothing any more.
    let again = world.press(&mo, &seen, "1 · Dismiss").await;
    assert!(again.text().contains("no longer there"), "{}", again.text());
}

#[tokio::test]
async fn the_list_survives_a_restart_and_only_moderators_see_it() {
    let (mut world, mo) = (World::with_store(|_| {}).await, Person::new("mo").with_role().speaking("fr"));
    ask_alike(&world).await;
    world.stop_bot().await;
    world.start_bot().await;
    let seen = unanswered(&world, &mo).await;
    assert!(seen.text().contains("posée 3 fois, par au moins 3 personnes"), "{}", seen.text());
    let stranger = Person::new("stranger");
    let refused = world.slash(&stranger, "/faq unanswered", &[]).await;
    assert!(refused.text().contains("Only moderators"), "{}", refused.text());
    let refused = world.press(&stranger, &seen, "1 · Écarter").await;
    assert!(refused.text().contains("Only moderators"), "{}", refused.text());
    assert_eq!(count(&world, "SELECT count(*) FROM gap WHERE dismissed = 0").await, 3);
}

#[tokio::test]
async fn addresses_numbers_and_authors_are_not_kept() {
    let (world, ann) = (World::with_store(|_| {}).await, Person::new("ann"));
    let question = "how many books were not lent to prison 4711 <@77> ann@paper.example";
    world.ask(&ann, question).await;
    world.slash(&ann, "/help", &[]).await;
    unanswered(&world, &Person::new("mo").with_role()).await;
    let stored = "SELECT count(*) FROM gap WHERE words LIKE '%books were not lent%'";
    assert!(count(&world, stored).await > 0);
    for secret in ["4711", "paper.example", "77", &ann.id.to_string()] {
        for file in ["faqbot.db", "faqbot.db-wal"] {
            let bytes = std::fs::read(world.home().join("data").join(file)).unwrap_or_default();
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found || secret == "77", "{secret} in {file}");
        }
    }
    assert_eq!(
        count(&world, "SELECT count(*) FROM gap WHERE words LIKE '%77%' OR words LIKE '%@%'").await,
        0
    );
}

#[tokio::test]
async fn nothing_of_people_in_need_and_of_journalists_is_kept_and_of_private_questions_only_the_count() {
    let (world, ann) = (World::with_store(|_| {}).await, Person::new("ann"));
    for message in
        ["my husband hits me, is there bicycle parking?", "I am a journalist with a bicycle, interview?"]
    {
        world.mention(&ann, message).await;
        world.direct(&ann, message).await;
    }
    unanswered(&world, &Person::new("mo").with_role()).await;
    assert_eq!(count(&world, "SELECT count(*) FROM gap").await, 0);
    assert_eq!(count(&world, "SELECT count(*) FROM tally").await, 0);
    world.direct(&ann, ALIKE[0]).await;
    world.slash(&ann, "/ask", &[("question", json!(ALIKE[1])), ("private", json!(true))]).await;
    unanswered(&world, &Person::new("mo").with_role()).await;
    assert_eq!(count(&world, "SELECT count(*) FROM gap").await, 0);
    assert_eq!(count(&world, "SELECT count FROM tally WHERE name IN ('unknown', 'suggested')").await, 2);
}

#[tokio::test]
async fn keeping_gaps_can_be_switched_off_and_help_says_what_is_kept() {
    let (world, mo) =
        (World::with_store(|config| config.privacy.keep_gaps = false).await, Person::new("mo").with_role());
    ask_alike(&world).await;
    assert!(unanswered(&world, &mo).await.text().contains("not kept"));
    assert_eq!(count(&world, "SELECT count(*) FROM gap").await, 0);
    assert!(world.slash(&mo, "/help", &[]).await.text().contains("do not keep the questions"));
    let world = World::with_store(|_| {}).await;
    let help = world.slash(&mo, "/help", &[]).await.text();
    assert!(help.contains("90 days") && help.contains("3 people"), "{help}");
}

#[tokio::test]
async fn a_near_miss_that_three_people_pressed_is_proposed_as_a_wording() {
    let (world, mo) = (World::with_store(|_| {}).await, Person::new("mo").with_role());
    for name in ["ann", "ben", "cleo"] {
        let person = Person::new(name);
        let offered = world.ask(&person, "how many books were not lent to the prison").await;
        world.press_id(&person, &offered, &person.near_miss("books-lent")).await;
    }
    let seen = unanswered(&world, &mo).await;
    let text = seen.text();
    assert!(text.contains("At least 3 people chose `books-lent`"), "{text}");
    assert!(text.contains("books were not lent"), "{text}");
    assert_eq!(seen.buttons(), ["1 · Add as a wording", "1 · Dismiss"]);
    assert_eq!(count(&world, "SELECT count(*) FROM gap WHERE kind = 'pressed'").await, 3);

    let refused = world.press(&Person::new("ann"), &seen, "1 · Add as a wording").await;
    assert!(refused.text().contains("Only moderators"), "{}", refused.text());
    let preview = world.press(&mo, &seen, "1 · Add as a wording").await;
    assert!(preview.is_private && preview.text().contains("Nothing has changed yet"), "{}", preview.text());
    assert!(preview.text().contains("→ `books-lent`"), "{}", preview.text());
    let applied = world.press(&mo, &preview, "Apply").await;
    assert!(applied.text().contains("is in force"), "{}", applied.text());
    let file = std::fs::read_to_string(world.path("books-lent.md")).unwrap();
    assert!(file.contains("\"how many books were not lent to the prison\""), "{file}");
    assert!(unanswered(&world, &mo).await.text().contains("Nothing to show"));
}

#[tokio::test]
async fn what_was_asked_in_vain_becomes_a_wording_of_the_entry_that_is_chosen() {
    let (world, mo) = (World::with_store(|_| {}).await, Person::new("mo").with_role());
    ask_alike(&world).await;
    let seen = unanswered(&world, &mo).await;
    assert_eq!(seen.buttons(), ["1 · Write an entry", "1 · Add to entry …", "1 · Dismiss"]);
    let refused = world.press(&Person::new("ann"), &seen, "1 · Add to entry …").await;
    assert!(refused.text().contains("Only moderators"), "{}", refused.text());

    let offered = world.press(&mo, &seen, "1 · Add to entry …").await;
    assert!(offered.is_private && offered.text().contains(ALIKE[0]), "{}", offered.text());
    assert!(offered.buttons().contains(&"None of these: a new entry".to_owned()), "{:?}", offered.buttons());
    let preview = world.press(&mo, &offered, "Where is the new house?").await;
    assert!(preview.text().contains("→ `new-place`"), "{}", preview.text());
    assert!(unanswered(&world, &mo).await.text().contains("bicycle"), "nothing has changed yet");
    let applied = world.press(&mo, &preview, "Apply").await;
    assert!(applied.text().contains("is in force"), "{}", applied.text());

    let answer = world.ask(&Person::new("ann"), ALIKE[0]).await;
    assert_eq!(answer.title(), "Where is the new house?");
    assert!(unanswered(&world, &mo).await.text().contains("Nothing to show"));
    // The button of an older list finds nothing any more.
    let again = world.press(&mo, &seen, "1 · Add to entry …").await;
    assert!(again.text().contains("no longer there"), "{}", again.text());
}

#[tokio::test]
async fn answers_that_did_not_help_are_kept_with_their_question_and_counted_over_a_restart() {
    let (mut world, mo) = (World::with_store(|_| {}).await, Person::new("mo").with_role());
    for name in ["ann", "ben", "cleo"] {
        let person = Person::new(name);
        let answer = world.ask(&person, "Why is the library moving?").await;
        world.press(&person, &answer, "Not helpful").await;
    }
    world.stop_bot().await;
    world.start_bot().await;
    let seen = unanswered(&world, &mo).await;
    assert_eq!(seen.buttons(), ["1 · Add to entry …", "1 · Dismiss"]);
    let text = seen.text();
    assert!(text.contains("`why-moving` was marked “Not helpful” 3 times"), "{text}");
    let status = world.slash(&mo, "/faq status", &[]).await.text();
    assert!(status.contains("“Not helpful” in the last 90 days: 3"), "{status}");
    let stats = world.slash(&mo, "/faq stats", &[]).await;
    assert!(stats.is_private && stats.text().contains("Asked 3 · answered 3"), "{}", stats.text());
    assert!(stats.text().contains("“Not helpful” 3") && stats.text().contains("Half of the replies"));
}

#[tokio::test]
async fn what_a_reload_answers_is_no_gap_any_more() {
    let (world, mo) = (World::with_store(|_| {}).await, Person::new("mo").with_role());
    ask_alike(&world).await;
    assert!(unanswered(&world, &mo).await.text().contains("bicycle"));
    world.add_bicycles();
    let seen = world.slash(&mo, "/faq reload", &[]).await.text();
    assert!(seen.contains("is in force"), "{seen}");
    assert!(unanswered(&world, &mo).await.text().contains("Nothing to show"));
}

#[tokio::test]
async fn gaps_are_deleted_after_ninety_days() {
    let (mut world, mo) = (World::with_store(|_| {}).await, Person::new("mo").with_role());
    ask_alike(&world).await;
    world.stop_bot().await;
    count(&world, "UPDATE gap SET day = day - 90 * 86400 RETURNING 1").await;
    assert_eq!(count(&world, "SELECT count(*) FROM gap").await, 3);
    // The start deletes what is old.
    world.start_bot().await;
    while count(&world, "SELECT count(*) FROM gap").await > 0 {
        world.slash(&mo, "/help", &[]).await;
    }
}

#[tokio::test]
async fn a_full_database_costs_the_gap_and_never_the_answer() {
    let mut world = World::without_bot(|_| {}).await;
    world.open_press(Tuning { max_pages: Some(90), ..Tuning::default() });
    world.start_bot().await;
    let mo = Person::new("mo").with_role();
    let usual = world.ask(&Person::new("ann"), ALIKE[0]).await.text();
    unanswered(&world, &mo).await;
    assert_eq!(count(&world, "SELECT count(*) FROM gap").await, 1);
    // From outside the database grows beyond the limit, so that the bot gets no further page.
    change(&world, "CREATE TABLE ballast AS SELECT zeroblob(400000) AS bytes").await;
    for n in 0..90 {
        let answer = world.ask(&Person::new(&format!("person {n}")), ALIKE[0]).await;
        assert_eq!(answer.text(), usual);
    }
    // Whatever was recorded is written, or lost, by now.
    unanswered(&world, &mo).await;
    let kept = count(&world, "SELECT count(*) FROM gap").await;
    assert!(kept < 91, "the database was never full");
    let answer = world.ask(&Person::new("ann"), "Why is the library moving?").await;
    assert_eq!(answer.title(), "Why is the library moving?");
    // As soon as there is space, gaps are kept again, without a restart.
    change(&world, "DROP TABLE ballast").await;
    world.ask(&Person::new("ann"), ALIKE[0]).await;
    unanswered(&world, &mo).await;
    assert_eq!(count(&world, "SELECT count(*) FROM gap").await, kept + 1);
}

#[tokio::test]
async fn a_database_that_fails_or_is_locked_costs_the_gap_and_never_the_answer() {
    let mut world = World::without_bot(|_| {}).await;
    world.open_press(Tuning { patience: Duration::from_millis(50), ..Tuning::default() });
    world.start_bot().await;
    let (ann, mo) = (Person::new("ann"), Person::new("mo").with_role());
    let gaps = async || {
        unanswered(&world, &mo).await;
        count(&world, "SELECT count(*) FROM gap").await
    };
    let usual = world.ask(&ann, ALIKE[0]).await.text();
    assert_eq!(gaps().await, 1);

    change(
        &world,
        "CREATE TRIGGER broken BEFORE INSERT ON gap BEGIN SELECT RAISE(ABORT, 'the disk failed'); END",
    )
    .await;
    let answer = world.ask(&ann, ALIKE[0]).await;
    assert_eq!(answer.text(), usual);
    assert_eq!(gaps().await, 1);
    change(&world, "DROP TRIGGER broken").await;

    let mut other: SqliteConnection =
        SqliteConnectOptions::new().filename(&world.config.store.path).connect().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let answer = world.ask(&ann, "Why is the library moving?").await;
    assert_eq!(answer.title(), "Why is the library moving?");
    world.ask(&ann, ALIKE[0]).await;
    assert_eq!(gaps().await, 1);
    other.close().await.unwrap();

    world.ask(&ann, ALIKE[0]).await;
    assert_eq!(gaps().await, 2);
}
