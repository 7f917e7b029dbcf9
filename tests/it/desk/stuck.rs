//! A sender is answered in time whatever is stuck: the database, the disk under a commit, the mail server, the folder.
//! And what the answer says is true then and later.

use std::{
    process::Command,
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use faqbot::{
    Lang,
    bot::EnquiryFields,
    failpoint,
    ids::{InteractionId, Reference, UserId},
    store::{Message, NewEnquiry, Store, StoreError, Tuning},
};
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::harness::{
    desk::{World as DeskWorld, fields, mailing, settings, short},
    discord::Person,
    failpoints,
    sample_faq::{moderator, words},
    smtp::{SmtpServer, Stage},
    world::{World, form, reference},
};

/// Another program that has the database to itself.
async fn occupy(path: &std::path::Path) -> SqliteConnection {
    let mut other = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    sqlx::query("BEGIN EXCLUSIVE").execute(&mut other).await.unwrap();
    other
}

#[tokio::test]
async fn with_the_database_stuck_the_sender_gets_a_deferred_response_and_then_an_honest_one() {
    let server = SmtpServer::plain().await;
    let world = World::with_press(&server, Tuning::default()).await;
    let ann = Person::new("ann");
    let other = occupy(&world.config.store.path).await;
    let seen = world.submit(&ann, "1F", &form("My long question")).await;
    assert!(seen.was_deferred && seen.is_private, "{seen:?}");
    assert!(seen.text().contains("Not stored, please try again"), "{}", seen.text());
    assert!(seen.text().contains("My long question"), "{}", seen.text());
    assert!(reference(&seen.text()).is_none(), "{}", seen.text());
    // Everything that needs no database goes on.
    assert!(world.ask(&ann, "Where is the new house?").await.text().contains("Mill Pond"));
    let again = world.press(&ann, &seen, "Open the form again").await;
    assert!(again.values().contains(&"My long question".to_owned()));
    other.close().await.unwrap();
    let saved = world.submit(&ann, &again.form(), &form("My long question")).await.text();
    let reference = reference(&saved).unwrap_or_else(|| panic!("{saved}"));
    world.until_status(&ann, &reference, "handed to the mail server").await;
    assert_eq!(server.mailed().len(), 1, "what was not stored was not sent");
}

#[tokio::test]
async fn everything_else_that_needs_the_stuck_database_is_answered_honestly_too() {
    let server = SmtpServer::plain().await;
    let world = World::with_press(&server, Tuning::default()).await;
    let (ann, mo) = (Person::new("ann"), Person::new("mo").with_role());
    let saved = world.submit(&ann, "1F", &form("Why now?")).await;
    let reference = reference(&saved.text()).unwrap();
    world.until_status(&ann, &reference, "handed to the mail server").await;
    let other = occupy(&world.config.store.path).await;
    let named = [("reference", reference.as_str().into())];
    let shown = [
        (world.press(&ann, &saved, "Message me when it is passed on").await, "cannot be read just now"),
        (world.slash(&ann, "/privacy erase", &[]).await, "Nothing could be erased just now"),
        (world.slash(&mo, "/faq block", &named).await, "cannot be read or changed just now"),
        (world.slash(&mo, "/faq retry", &named).await, "cannot be read or changed just now"),
        // What only reads is not held up.
        (world.slash(&mo, "/faq enquiries", &[]).await, reference.as_str()),
    ];
    for (seen, wanted) in shown {
        assert!(seen.is_private && seen.text().contains(wanted), "{wanted}: {}", seen.text());
    }
    other.close().await.unwrap();
    let erased = world.slash(&ann, "/privacy erase", &[]).await.text();
    assert!(erased.contains("one enquiry"), "{erased}");
}

#[tokio::test]
async fn a_stuck_database_is_given_up_within_discords_three_seconds() {
    let world = DeskWorld::new(settings()).await;
    let other = occupy(&world.database()).await;
    // From here on the clock is tokio's own: it goes on as soon as everybody waits.
    tokio::time::pause();
    let began = tokio::time::Instant::now();
    let shown = words(&world.submit(fields()).await);
    let took = began.elapsed();
    tokio::time::resume();
    assert!(shown.contains("Not stored, please try again"), "{shown}");
    assert!(took < Duration::from_secs(3), "{took:?}");
    other.close().await.unwrap();
}

#[tokio::test]
async fn with_the_mail_server_stuck_enquiries_are_saved_and_questions_answered() {
    let server = SmtpServer::plain().await;
    let world = World::with_press(&server, Tuning::default()).await;
    let barrier = server.hold(Stage::Greeting);
    let people = ["ann", "ben", "cleo", "dan"].map(Person::new);
    let mut references = Vec::new();
    // More than there are workers.
    for person in &people {
        references.push(world.enquire(person, &format!("What does {} ask?", person.name)).await);
    }
    assert!(world.ask(&people[0], "Where is the new house?").await.text().contains("Mill Pond"));
    for (person, reference) in people.iter().zip(&references) {
        assert!(world.status(person, reference).await.contains("saved"));
    }
    assert!(server.mailed().is_empty());
    barrier.close();
    for (person, reference) in people.iter().zip(&references) {
        world.until_status(person, reference, "handed to the mail server").await;
    }
    assert_eq!(server.accepted().len(), people.len());
}

#[tokio::test]
async fn with_the_disk_full_the_sender_reads_not_stored_and_questions_are_answered() {
    let server = SmtpServer::plain().await;
    let tuning = Tuning { max_pages: Some(50), ..Tuning::default() };
    let world = World::with_press(&server, tuning).await;
    let ann = Person::new("ann");
    let mut stored = 0;
    let shown = loop {
        let question = format!("{stored} {}", "long ".repeat(700));
        let shown = world.submit(&ann, "1F", &form(&question)).await.text();
        if reference(&shown).is_none() {
            break shown;
        }
        stored += 1;
    };
    assert!(shown.contains("Not stored, please try again") && shown.contains("long long"), "{shown}");
    let rows = SqliteConnectOptions::new().filename(&world.config.store.path);
    let mut rows = rows.connect().await.unwrap();
    let (count,): (i64,) = sqlx::query_as("SELECT count(*) FROM enquiry").fetch_one(&mut rows).await.unwrap();
    assert_eq!(count, stored, "saved is saved, refused is not");
    assert!(world.ask(&ann, "Where is the new house?").await.text().contains("Mill Pond"));
}

#[test]
fn a_writer_that_hangs_before_its_commit_has_stored_nothing_when_it_comes_back() {
    for place in ["submit.begun", "submit.inserted"] {
        let barrier = Barrier::at(place);
        let tuning = Tuning { patience: Duration::from_secs(2), ..Tuning::default() };
        barrier.run(async {
            let world = DeskWorld::with(settings(), Default::default(), tuning).await;
            let shown = words(&world.submit(fields()).await);
            assert!(shown.contains("Not stored, please try again"), "{place}: {shown}");
            barrier.open();
            // The one writer takes the next enquiry only after it is done with this one.
            let next = world.enquire("Another question").await;
            let rows = world.store.overview(10).await.unwrap();
            assert_eq!(rows.len(), 1, "{place}: not stored means not stored");
            assert_eq!(rows[0].reference, next);
        });
    }
}

#[test]
fn a_commit_that_hangs_is_not_confirmed_yet_and_the_sender_finds_out_what_happened_to_it() {
    let barrier = Barrier::at("submit.committed");
    barrier.run(async {
        let server = SmtpServer::plain().await;
        let tuning = Tuning {
            patience: Duration::from_secs(2),
            commit_patience: Duration::from_millis(100),
            ..Tuning::default()
        };
        let world = DeskWorld::with(mailing(&server), Default::default(), tuning).await;
        let enquiry = EnquiryFields { question: "My long question".into(), ..fields() };
        let shown = words(&world.submit(enquiry.clone()).await);
        assert!(shown.contains("Not confirmed yet") && shown.contains("My long question"), "{shown}");
        let reference = Reference::parse(&reference(&shown).unwrap()).unwrap();
        assert!(shown.contains(&format!("/media status:{reference}")), "{shown}");
        barrier.open();
        // Whoever sends the text again to be sure reads that it was stored, and it is one enquiry.
        let again = words(&world.submit(enquiry).await);
        assert!(again.contains("already sent this text") && again.contains(reference.as_str()), "{again}");
        assert!(world.status(&reference).await.contains("saved"));
        world.deliver().await;
        assert!(world.status(&reference).await.contains("handed to the mail server"));
        assert_eq!(server.mailed().len(), 1);
        assert!(world.status(&Reference::draw()).await.contains("no enquiry with that reference"));
    });
}

#[test]
fn an_unconfirmed_commit_is_reported_with_the_reference_that_it_stores() {
    let barrier = Barrier::at("submit.committed");
    barrier.run(async {
        let tuning = Tuning {
            patience: Duration::from_secs(2),
            commit_patience: Duration::from_millis(100),
            ..Tuning::default()
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("faqbot.db");
        let store = Store::open_with(&path, tuning).await.unwrap();
        // The first reference that will be drawn is taken already.
        let enquiry = |number| NewEnquiry {
            interaction: InteractionId::new(number),
            user: UserId::new(number),
            guild: None,
            lang: Lang::En,
            dedup_key: number.to_string(),
        };
        let compose = |reference: &Reference| {
            let message_id = format!("<{reference}@library.example>");
            Ok(Message { message_id, from: "a@b.example".into(), to: "c@d.example".into(), bytes: vec![1] })
        };
        let limits = || faqbot::config::Config::default().limits;
        fastrand::seed(7);
        let taken = Reference::draw();
        let mut other = SqliteConnectOptions::new().filename(&path).connect().await.unwrap();
        sqlx::query(
            "INSERT INTO enquiry (reference, interaction_id, user_id, lang, created_at, give_up_at, state,
                                  message_id, mail_from, mail_to) VALUES (?, 1, 1, 'en', 0, 0, 'sent', '', '', '')",
        )
        .bind(taken.as_str())
        .execute(&mut other)
        .await
        .unwrap();
        other.close().await.unwrap();
        fastrand::seed(7);
        let unconfirmed = store.submit(enquiry(2), limits(), compose).await;
        barrier.open();
        let Err(StoreError::Unconfirmed(reported)) = unconfirmed else { panic!("{unconfirmed:?}") };
        assert_ne!(reported, taken);
        let stored = store.overview(5).await.unwrap();
        assert!(stored.iter().any(|enquiry| enquiry.reference == reported), "{stored:?} and not {reported}");
        store.close().await;
    });
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_or_is_stuck_means_delayed_and_the_file_comes_later() {
    let world = DeskWorld::with(settings(), short(), Tuning::default()).await;
    let reference = world.enquire("A scoop").await;
    let folder = world.folder.path().join("enquiries");
    let problem = async || words(&world.bot.handle(moderator(faqbot::bot::Ask::Enquiries)).await);

    std::fs::write(&folder, "a file where a folder should be").unwrap();
    world.deliver().await;
    assert!(world.status(&reference).await.contains("delayed"));
    assert!(problem().await.contains("folder: failed"), "{}", problem().await);
    std::fs::remove_file(&folder).unwrap();

    // Opening a pipe that nobody reads waits for ever, as a network disk does.
    std::fs::create_dir(&folder).unwrap();
    let pipe = folder.join(format!(".{reference}.eml.tmp"));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    world.retry(&reference).await;
    assert!(world.status(&reference).await.contains("delayed"));
    assert!(problem().await.contains("folder: time-out"), "{}", problem().await);
    // Frees the thread that waits.
    drop(std::fs::File::open(&pipe).unwrap());
    let _ = std::fs::remove_file(&pipe);

    world.retry(&reference).await;
    assert!(world.status(&reference).await.contains("put into the folder"));
    assert!(folder.join(format!("{reference}.eml")).exists());
}

/// A failpoint at which the writer waits until the test lets it go on, as on a disk that does not answer.
#[derive(Clone)]
struct Barrier(Arc<Inner>);

struct Inner {
    place: &'static str,
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Barrier {
    fn at(place: &'static str) -> Barrier {
        assert!(failpoint::ALL.contains(&place));
        Barrier(Arc::new(Inner { place, is_open: Mutex::new(false), opened: Condvar::new() }))
    }

    fn open(&self) {
        *self.0.is_open.lock().unwrap() = true;
        self.0.opened.notify_all();
    }

    /// Runs the test on threads that listen for failpoints: one of them may wait while the others go on.
    fn run(&self, test: impl Future<Output = ()>) {
        let barrier = Arc::clone(&self.0);
        let listener = tracing::Dispatch::new(failpoints::listener(move |step| {
            if step == barrier.place {
                let closed = barrier.is_open.lock().unwrap();
                drop(barrier.opened.wait_while(closed, |is_open| !*is_open).unwrap());
            }
        }));
        let _listening = tracing::dispatcher::set_default(&listener);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(4)
            .on_thread_start(move || std::mem::forget(tracing::dispatcher::set_default(&listener)))
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(test);
    }
}
