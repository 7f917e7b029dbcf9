//! The operator's commands for enquiries, and what they leave on disk.

use std::{fs, os::unix::fs::PermissionsExt};

use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use super::workspace::{Ended, Workspace};
use crate::harness::world::reference;

/// Enquiries go to a mail server that is not there, so they wait.
const WAITING: [(&str, &str); 6] = [
    ("FAQBOT__MEDIA__TRANSPORT", "smtp"),
    ("FAQBOT__MEDIA__SMTP__HOST", "127.0.0.1"),
    ("FAQBOT__MEDIA__SMTP__PORT", "1"),
    ("FAQBOT__MEDIA__SMTP__TLS", "none"),
    ("FAQBOT__MEDIA__FROM", "faqbot@harbour.example"),
    ("FAQBOT__LIMITS__MINUTES_BETWEEN_ENQUIRIES", "0"),
];

/// Somebody fills in the form in the terminal; the reference.
fn enquire(workspace: &Workspace, question: &str) -> String {
    let typed = format!("/media\n1\nCanary Name\ncanary@paper.example\n\n{question}\n\n/quit\n");
    let chat = workspace.run_with(&["chat"], &WAITING, typed.as_bytes());
    assert!(chat.out.contains("Saved."), "{}\n{}", chat.out, chat.err);
    reference(chat.out.split("Saved.").nth(1).unwrap()).unwrap()
}

fn outbox(workspace: &Workspace, args: &[&str]) -> Ended {
    let args: Vec<&str> = [&["outbox"], args].concat();
    workspace.run_with(&args, &WAITING, b"")
}

async fn open(workspace: &Workspace) -> SqliteConnection {
    SqliteConnectOptions::new().filename(workspace.path().join("data/faqbot.db")).connect().await.unwrap()
}

async fn edit(workspace: &Workspace, sql: &'static str) {
    let mut database = open(workspace).await;
    sqlx::query(sql).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}

/// Everything in the folder of the database, as one text.
fn on_disk(workspace: &Workspace) -> String {
    let files = fs::read_dir(workspace.path().join("data")).unwrap();
    let bytes: Vec<u8> = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("faqbot.db"))
        .flat_map(|path| fs::read(path).unwrap())
        .collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn without_a_database_the_command_fails_and_creates_none() {
    let workspace = Workspace::new();
    for args in [
        &["outbox", "list"][..],
        &["outbox", "show", "M-22222"],
        &["outbox", "retry", "M-22222"],
        &["outbox", "close", "M-22222"],
        &["outbox", "export", "--to", "out"],
        &["outbox", "unblock", "7"],
        &["purge", "--user", "7"],
    ] {
        let ended = workspace.run(args);
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{args:?}");
        assert!(
            ended.err.contains("there is no database at") && ended.err.contains("faqbot.db"),
            "{}",
            ended.err
        );
    }
    assert!(!workspace.path().join("data").exists());
}

