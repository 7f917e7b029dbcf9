//! The gateway connection: what the bot requests, how it reconnects, and when it stops for good.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::harness::{
    discord::{BOT, CHANNEL, Fault, Frame, Person, Route, Welcome, kind},
    world::{InProcessBot, World},
};

#[tokio::test]
async fn message_content_is_requested_only_where_ask_channels_need_it() {
    let intents =
        |world: &World| world.discord.with(|state| state.identifies[0]["intents"].as_u64().unwrap());
    let (guilds, messages, direct, content) = (1, 1 << 9, 1 << 12, 1 << 15);
    let plain = World::with(|config| config.discord.ask_channels.clear()).await;
    assert_eq!(intents(&plain), guilds | messages | direct);
    assert_eq!(intents(&World::start().await), guilds | messages | direct | content);
}

#[tokio::test]
async fn a_wrong_token_ends_with_one_line_and_78_before_any_session() {
    let world = World::without_bot(|_| {}).await;
    let end = InProcessBot::with_token(&world.config, "wrong.token.here").end().await;
    assert_eq!(end.code, 78);
    assert!(end.said.contains("DISCORD_TOKEN") && end.said.lines().count() == 1, "{}", end.said);
    assert_eq!(world.discord.with(|state| state.identifies.len()), 0);
    assert_eq!(world.discord.records().len(), 1, "a token that was refused is not tried twice");
}

#[tokio::test]
async fn refusals_that_a_restart_does_not_change_end_with_one_line_and_78() {
    for (code, word) in [
        (4004, "DISCORD_TOKEN"),
        (4014, "Message Content Intent"),
        (4013, "4013"),
        (4010, "4010"),
        (4011, "4011"),
    ] {
        let world = World::without_bot(|_| {}).await;
        world.discord.greet(Welcome::Close(code));
        let end = InProcessBot::start(&world.config).end().await;
        assert_eq!(end.code, 78, "{code}: {}", end.said);
        assert!(end.said.contains(word) && end.said.lines().count() == 1, "{}", end.said);
        assert_eq!(world.discord.with(|state| state.identifies.len()), 1, "{code}");
    }
}

#[tokio::test]
async fn it_resumes_after_every_interruption_and_misses_nothing() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    for (n, frame) in
        [Frame::Reconnect, Frame::Drop, Frame::Close(4000), Frame::Close(1001)].into_iter().enumerate()
    {
        world.discord.frame(frame);
        // Sent while the connection is down or going: it comes with the resume.
        let message = world.say(CHANNEL, &ann, &format!("<@{}> where do you move to?", BOT), None);
        world.discord.until("it has resumed", |state| (state.resumes.len() > n).then_some(())).await;
        assert!(world.answer(message).await.text().contains("Mill Pond"));
    }
    world.discord.with(|state| {
        assert_eq!(state.identifies.len(), 1);
        assert!(state.messages.keys().all(|message| state.answers(*message).len() <= 1));
    });
}

#[tokio::test]
async fn an_invalid_session_is_replaced_by_a_new_one() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    world.discord.frame(Frame::Invalid(false));
    world.discord.until_ready(2).await;
    assert!(world.ask(&ann, "where do you move to?").await.text().contains("Mill Pond"));
    assert_eq!(world.discord.requests(Route::Register).len(), 1);
}

#[tokio::test]
async fn an_event_that_comes_in_two_sessions_gets_one_answer() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    let token = world.discord.with(|state| {
        let data = crate::harness::discord::command(
            state,
            "/ask",
            &[("question", "where do you move to?".into())],
            None,
        );
        let (event, token) =
            crate::harness::discord::interaction(state, &ann, CHANNEL, kind::COMMAND, data, None);
        state.send("INTERACTION_CREATE", event.clone());
        state.send("INTERACTION_CREATE", event);
        token
    });
    world.seen(&token).await;
    world.stop_bot().await;
    assert_eq!(world.discord.requests(Route::Callback).len(), 1);
}

#[tokio::test]
async fn a_close_without_a_code_which_freezes_serenity_is_survived() {
    let mut world = World::without_bot(|_| {}).await;
    world.discord.with(|state| state.heartbeat_interval = 1000);
    world.start_bot().await;
    world.discord.frame(Frame::CloseWithoutCode);
    world.discord.until_ready(2).await;
    let seen = world.ask(&Person::new("ann"), "where do you move to?").await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
}

#[tokio::test]
async fn heartbeats_are_sent_as_often_as_discord_wants() {
    let mut world = World::without_bot(|_| {}).await;
    world.discord.with(|state| state.heartbeat_interval = 100);
    world.start_bot().await;
    world.discord.until("there are heartbeats", |state| (state.heartbeats >= 3).then_some(())).await;
    assert_eq!(world.discord.with(|state| state.identifies.len()), 1);
}

#[tokio::test]
async fn an_interaction_that_cannot_be_read_is_answered_with_an_apology() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let token = world.discord.with(|state| {
        let data = crate::harness::discord::command(state, "/help", &[], None);
        let (mut event, token) =
            crate::harness::discord::interaction(state, &ann, CHANNEL, kind::COMMAND, data, None);
        event.as_object_mut().unwrap().remove("attachment_size_limit");
        state.send("INTERACTION_CREATE", event);
        token
    });
    let seen = world.seen(&token).await;
    assert!(seen.is_private && seen.text().contains("Sorry"), "{}", seen.text());
    assert!(world.ask(&ann, "where do you move to?").await.text().contains("Mill Pond"));
}

#[tokio::test]
async fn on_shutdown_it_finishes_requests_in_progress_and_ends_with_0() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    let gate = Arc::new(Semaphore::new(0));
    world.discord.fail(Fault::hold(Route::Message, Arc::clone(&gate)));
    let message = world.say(CHANNEL, &ann, &format!("<@{BOT}> where do you move to?"), None);
    world
        .discord
        .until("an answer is on its way", |state| {
            state.records.iter().any(|record| record.route == Route::Message).then_some(())
        })
        .await;
    let (end, ()) = tokio::join!(world.stop_bot(), async { gate.add_permits(1) });
    assert_eq!(end.code, 0, "{}", end.said);
    assert_eq!(world.discord.with(|state| state.answers(message)).len(), 1, "it was not cut off");
    assert!(world.discord.records().iter().all(|record| record.status.is_some()));
}

#[tokio::test]
async fn after_close_4003_it_does_not_wait_for_the_next_heartbeat() {
    let mut world = World::without_bot(|_| {}).await;
    // Longer than any test waits: serenity alone would notice nothing before.
    world.discord.with(|state| state.heartbeat_interval = 600_000);
    world.start_bot().await;
    world.discord.frame(Frame::Close(4003));
    world.discord.until_ready(2).await;
    let seen = world.ask(&Person::new("ann"), "where do you move to?").await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
}
