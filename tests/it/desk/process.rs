//! The whole way through the program itself: a journalist on the local Discord, `faqbot run` in a process of its own,
//! a mail server. It is killed and stopped at the worst moments.

use std::process::Command;

use tokio::sync::mpsc;

use crate::harness::{
    discord::{Person, TOKEN},
    smtp::{Fault, SmtpServer, Stage},
    world::{World, form, mailing},
};

/// The stages that the server reaches, as it reaches them.
fn stages(server: &SmtpServer) -> mpsc::UnboundedReceiver<Stage> {
    let (seen, stages) = mpsc::unbounded_channel();
    server.watch(move |stage| {
        let _ = seen.send(stage);
    });
    stages
}

async fn reach(stages: &mut mpsc::UnboundedReceiver<Stage>, wanted: Stage) {
    while stages.recv().await.unwrap() != wanted {}
}

#[tokio::test]
async fn sigterm_in_the_middle_of_a_delivery_ends_the_program_with_0_and_loses_nothing() {
    let server = SmtpServer::plain().await;
    let world = World::without_bot(|config| {
        mailing(config, server.port);
        config.log.level = "trace".into();
    })
    .await;
    let program = world.program().await;
    let mut stages = stages(&server);
    world.enquire(&Person::new("ann"), "Why now?").await;
    reach(&mut stages, Stage::Greeting).await;
    program.signal("TERM");
    let end = program.end().await;
    assert_eq!(end.code, 0, "{}", end.said);
    assert_eq!(server.accepted().len(), 1, "the transaction in hand was ended");
    assert!(
        end.said.contains("failpoint=\"mail.accepted\""),
        "everything that can be logged was: {}",
        end.said
    );
    for canary in ["Why now", "Ann Example", "paper.example", TOKEN, "interaction-token"] {
        assert!(!end.said.contains(canary), "{canary}: {}", end.said);
    }
}

#[tokio::test]
async fn the_program_killed_in_the_middle_of_a_delivery_delivers_after_its_restart() {
    let server = SmtpServer::plain().await;
    let world = World::without_bot(|config| mailing(config, server.port)).await;
    let program = world.program().await;
    let mut stages = stages(&server);
    server.fail(Stage::Dot, Fault::Hang);
    let ann = Person::new("ann");
    let reference = world.enquire(&ann, "Why now?").await;
    reach(&mut stages, Stage::Dot).await;
    program.signal("KILL");
    assert_ne!(program.end().await.code, 0);
    server.heal();
    let program = world.program().await;
    reach(&mut stages, Stage::Accepted).await;
    let mailed = server.mailed();
    assert_eq!(mailed.len(), 2, "once cut off, once whole");
    assert_eq!(mailed[0].bytes, mailed[1].bytes);
    assert!(mailed[1].header("Subject").unwrap().contains(&reference));
    world.until_status(&ann, &reference, "handed to the mail server").await;
    program.signal("TERM");
    assert_eq!(program.end().await.code, 0);
}

#[tokio::test]
async fn while_the_first_index_is_built_mail_is_delivered_and_questions_get_an_honest_answer() {
    let server = SmtpServer::plain().await;
    let world = World::without_bot(|config| mailing(config, server.port)).await;
    let program = world.program().await;
    let mut stages = stages(&server);
    server.fail(Stage::Dot, Fault::Hang);
    let (ann, mo) = (Person::new("ann"), Person::new("mo").with_role());
    world.enquire(&ann, "Why now?").await;
    reach(&mut stages, Stage::Dot).await;
    program.signal("KILL");
    program.end().await;
    server.heal();

    // The build never ends.
    std::fs::remove_dir_all(&world.config.index.dir).unwrap();
    let program = world.with_failpoint("park:reload.training:1").await;
    reach(&mut stages, Stage::Accepted).await;
    let seen = world.ask(&ann, "Where is the new house?").await;
    assert!(seen.is_private && seen.text().contains("my FAQ is not ready"), "{}", seen.text());
    let seen = world.mention(&ann, "Where is the new house?").await;
    assert!(seen.text().contains("my FAQ is not ready"), "{}", seen.text());
    let status = world.slash(&mo, "/faq status", &[]).await.text();
    assert!(status.contains("No FAQ is in force"), "{status}");
    program.signal("TERM");
    let end = program.end().await;
    assert_eq!(end.code, 0, "{}", end.said);
}

#[tokio::test]
async fn sigterm_ends_the_program_although_the_disk_of_the_folder_is_stuck() {
    let world = World::without_bot(|config| {
        config.media.from = "faqbot@library.example".into();
        config.log.level = "trace".into();
    })
    .await;
    let folder = &world.config.media.folder;
    std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
    std::fs::write(folder, "a file where a folder should be").unwrap();
    let mut program = world.program().await;
    let (ann, moderator) = (Person::new("ann"), Person::new("mo").with_role());
    let reference = world.enquire(&ann, "Why now?").await;
    world.until_status(&ann, &reference, "delayed").await;
    // Opening a pipe that nobody reads waits for ever, as a network disk does.
    std::fs::remove_file(folder).unwrap();
    std::fs::create_dir(folder).unwrap();
    let pipe = folder.join(format!(".{reference}.eml.tmp"));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    world.slash(&moderator, "/faq retry", &[("reference", reference.as_str().into())]).await;
    for _ in 0..2 {
        assert!(program.wrote("failpoint=\"claim.committed\"").await);
    }
    program.signal("TERM");
    let end = program.end().await;
    assert_eq!(end.code, 0, "{}", end.said);
    std::fs::remove_file(&pipe).unwrap();
    let program = world.program().await;
    world.until_status(&ann, &reference, "put into the folder").await;
    assert!(folder.join(format!("{reference}.eml")).exists());
    program.signal("TERM");
    assert_eq!(program.end().await.code, 0);
}

#[cfg(debug_assertions)]
#[tokio::test]
async fn a_panic_costs_one_answer_and_the_log_names_its_place_and_not_its_words() {
    let server = SmtpServer::plain().await;
    let world = World::without_bot(|config| mailing(config, server.port)).await;
    let program = world.with_failpoint("panic:submit.begun:1").await;
    let ann = Person::new("ann");
    let lost = world.submit(&ann, "1F", &form("canary-of-a-person")).await.text();
    assert!(lost.contains("Not stored") && lost.contains("canary-of-a-person"), "{lost}");
    let saved = world.submit(&ann, "1F", &form("canary-of-a-person")).await.text();
    assert!(saved.contains("Saved."), "{saved}");
    program.signal("TERM");
    let end = program.end().await;
    assert_eq!(end.code, 0, "{}", end.said);
    assert!(end.said.contains("the program panicked") && end.said.contains("injected.rs:"), "{}", end.said);
    for canary in ["canary-of-a-panic", "canary-of-a-person", "paper.example"] {
        assert!(!end.said.contains(canary), "{canary}: {}", end.said);
    }
}