#[tokio::test]
async fn an_enquiry_is_listed_shown_written_out_tried_again_and_closed() {
    let workspace = Workspace::new();
    let reference = enquire(&workspace, "How many families, canaryquestion?");
    let list = outbox(&workspace, &["list"]);
    assert!(list.code == 0 && list.out.contains(&reference), "{list:?}");
    let shown = outbox(&workspace, &["show", &reference.to_lowercase()]);
    for part in [reference.as_str(), "press@harbour.example", "message id", "stored"] {
        assert!(shown.out.contains(part), "{part}: {}", shown.out);
    }
    for personal in ["Canary Name", "canary@paper.example", "canaryquestion"] {
        assert!(!list.out.contains(personal) && !shown.out.contains(personal), "{personal}");
    }
    let text = outbox(&workspace, &["show", &reference, "--text"]).out;
    assert!(text.contains("canaryquestion") && text.contains("Reply-To: canary@paper.example"), "{text}");

    let exported = outbox(&workspace, &["export", "--to", "out"]);
    assert!(exported.code == 0 && exported.out.contains("1 written"), "{exported:?}");
    let file = workspace.path().join(format!("out/{reference}.eml"));
    assert!(text.ends_with(&fs::read_to_string(&file).unwrap()));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);

    edit(&workspace, "UPDATE enquiry SET state = 'dead', problem = 'RCPT: 550', settled_at = unixepoch()")
        .await;
    assert!(outbox(&workspace, &["list"]).out.contains("dead"));
    let retried = outbox(&workspace, &["retry", &reference]);
    assert!(retried.code == 0 && retried.out.contains("is tried again"), "{retried:?}");
    assert!(!outbox(&workspace, &["list"]).out.contains("dead"));
    let closed = outbox(&workspace, &["close", &reference]);
    assert!(closed.code == 0 && closed.out.contains("is closed"), "{closed:?}");
    assert!(outbox(&workspace, &["list"]).out.contains("closed by hand"));
    // What is closed is not written out, unless it is named.
    assert!(outbox(&workspace, &["export", "--to", "out2"]).out.contains("0 written"));
    assert!(outbox(&workspace, &["export", "--to", "out2", &reference]).out.contains("1 written"));
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_with_its_reason() {
    let workspace = Workspace::new();
    let reference = enquire(&workspace, "Why?");
    let refused = |args: &[&str], why: &str| {
        let ended = outbox(&workspace, args);
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{args:?}: {}", ended.err);
        assert!(ended.err.contains(why), "{args:?}: {}", ended.err);
    };
    for action in ["show", "retry", "close"] {
        refused(&[action, "M-22222"], "there is no enquiry M-22222");
        refused(&[action, "nonsense"], "this is not a reference");
    }
    refused(&["export", "--to", "out", "M-22222"], "there is no enquiry M-22222");
    refused(&["unblock", "7"], "7 is not blocked");
    edit(&workspace, "UPDATE enquiry SET lease_until = unixepoch() + 600").await;
    refused(&["close", &reference], "is being delivered at the moment");
    edit(&workspace, "UPDATE enquiry SET lease_until = NULL, state = 'sent', settled_at = unixepoch()").await;
    for action in ["retry", "close"] {
        refused(&[action, &reference], "was already handed over");
    }
    edit(&workspace, "UPDATE enquiry SET state = 'buried'").await;
    refused(&["close", &reference], "is already closed");
    edit(&workspace, "UPDATE enquiry SET message = NULL").await;
    refused(&["retry", &reference], "its text is erased");
    assert!(outbox(&workspace, &["show", &reference, "--text"]).out.contains("Its text was erased"));

    fs::write(workspace.path().join("data/faqbot.db"), "no database at all").unwrap();
    let ended = outbox(&workspace, &["list"]);
    assert_eq!(ended.code, 78);
    assert!(ended.err.contains("is damaged"), "{}", ended.err);
}

#[tokio::test]
async fn purge_leaves_no_byte_of_a_person_in_the_database_and_touches_nobody_else() {
    let workspace = Workspace::new();
    let gone = enquire(&workspace, &"canarygone ".repeat(300));
    let stays = enquire(&workspace, "canarystays");
    edit(&workspace, "UPDATE enquiry SET user_id = 42 WHERE id = 1").await;
    let held = on_disk(&workspace);
    assert!(held.contains("canarygone") && held.contains("canarystays"));

    // A reader keeps the old pages, and then the command does not claim that they are gone.
    let mut reader = open(&workspace).await;
    sqlx::query("BEGIN").execute(&mut reader).await.unwrap();
    sqlx::query("SELECT id FROM enquiry").fetch_all(&mut reader).await.unwrap();
    let early = workspace.run(&["purge", "--user", "42"]);
    assert_eq!(early.code, 75, "{early:?}");
    assert!(
        early.out.contains("1 enquiries of 42 erased") && early.err.contains("run this again"),
        "{early:?}"
    );
    sqlx::query("ROLLBACK").execute(&mut reader).await.unwrap();
    reader.close().await.unwrap();

    let purged = workspace.run(&["purge", "--user", "42"]);
    assert_eq!(purged.code, 0, "{purged:?}");
    let left = on_disk(&workspace);
    assert!(!left.contains("canarygone") && left.contains("canarystays"));
    let list = outbox(&workspace, &["list"]).out;
    assert!(!list.contains(&gone) && list.contains(&stays), "{list}");
}
