//! The database when it is busy, full, damaged, too new, or asked to erase.

use std::time::Duration;

use faqbot::{
    bot::{Ask, EnquiryFields},
    ids::GuildId,
    store::{Store, StoreError, Tuning},
};
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{
    desk::mail::edit,
    harness::{
        desk::{World, fields, mailing, reference, settings},
        sample_faq::{id, member, words},
        smtp::SmtpServer,
    },
};

fn hasty() -> Tuning {
    Tuning { patience: Duration::from_secs(1), ..Tuning::default() }
}

async fn locked(world: &World) -> SqliteConnection {
    let mut other = SqliteConnectOptions::new().filename(world.database()).connect().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    other
}

/// Everything in the folder of the database, as one text.
fn on_disk(world: &World) -> String {
    let folder = world.database().parent().unwrap().to_owned();
    let read = |entry: std::io::Result<std::fs::DirEntry>| std::fs::read(entry.unwrap().path()).unwrap();
    let bytes: Vec<u8> = std::fs::read_dir(folder).unwrap().flat_map(read).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_busy_database_is_reported_truthfully_with_the_text_given_back_and_nothing_is_stored() {
    let world = World::with(settings(), Default::default(), hasty()).await;
    let other = locked(&world).await;
    let reply = world.submit(EnquiryFields { question: "My long question".into(), ..fields() }).await;
    let shown = words(&reply);
    assert!(shown.contains("Not stored, please try again") && shown.contains("My long question"), "{shown}");
    assert!(!shown.contains("Reference"));
    other.close().await.unwrap();
    assert!(world.store.overview(5).await.unwrap().is_empty(), "not stored means not stored");
    world.enquire("My long question").await;
}

#[tokio::test]
async fn a_full_disk_refuses_enquiries_honestly_and_questions_are_still_answered() {
    let tuning = Tuning { max_pages: Some(40), ..Tuning::default() };
    let world = World::with(settings(), Default::default(), tuning).await;
    let mut stored = 0;
    let shown = loop {
        let question = format!("{stored} {}", "long ".repeat(780));
        let reply = world.submit(EnquiryFields { question, ..fields() }).await;
        if reference(&reply).is_none() {
            break words(&reply);
        }
        stored += 1;
    };
    assert!(shown.contains("Not stored"), "{shown}");
    assert_eq!(world.store.overview(100).await.unwrap().len(), stored, "saved is saved, refused is not");
    let answer = world.bot.handle(member(Ask::Show { entry: id("books"), private: None })).await;
    assert!(words(&answer).contains("300"), "{}", words(&answer));
}

#[tokio::test]
async fn a_database_that_refuses_the_row_means_not_stored() {
    let world = World::with(settings(), Default::default(), hasty()).await;
    edit(&world, "CREATE TRIGGER sealed BEFORE INSERT ON enquiry BEGIN SELECT raise(ABORT, 'sealed'); END")
        .await;
    assert!(words(&world.submit(fields()).await).contains("Not stored"));
}

#[tokio::test]
async fn a_damaged_file_is_refused_at_the_start_with_a_hint_and_left_untouched() {
    for damage in ["all of it", "a page within"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("faqbot.db");
        Store::open(&path).await.unwrap().close().await;
        let mut bytes = std::fs::read(&path).unwrap();
        let from = if damage == "all of it" { 0 } else { 4096 };
        bytes[from..].fill(0x5a);
        std::fs::write(&path, &bytes).unwrap();
        let error = Store::open(&path).await.unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{damage}: {error}");
        assert!(error.needs_human() && error.to_string().contains("restore it from a backup"), "{error}");
        assert!(std::fs::read(&path).unwrap() == bytes, "{damage}: the file was left untouched");
    }
}

#[tokio::test]
async fn a_file_of_a_newer_faqbot_is_refused() {
    let world = World::new(settings()).await;
    edit(
        &world,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (999, 'future', 1, x'00', 0)",
    )
    .await;
    let error = Store::open(&world.database()).await.unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 999, .. }) && error.needs_human(), "{error}");
}

#[tokio::test]
async fn only_one_process_delivers_from_a_database() {
    let world = World::new(settings()).await;
    let second = Store::open(&world.database()).await.unwrap();
    assert!(matches!(second.lock_delivery(), Err(StoreError::InUse { .. })));
}

