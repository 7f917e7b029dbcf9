//! Everywhere people write: threads, forums, forwards, replies without a ping, messages without text; and going on from an
//! answer.

use faqbot::{
    config::{AnswerIn, Config},
    ids::ChannelId,
};
use serde_json::{Value, json};

use crate::harness::{
    discord::{self, ASK_CHANNEL, BOT, CHANNEL, Fault, GUILD, Person, Route, Seen},
    world::World,
};

const FORUM: u64 = 700_000_000_000_000_009;
const QUESTION: &str = "where do you move to?";

/// A person writes a message that has more than text; its id.
fn write(world: &World, channel: u64, by: &Person, text: &str, more: Value) -> u64 {
    world.discord.with(|state| {
        let mut message = discord::message(state, by, channel, text, None);
        for (key, value) in more.as_object().unwrap() {
            message[key] = value.clone();
        }
        let id = message["id"].as_str().unwrap().parse().unwrap();
        state.messages.insert(id, message.clone());
        state.send("MESSAGE_CREATE", message);
        id
    })
}

/// A thread or a post appears.
fn open_thread(world: &World, id: u64, parent: u64, name: &str) {
    let thread = json!({
        "id": id.to_string(), "type": 11, "guild_id": GUILD.to_string(), "parent_id": parent.to_string(), "name": name,
        "position": 0, "permission_overwrites": [], "nsfw": false, "last_message_id": null, "flags": 0,
        "rate_limit_per_user": 0, "owner_id": "1", "message_count": 0, "member_count": 1, "newly_created": true,
        "thread_metadata": {"archived": false, "auto_archive_duration": 1440, "archive_timestamp": "2026-01-01T00:00:00Z", "locked": false}
    });
    world.discord.with(|state| state.send("THREAD_CREATE", thread));
}

fn forwarded(text: &str) -> Value {
    let message = json!({
        "content": text, "type": 0, "embeds": [], "attachments": [], "mentions": [],
        "timestamp": "2026-07-10T07:09:52+00:00", "edited_timestamp": null, "flags": 0
    });
    json!({"message_reference": {"type": 1, "channel_id": "5", "message_id": "6"}, "message_snapshots": [{"message": message}]})
}

/// The first message of the bot in a channel.
async fn in_channel(world: &World, channel: u64) -> Seen {
    world
        .discord
        .until("the bot writes there", |state| state.of_bot().find(|seen| seen.channel == channel))
        .await
}

#[tokio::test]
async fn a_mention_of_the_bots_own_role_is_a_mention_of_the_bot_and_one_of_another_role_is_not() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    let role = |id: &str, bot: u64| {
        json!({"guild_id": GUILD.to_string(), "role": {
            "id": id, "name": "faq", "color": 0, "hoist": false, "managed": true, "mentionable": true, "permissions": "0",
            "position": 1, "flags": 0, "icon": null, "unicode_emoji": null, "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}, "tags": {"bot_id": bot.to_string()}
        }})
    };
    world.discord.with(|state| {
        state.send("GUILD_ROLE_CREATE", role("111", BOT));
        state.send("GUILD_ROLE_CREATE", role("112", BOT + 1));
    });
    let other =
        write(&world, CHANNEL, &ann, &format!("<@&112> {QUESTION}"), json!({"mention_roles": ["112"]}));
    let own = write(&world, CHANNEL, &ann, &format!("<@&111> {QUESTION}"), json!({"mention_roles": ["111"]}));
    assert!(world.answer(own).await.text().contains("Mill Pond"));
    world.stop_bot().await;
    assert!(world.discord.with(|state| state.answers(other)).is_empty());
}

#[tokio::test]
async fn a_forwarded_message_is_read() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let direct = world.direct_channel(&ann);
    let message = write(&world, direct, &ann, "", forwarded(QUESTION));
    assert!(world.answer(message).await.text().contains("Mill Pond"));
    let message = write(&world, CHANNEL, &ann, "", forwarded(QUESTION));
    assert!(world.menu(&ann, "Answer from FAQ", message).await.text().contains("Mill Pond"));
}

#[tokio::test]
async fn a_message_without_text_gets_a_line_that_says_what_to_do() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let sticker = json!({"sticker_items": [{"id": "1", "name": "wave", "format_type": 1}]});
    let embed = json!({"embeds": [{"title": "Update", "description": QUESTION}]});
    for more in [sticker.clone(), embed] {
        let message = write(&world, CHANNEL, &ann, "", more);
        let seen = world.menu(&ann, "Answer from FAQ", message).await;
        assert!(seen.is_private && seen.text().contains("no text"), "{}", seen.text());
    }
    let direct = world.direct_channel(&ann);
    let message = write(&world, direct, &ann, "", sticker);
    assert!(world.answer(message).await.text().contains("no text"));
}

#[tokio::test]
async fn a_reply_whose_text_discord_withholds_gets_a_hint() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let answer = world.ask(&ann, "Why is the library moving?").await;
    let reply = world.say(answer.channel, &ann, "", answer.message);
    let seen = world.answer(reply).await;
    assert!(seen.text().contains("mention me"), "{}", seen.text());
}

#[tokio::test]
async fn a_message_that_a_proxy_repeats_gets_one_answer_that_is_complete() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    let first = world.say(CHANNEL, &ann, &format!("L: <@{BOT}> {QUESTION}"), None);
    let mentions = json!([{"id": BOT.to_string(), "username": "faq", "discriminator": "0", "bot": true}]);
    write(
        &world,
        CHANNEL,
        &ann,
        &format!("<@{BOT}> {QUESTION}"),
        json!({"webhook_id": "9", "mentions": mentions}),
    );
    world.discord.with(|state| {
        state.send("MESSAGE_DELETE", json!({"id": first.to_string(), "channel_id": CHANNEL.to_string(), "guild_id": GUILD.to_string()}));
    });
    let seen = in_channel(&world, CHANNEL).await;
    assert!(seen.title().contains("new house") && seen.text().contains("Mill Pond"), "{}", seen.text());
    world.stop_bot().await;
    assert_eq!(world.discord.requests(Route::Message).len(), 1);
}

