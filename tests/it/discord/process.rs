//! The binary as a process of its own: signals, exit codes, the watcher.

use std::fs;

use crate::harness::{
    discord::{Person, TOKEN, Welcome},
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
