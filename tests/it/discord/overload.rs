//! More than the bot can take, and refusals: what people get, what the log says, and what is tried again.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::harness::{
    discord::{BOT, CHANNEL, Fault, MODERATOR_CHANNEL, Person, Route, kind},
    world::World,
};

#[tokio::test]
async fn whoever_asks_too_fast_is_asked_to_wait_once_and_in_place() {
    let mut world = World::with(|config| config.limits.asks_per_half_minute = 2).await;
    let ann = Person::new("ann");
    for _ in 0..30 {
        world.say(CHANNEL, &ann, &format!("<@{BOT}> where do you move to?"), None);
    }
    world
        .discord
        .until("there is a notice", |state| {
            state.of_bot().find(|seen| seen.text().contains("wait")).map(|_| ())
        })
        .await;
    world.stop_bot().await;
    let texts: Vec<String> = world.discord.with(|state| state.of_bot().map(|seen| seen.text()).collect());
    let notices = texts.iter().filter(|text| text.contains("wait")).count();
    assert_eq!((texts.len(), notices), (3, 1), "{texts:?}");
    assert!(world.discord.requests(Route::Direct).is_empty(), "no private channel is opened for an apology");
}

#[tokio::test]
async fn a_flood_is_counted_in_the_log_and_answered_with_a_few_reactions() {
    let world = World::without_bot(|_| {}).await;
    let mut program = world.program().await;
    // Nothing that the bot sends is answered, so that what it can take at once is soon used up.
    let gate = Arc::new(Semaphore::new(0));
    world.discord.fail(Fault { times: usize::MAX, ..Fault::hold(Route::Message, gate) });
    for n in 0..4500 {
        let person = Person::new(&format!("person {n}"));
        world.say(CHANNEL, &person, &format!("<@{BOT}> where do you move to?"), None);
    }
    assert!(program.wrote("requests were dropped").await, "{}", program.said());
    let reactions = world.discord.requests(Route::React).len();
    assert!(reactions <= 10, "{reactions} reactions");
    assert!(world.discord.requests(Route::Direct).is_empty());
}

#[tokio::test]
async fn an_interaction_that_cannot_be_decoded_is_in_the_log() {
    let world = World::without_bot(|_| {}).await;
    let mut program = world.program().await;
    world.discord.with(|state| {
        let data = crate::harness::discord::command(state, "/help", &[], None);
        let (mut event, _) = crate::harness::discord::interaction(
            state,
            &Person::new("ann"),
            CHANNEL,
            kind::COMMAND,
            data,
            None,
        );
        event.as_object_mut().unwrap().remove("attachment_size_limit");
        state.send("INTERACTION_CREATE", event);
    });
    assert!(program.wrote("cannot decode").await, "{}", program.said());
}

#[tokio::test]
async fn a_failed_registration_of_commands_is_tried_again_while_connected() {
    let mut world = World::without_bot(|_| {}).await;
    world.discord.fail(Fault::refuse(Route::Register, 400, 50035));
    // This waits until there are commands.
    world.start_bot().await;
    assert_eq!(world.discord.requests(Route::Register).len(), 2);
    assert_eq!(world.discord.with(|state| state.identifies.len()), 1);
}

#[tokio::test]
async fn an_archived_thread_or_a_lost_channel_is_not_muted() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    for (status, code) in [(400, 50083), (404, 10003), (404, 10008)] {
        world.discord.fail(Fault::refuse(Route::Message, status, code));
        world.say(CHANNEL, &ann, &format!("<@{BOT}> where do you move to?"), None);
        world
            .discord
            .until("it was refused", |state| {
                state.records.iter().rfind(|record| record.status == Some(status)).map(|_| ())
            })
            .await;
        let seen = world.mention(&ann, "where do you move to?").await;
        assert!(seen.text().contains("Mill Pond"), "{code}: {}", seen.text());
    }
    let is_alerted = world.discord.with(|state| state.of_bot().any(|seen| seen.channel == MODERATOR_CHANNEL));
    assert!(!is_alerted, "nothing needs a moderator");
}

#[tokio::test]
async fn replies_that_wait_to_be_sent_keep_nobody_from_being_answered() {
    let world = World::start().await;
    let gate = Arc::new(Semaphore::new(0));
    world.discord.fail(Fault { times: usize::MAX, ..Fault::hold(Route::Message, gate) });
    // More than are handled at once, each in a channel of its own.
    for n in 0..300 {
        let person = Person::new(&format!("person {n}"));
        world.say(world.direct_channel(&person), &person, "where do you move to?", None);
    }
    for n in 0..10 {
        let seen = world.ask(&Person::new(&format!("caller {n}")), "where do you move to?").await;
        assert!(seen.text().contains("Mill Pond"), "{n}: {}", seen.text());
    }
}

#[tokio::test]
async fn an_answer_that_discord_does_not_take_is_declined_by_a_reaction() {
    let world = World::start().await;
    world.discord.fail(Fault { times: usize::MAX, ..Fault::garbled(Route::Message, 502) });
    let message = world.say(CHANNEL, &Person::new("ann"), &format!("<@{BOT}> where do you move to?"), None);
    let reaction = world
        .discord
        .until("there is a reaction", |state| {
            state.records.iter().find(|record| record.route == Route::React).cloned()
        })
        .await;
    assert_eq!(reaction.number(3), message);
}