#[tokio::test]
async fn a_question_in_a_closed_thread_is_answered_privately_and_once() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    world.discord.fail(Fault::refuse(Route::Message, 400, 50083).below(&format!("channels/{CHANNEL}/")));
    world.say(CHANNEL, &ann, &format!("<@{BOT}> {QUESTION}"), None);
    let seen = world.direct_message(&ann).await;
    assert!(
        seen.text().contains("archived or locked") && seen.text().contains("Mill Pond"),
        "{}",
        seen.text()
    );
    world.stop_bot().await;
    assert_eq!(world.discord.requests(Route::Message).len(), 2);
}

#[tokio::test]
async fn the_question_at_the_end_of_four_thousand_characters_is_answered() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let story =
        "I have followed the work for many years and read every newsletter of the parish. ".repeat(60);
    let story: String = story.chars().take(3_900).collect();
    let seen = world.mention(&ann, &format!("{story}. So: {QUESTION}")).await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
}

#[tokio::test]
async fn a_thread_under_an_ask_channel_counts_as_the_channel() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    let (inside, outside) = (610, 611);
    open_thread(&world, inside, ASK_CHANNEL, "about the move");
    open_thread(&world, outside, CHANNEL, "something else");
    let elsewhere = world.say(outside, &ann, QUESTION, None);
    let message = world.say(inside, &ann, QUESTION, None);
    assert!(world.answer(message).await.text().contains("Mill Pond"));
    world.stop_bot().await;
    assert!(world.discord.with(|state| state.answers(elsewhere)).is_empty());
}

#[tokio::test]
async fn a_new_post_of_a_forum_is_answered_once_with_the_way_to_a_person() {
    let ask_in_forum = |config: &mut Config| config.discord.ask_channels = vec![ChannelId::new(FORUM)];
    let (mut world, ann, ben) = (World::with(ask_in_forum).await, Person::new("ann"), Person::new("ben"));
    world.discord.with(|state| {
        state.send("CHANNEL_CREATE", json!({
            "id": FORUM.to_string(), "type": 15, "guild_id": GUILD.to_string(), "name": "help", "position": 0,
            "permission_overwrites": [], "nsfw": false, "topic": null, "parent_id": null, "rate_limit_per_user": 0,
            "last_message_id": null, "flags": 0, "available_tags": []
        }));
    });
    // The first message of a post has its id; the question is in the title.
    let post = 620;
    open_thread(&world, post, FORUM, "where do you move to");
    write(&world, post, &ann, "I only heard rumours.", json!({"id": post.to_string()}));
    let seen = in_channel(&world, post).await;
    assert!(
        seen.text().contains("Mill Pond") && seen.text().contains("people of this server"),
        "{}",
        seen.text()
    );
    let talk = world.say(post, &ben, "why is the library moving?", None);
    let asked = world.say(post, &ben, &format!("<@{BOT}> why is the library moving?"), None);
    let seen = world.answer(asked).await;
    assert!(
        seen.text().contains("old roof") && !seen.text().contains("people of this server"),
        "{}",
        seen.text()
    );
    world.stop_bot().await;
    assert!(world.discord.with(|state| state.answers(talk)).is_empty());
}

#[tokio::test]
async fn answers_go_into_a_thread_of_their_own_if_the_settings_say_so() {
    let in_thread = |config: &mut Config| config.discord.answer_in = AnswerIn::Thread;
    let (world, ann) = (World::with(in_thread).await, Person::new("ann"));
    let message = world.say(CHANNEL, &ann, &format!("<@{BOT}> {QUESTION}"), None);
    let seen = in_channel(&world, message).await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
    let made = world.discord.requests(Route::Thread);
    assert_eq!(made[0].body["name"], "Where is the new house?");
    // Where no thread can be made, the answer is a reply.
    world.discord.fail(Fault::refuse(Route::Thread, 403, 50013));
    assert!(world.mention(&ann, QUESTION).await.text().contains("Mill Pond"));
}

#[tokio::test]
async fn a_person_goes_on_from_an_answer_and_somebody_else_does_not() {
    let (world, ann, ben) = (World::start().await, Person::new("ann"), Person::new("ben"));
    world.mention(&ann, "why is the library moving?").await;
    let seen = world.mention(&ben, "and in French?").await;
    assert!(!seen.text().contains("vieux toit"), "{}", seen.text());
    let seen = world.mention(&ann, "and in French?").await;
    assert!(seen.text().contains("vieux toit"), "{}", seen.text());
    let why = world.press(&ann, &seen, "Pourquoi cette réponse ?").await;
    assert!(why.text().contains("answered before") && why.text().contains("why-moving"), "{}", why.text());
}

#[tokio::test]
async fn a_reply_goes_on_from_an_answer_that_the_bot_has_forgotten() {
    let (mut world, ann, ben) = (World::start().await, Person::new("ann"), Person::new("ben"));
    let answer = world.mention(&ann, "why is the library moving?").await;
    world.stop_bot().await;
    world.start_bot().await;
    let seen = world.reply(&ben, &answer, "and in French?").await;
    assert!(seen.text().contains("vieux toit"), "{}", seen.text());
}
