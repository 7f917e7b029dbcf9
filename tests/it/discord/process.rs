//! The binary as a process of its own: signals, exit codes, the watcher.

use std::fs;

use axum::http::StatusCode;
use serde_json::json;

use crate::harness::{
    discord::{Answer, BOT, CHANNEL, Fault, MODERATOR_CHANNEL, Person, Route, TOKEN, Welcome},
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
async fn after_sigterm_during_the_first_build_the_next_start_continues_with_what_was_embedded() {
    let world = World::without_bot(|config| config.search.vectors = true).await;
    write_many_wordings(&world);
    let mut program = Process::start(world.home(), &world.config, TOKEN);
    let all = left_to_embed(&mut program).await;
    // Nothing announces that the cache was written.
    while !has_vectors(&world.config.index.dir) {
        tokio::task::yield_now().await;
    }
    program.signal("TERM");
    let end = program.end().await;
    assert_eq!(end.code, 0, "{}", end.said);
    let after = end.said.split_once("embedding wordings").unwrap().1;
    assert!(!after.contains("training"), "the build was interrupted: {}", end.said);

    let mut program = Process::start(world.home(), &world.config, TOKEN);
    let left = left_to_embed(&mut program).await;
    assert!(left < all, "{left} of {all} are still to be embedded");
}

/// How many wordings the program is going to embed.
async fn left_to_embed(program: &mut Process) -> usize {
    assert!(program.wrote("embedding wordings").await, "{}", program.said());
    let said = program.said();
    let line = said.lines().find(|line| line.contains("embedding wordings")).unwrap();
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

fn has_vectors(index: &std::path::Path) -> bool {
    let files = fs::read_dir(index).into_iter().flatten().flatten();
    files.into_iter().any(|file| file.path().extension().is_some_and(|ending| ending == "vectors"))
}

/// More wordings than are embedded between two writes of the cache.
fn write_many_wordings(world: &World) {
    for n in 0..40 {
        let name: String = format!("{n:02}").bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
        let wordings: Vec<String> = (0..40).map(|m| format!("\"what about {name} {m}\"")).collect();
        let text = format!(
            "+++\nquestion = \"Where is {name}?\"\nkind = \"not_covered\"\n[also_asked]\nen = [{}]\n+++\n\
             The announcement does not say where {name} is.\n",
            wordings.join(", ")
        );
        fs::write(world.path(&format!("{name}.md")), text).unwrap();
    }
}

#[tokio::test]
async fn an_apology_after_a_public_placeholder_goes_to_the_person_alone() {
    let world = World::without_bot(|_| {}).await;
    // The matcher never ends, so that the time for an answer runs out.
    let _program = world.with_failpoint("park:question.asked:1").await;
    let ann = Person::new("ann");
    let token = world.call(CHANNEL, &ann, "/ask", &[("question", json!("Where is the new house?"))]);
    let seen = world.seen(&token).await;
    assert!(seen.was_deferred && seen.is_private, "{seen:?}");
    let deferred = world.discord.requests(Route::Callback).pop().unwrap();
    assert_eq!(deferred.body["type"], 5);
    assert_ne!(deferred.body["data"]["flags"], 64, "everybody saw the placeholder");
    assert_eq!(world.discord.requests(Route::DeleteAnswer).len(), 1, "and it is gone");
    assert!(world.discord.requests(Route::EditAnswer).is_empty());
}

#[tokio::test]
async fn a_channel_that_refuses_even_typing_is_reported_to_the_moderators() {
    let world = World::without_bot(|_| {}).await;
    let _program = world.with_failpoint("park:question.asked:1").await;
    world.discord.fail(Fault::refuse(Route::Typing, 403, 50013));
    world.say(CHANNEL, &Person::new("ann"), &format!("<@{BOT}> Where is the new house?"), None);
    let alert = world
        .discord
        .until("the moderators are alerted", |state| {
            state.of_bot().find(|seen| seen.channel == MODERATOR_CHANNEL).map(|seen| seen.text())
        })
        .await;
    assert!(alert.contains(&CHANNEL.to_string()), "{alert}");
}

#[tokio::test]
async fn after_ten_sessions_in_ten_minutes_no_other_one_is_opened_for_a_while() {
    let world = World::without_bot(|_| {}).await;
    let data = world.config.store.path.parent().unwrap();
    fs::create_dir_all(data).unwrap();
    // A crash loop opened nine sessions just now.
    let now = jiff::Timestamp::now().as_second();
    fs::write(data.join("identify.json"), format!("{:?}", [now; 9])).unwrap();
    let mut program = world.program().await;
    assert!(program.wrote("too many sessions were opened: pausing").await, "{}", program.said());
    // The tenth session is served all the same.
    let seen = world.ask(&Person::new("ann"), "Where is the new house?").await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
    program.signal("TERM");
    assert_eq!(program.end().await.code, 0);
    let recorded: Vec<i64> = serde_json::from_slice(&fs::read(data.join("identify.json")).unwrap()).unwrap();
    assert_eq!(recorded.len(), 10);

    // The next start pauses before it opens the eleventh.
    let mut program = Process::start(world.home(), &world.config, TOKEN);
    assert!(program.wrote("pausing before the next one").await, "{}", program.said());
    program.signal("TERM");
    assert_eq!(program.end().await.code, 0);
    assert_eq!(world.discord.with(|state| state.identifies.len()), 1);
}

/// What Cloudflare answers in front of Discord to an address that it blocks.
fn blocked(html: bool) -> Fault {
    let (kind, body) = match html {
        true => ("text/html", "<html>error code: 1015</html>"),
        false => {
            ("application/json", r#"{"code": 0, "message": "You are being blocked from accessing our API"}"#)
        }
    };
    let mut headers = vec![("content-type", kind.to_owned())];
    headers.extend(html.then(|| ("retry-after", "3600".to_owned())));
    let answer = Answer::Status(StatusCode::TOO_MANY_REQUESTS, headers, body.to_owned());
    Fault { route: Route::Message, below: String::new(), times: 1, answer }
}

#[tokio::test]
async fn a_blocked_address_is_one_line_in_the_log_and_nothing_is_sent_until_it_is_over() {
    for html in [true, false] {
        let world = World::without_bot(|_| {}).await;
        let mut program = world.program().await;
        let before = world.discord.records().len();
        world.discord.fail(blocked(html));
        for n in 0..5 {
            let person = Person::new(&format!("person {n}"));
            world.say(CHANNEL, &person, &format!("<@{BOT}> Where is the new house?"), None);
        }
        assert!(program.wrote("Discord blocks this address").await, "{}", program.said());
        for n in 0..5 {
            world.call(CHANNEL, &Person::new(&format!("caller {n}")), "/help", &[]);
        }
        program.signal("TERM");
        let end = program.end().await;
        assert_eq!(end.code, 0, "it waits instead of ending: {}", end.said);
        assert_eq!(end.said.matches("Discord blocks this address").count(), 1, "{}", end.said);
        let after: Vec<_> = world.discord.records().split_off(before);
        assert_eq!(after.len(), 1, "{after:?}");
    }
}

#[tokio::test]
async fn a_start_while_the_address_is_blocked_waits_instead_of_ending() {
    let world = World::without_bot(|_| {}).await;
    // More than a few tries.
    let answer =
        Answer::Status(StatusCode::TOO_MANY_REQUESTS, vec![("retry-after", "0.01".into())], "<html>".into());
    world.discord.fail(Fault { route: Route::Gateway, below: String::new(), times: 30, answer });
    let program = world.program().await;
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