#[tokio::test]
async fn the_file_is_kept_as_agreed() {
    let world = World::new(settings()).await;
    let mut other: SqliteConnection =
        SqliteConnectOptions::new().filename(world.database()).connect().await.unwrap();
    let (mode,): (String,) = sqlx::query_as("PRAGMA journal_mode").fetch_one(&mut other).await.unwrap();
    assert_eq!(mode, "wal");
    world.store.ping().await.unwrap();
}

#[tokio::test]
async fn erasing_leaves_nothing_of_a_person_in_any_file_of_the_database() {
    let server = SmtpServer::plain().await;
    let world = World::new(mailing(&server)).await;
    let canary = EnquiryFields {
        name: "Canary Name".into(),
        email: "canary@paper.example".into(),
        question: "canaryquestion ".repeat(200),
        ..fields()
    };
    assert!(reference(&world.submit(canary).await).is_some());
    world.deliver().await;
    assert!(on_disk(&world).contains("canary@paper.example"));
    let shown = words(&world.bot.handle(member(Ask::PrivacyErase)).await);
    assert!(shown.contains("one enquiry") && shown.contains("passed on or settled"), "{shown}");
    let left = on_disk(&world);
    for trace in ["Canary Name", "canary@paper", "canaryquestion"] {
        assert!(!left.contains(trace), "{trace}");
    }
    let again = words(&world.bot.handle(member(Ask::PrivacyErase)).await);
    assert!(again.contains("nothing to erase"), "{again}");
    assert!(on_disk(&world) == left, "the file is rewritten only if something was erased");
}

#[tokio::test]
async fn erasing_reports_what_will_never_be_sent() {
    let world = World::new(settings()).await;
    world.enquire("one").await;
    let shown = words(&world.bot.handle(member(Ask::PrivacyErase)).await);
    assert!(shown.contains("will not be"), "{shown}");
    world.deliver().await;
    assert!(!world.folder.path().join("enquiries").exists());
}

#[tokio::test]
async fn the_text_of_a_sent_enquiry_goes_after_its_days_and_the_state_stays_a_while() {
    let server = SmtpServer::plain().await;
    let world = World::new(mailing(&server)).await;
    let sent = world.enquire("canarysent").await;
    world.deliver().await;
    let waiting = world.enquire("canarywaiting").await;
    edit(
        &world,
        "UPDATE enquiry SET settled_at = settled_at - 8 * 86400, created_at = created_at - 8 * 86400",
    )
    .await;
    assert_eq!(world.store.sweep(7).await.unwrap(), 1);
    let left = on_disk(&world);
    assert!(!left.contains("canarysent") && left.contains("canarywaiting"));
    assert!(world.status(&sent).await.contains("handed to the mail server"));
    assert!(world.status(&waiting).await.contains("saved"));
    edit(&world, "UPDATE enquiry SET settled_at = settled_at - 31 * 86400").await;
    world.store.sweep(7).await.unwrap();
    assert!(world.status(&sent).await.contains("no enquiry with that reference"));
}

#[tokio::test]
async fn when_the_bot_leaves_a_server_its_number_goes_and_the_enquiry_is_delivered_all_the_same() {
    let world = World::new(settings()).await;
    let reference = world.enquire("one").await;
    world.store.clear_guild(GuildId::new(1)).await.unwrap();
    world.deliver().await;
    assert!(world.folder.path().join(format!("enquiries/{reference}.eml")).exists());
}

#[tokio::test]
async fn opening_waits_for_a_database_that_is_busy_and_gives_up_after_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("faqbot.db");
    // Without a write-ahead log, so that nobody else can even read.
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut other = options.connect().await.unwrap();
    sqlx::query("CREATE TABLE other (n)").execute(&mut other).await.unwrap();
    sqlx::query("BEGIN EXCLUSIVE").execute(&mut other).await.unwrap();
    let patience = Duration::from_millis(50);
    let within = |opening| Tuning { patience, opening, ..Tuning::default() };
    assert!(matches!(Store::open_with(&path, within(Duration::ZERO)).await, Err(StoreError::Busy)));
    let calm = within(Duration::from_secs(60));
    let mut opening = tokio::spawn(async move { Store::open_with(&path, calm).await });
    // Several attempts fail in this time.
    let early = tokio::time::timeout(Duration::from_secs(1), &mut opening).await;
    assert!(early.is_err(), "it did not wait: {early:?}");
    other.close().await.unwrap();
    opening.await.unwrap().unwrap();
}
