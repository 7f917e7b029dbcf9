//! Messages: mentions, replies to the bot, direct messages, the ask channel, and what gets no answer.

use crate::harness::{
    discord::{ASK_CHANNEL, BOT, CHANNEL, Fault, MODERATOR_CHANNEL, Person, Route},
    world::World,
};

#[tokio::test]
async fn a_mention_a_reply_and_a_direct_message_are_answered() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let seen = world.mention(&ann, "where do you move to?").await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
    let seen = world.reply(&ann, &seen, "how many books were lent to the prison?").await;
    assert!(seen.text().contains("Over 900 books"), "{}", seen.text());
    let seen = world.direct(&ann, "why is the library moving?").await;
    assert!(seen.text().contains("old roof"), "{}", seen.text());
}

#[tokio::test]
async fn a_bare_mention_gets_help() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let message = world.say(CHANNEL, &ann, &format!("<@{BOT}>"), None);
    world
        .discord
        .until("there is help", |state| state.of_bot().find(|seen| seen.text().contains("/ask")).map(|_| ()))
        .await;
    let _ = message;
}

#[tokio::test]
async fn questions_in_the_ask_channel_are_answered_and_talk_is_not() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    let talk = world.say(ASK_CHANNEL, &ann, "see you at five", None);
    let elsewhere = world.say(CHANNEL, &ann, "where do you move to?", None);
    let seen = world.ask_in_ask_channel(&ann, "where do you move to?").await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
    // At its end the bot has finished all that it was going to say.
    world.stop_bot().await;
    for message in [talk, elsewhere] {
        assert!(world.discord.with(|state| state.answers(message)).is_empty());
    }
}

#[tokio::test]
async fn machines_are_never_answered() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    let machine = world.discord.with(|state| {
        let mut message = crate::harness::discord::message(
            state,
            &ann,
            CHANNEL,
            &format!("<@{BOT}> where do you move to?"),
            None,
        );
        message["author"]["bot"] = true.into();
        state.send("MESSAGE_CREATE", message.clone());
        message["id"].as_str().unwrap().parse::<u64>().unwrap()
    });
    world.mention(&ann, "where do you move to?").await;
    world.stop_bot().await;
    assert!(world.discord.with(|state| state.answers(machine)).is_empty());
}

#[tokio::test]
async fn a_person_in_need_is_answered_in_private_and_the_channel_shows_nothing() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let pointer = world.mention(&ann, "my husband hits me").await;
    assert!(!pointer.text().contains("police"), "{}", pointer.text());
    assert_eq!(pointer.buttons(), ["Read privately"]);
    let private = world.direct_message(&ann).await;
    assert!(private.text().contains("police"), "{}", private.text());
}

#[tokio::test]
async fn a_journalist_who_does_not_accept_direct_messages_still_gets_the_contact() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    world.discord.with(|state| state.closed.insert(ann.id));
    let seen = world.mention(&ann, "I am a journalist, who can I interview?").await;
    assert!(seen.text().contains("press@library.example") || !seen.buttons().is_empty(), "{}", seen.text());
}

#[tokio::test]
async fn a_channel_that_refuses_the_bot_is_muted_and_moderators_are_alerted_once() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    world.discord.fail(Fault::refuse(Route::Message, 403, 50013).below(&format!("channels/{CHANNEL}/")));
    for _ in 0..3 {
        world.say(CHANNEL, &ann, &format!("<@{BOT}> where do you move to?"), None);
    }
    let notice = world
        .discord
        .until("the moderators are alerted", |state| {
            state.of_bot().find(|seen| seen.channel == MODERATOR_CHANNEL)
        })
        .await;
    assert!(notice.text().contains(&CHANNEL.to_string()), "{}", notice.text());
    // Elsewhere it goes on.
    assert!(world.ask_in_ask_channel(&ann, "where do you move to?").await.text().contains("Mill Pond"));
}

#[tokio::test]
async fn the_same_message_twice_gets_one_answer() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    let message = world.discord.with(|state| {
        let event = crate::harness::discord::message(
            state,
            &ann,
            CHANNEL,
            &format!("<@{BOT}> where do you move to?"),
            None,
        );
        state.send("MESSAGE_CREATE", event.clone());
        state.send("MESSAGE_CREATE", event.clone());
        event["id"].as_str().unwrap().parse::<u64>().unwrap()
    });
    world.answer(message).await;
    world.stop_bot().await;
    assert_eq!(world.discord.with(|state| state.answers(message)).len(), 1);
    assert_eq!(world.discord.requests(Route::Message).len(), 1);
}
