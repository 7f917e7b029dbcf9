//! The binary as a process of its own: signals, exit codes, the watcher.

use std::fs;

use crate::harness::{
    discord::{MODERATOR_CHANNEL, Person, TOKEN, Welcome},
    world::{Process, World},
};

#[tokio::test]
async fn the_program_answers_on_discord_and_ends_with_0_on_sigterm() {
    let world = World::without_bot(|_| {}).await;
    let program = world.program().await;
    let seen = world.ask(&Person::new("ann"), "Where is the new house?").await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
    program.signal("TERM");
    let end = program.end().await;
    assert_eq!(end.code, 0, "{}", end.said);
}

#[tokio::test]
async fn the_program_reloads_on_sighup_and_when_the_watcher_sees_a_change() {
    for is_watched in [false, true] {
        let world = World::without_bot(|config| config.faq.watch = is_watched).await;
        let program = world.program().await;
        let path = world.path("new-place.md");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("+++\nThe new house stands", "+++\nThe fine new house stands"))
            .unwrap();
        if !is_watched {
            program.signal("HUP");
        }
        // The end of a reload is not announced, so somebody asks until the answer changes.
        for n in 0.. {
            let seen = world.ask(&Person::new(&format!("asker {n}")), "Where is the new house?").await;
            if seen.text().contains("The fine new house") {
                break;
            }
            assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
        }
        program.signal("TERM");
        assert_eq!(program.end().await.code, 0);
    }
}

#[tokio::test]
async fn the_program_ends_with_78_and_one_line_where_a_restart_does_not_help() {
    let world = World::without_bot(|_| {}).await;
    let end = Process::start(world.home(), &world.config, "wrong.token.here").end().await;
    assert_eq!(end.code, 78, "{}", end.said);
    assert!(end.said.contains("DISCORD_TOKEN"), "{}", end.said);
    assert!(!end.said.contains("wrong.token.here"), "{}", end.said);

    world.discord.greet(Welcome::Close(4014));
    let end = Process::start(world.home(), &world.config, TOKEN).end().await;
    assert_eq!(end.code, 78, "{}", end.said);
    assert!(end.said.contains("Message Content Intent"), "{}", end.said);
}

#[tokio::test]
async fn the_log_never_contains_what_people_write_nor_the_token() {
    let world = World::without_bot(|config| config.log.level = "trace".into()).await;
    let program = world.program().await;
    let (ann, secret) = (Person::new("ann"), "canary-4711");
    world.ask(&ann, secret).await;
    world.mention(&ann, secret).await;
    world.complete(&ann, "/ask", secret).await;
    world.submit(&ann, "0F", &[("question", secret)]).await;
    program.signal("TERM");
    let end = program.end().await;
    assert!(!end.said.contains(secret), "{}", end.said);
    assert!(!end.said.contains(TOKEN) && !end.said.contains("interaction-token"), "{}", end.said);
}

#[tokio::test]
async fn a_broken_file_and_a_restart_leave_the_last_good_faq_in_force_and_alert_the_moderators_once() {
    let world = World::without_bot(|config| config.faq.watch = true).await;
    let program = world.program().await;
    program.signal("TERM");
    assert_eq!(program.end().await.code, 0);

    let path = world.path("new-place.md");
    let good = fs::read(&path).unwrap();
    fs::write(&path, "no front matter\n").unwrap();
    let program = world.program().await;
    let alerts = || {
        world.discord.with(|state| {
            let of_channel = state.of_bot().filter(|seen| seen.channel == MODERATOR_CHANNEL);
            of_channel.map(|seen| seen.text()).collect::<Vec<_>>()
        })
    };
    world
        .discord
        .until("there is an alert", |state| {
            state.of_bot().any(|seen| seen.channel == MODERATOR_CHANNEL).then_some(())
        })
        .await;
    assert!(alerts()[0].contains("new-place.md:1") && alerts()[0].contains("Revision 1"), "{:?}", alerts());
    let seen = world.ask(&Person::new("ann"), "Where is the new house?").await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
    let mo = Person::new("mo").with_role();
    let status = world.slash(&mo, "/faq status", &[]).await.text();
    assert!(status.contains("was refused"), "{status}");
    // The watcher has looked at the files in the meantime, and has nothing to add.
    assert_eq!(alerts().len(), 1, "{:?}", alerts());

    fs::write(&path, good).unwrap();
    let reply = world.slash(&mo, "/faq reload", &[]).await.text();
    assert!(reply.contains("Nothing to reload"), "{reply}");
    program.signal("TERM");
    let end = program.end().await;
    assert_eq!(end.code, 0, "{}", end.said);
    assert!(end.said.contains("the last good FAQ is in force"), "{}", end.said);
}

#[tokio::test]
async fn without_any_good_faq_the_program_says_that_it_is_not_ready_until_the_files_are_corrected() {
    let world = World::without_bot(|_| {}).await;
    let path = world.path("new-place.md");
    let good = fs::read(&path).unwrap();
    fs::write(&path, "no front matter\n").unwrap();
    let program = world.program().await;
    let seen = world.ask(&Person::new("ann"), "Where is the new house?").await;
    assert!(seen.is_private && seen.text().contains("my FAQ is not ready"), "{}", seen.text());
    let mo = Person::new("mo").with_role();
    let status = world.slash(&mo, "/faq status", &[]).await.text();
    assert!(status.contains("No FAQ is in force"), "{status}");

    fs::write(&path, good).unwrap();
    let reply = world.slash(&mo, "/faq reload", &[]).await.text();
    assert!(reply.contains("Revision 1 is in force"), "{reply}");
    let seen = world.ask(&Person::new("bea"), "Where is the new house?").await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
    program.signal("TERM");
    assert_eq!(program.end().await.code, 0);
}

#[tokio::test]
async fn sighup_before_the_first_index_is_ready_does_not_end_the_program() {
    let world = World::without_bot(|_| {}).await;
    let mut program = Process::start(world.home(), &world.config, TOKEN);
    assert!(program.wrote("loading the FAQ").await);
    program.signal("HUP");
    world
        .discord
        .until("the commands are registered", |state| (!state.commands.is_empty()).then_some(()))
        .await;
    let seen = world.ask(&Person::new("ann"), "Where is the new house?").await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
    program.signal("TERM");
    assert_eq!(program.end().await.code, 0);
}

#[tokio::test]
async fn sigterm_during_the_first_build_ends_the_program_in_good_order() {
    let world = World::without_bot(|config| config.search.vectors = true).await;
    let mut program = Process::start(world.home(), &world.config, TOKEN);
    assert!(program.wrote("embedding wordings").await);
    program.signal("TERM");
    let end = program.end().await;
    assert_eq!(end.code, 0, "{}", end.said);
}
