//! Whose moderators moderate: those of the home servers and nobody else, wherever the bot has been invited.

use faqbot::ids::{ChannelId, GuildId};
use serde_json::json;

use crate::harness::{
    discord::{
        BOT, CHANNEL, Fault, GUILD, MODERATOR_CHANNEL, OTHER_CHANNELS, OTHER_GUILD, Person, Route, kind,
    },
    world::World,
};

/// A bot that is in the home server and in another one.
async fn in_two_servers(guilds: Vec<GuildId>) -> World {
    let mut world = World::without_bot(|config| config.discord.guilds = guilds).await;
    world.discord.with(|state| state.other_guilds.insert(OTHER_GUILD));
    world.start_bot().await;
    world
}

#[tokio::test]
async fn whoever_manages_another_server_is_refused_in_every_command_and_button() {
    let world = in_two_servers(vec![GuildId::new(GUILD)]).await;
    let (outsider, mo) = (Person::new("eve").managing().with_role(), Person::new("mo").managing());
    for call in world.calls("/faq ") {
        let refused = world.slash_in_other_guild(&outsider, &call.name, &call.options()).await;
        assert!(refused.is_private, "{}", call.name);
        for word in ["home servers", "discord.guilds", &OTHER_GUILD.to_string()] {
            assert!(refused.text().contains(word), "{}: {}", call.name, refused.text());
        }
        let granted = world.slash(&mo, &call.name, &call.options()).await;
        assert!(!granted.text().contains("home servers"), "{}: {}", call.name, granted.text());
    }
    // The button that confirms a reload, under any message.
    let answer = world.slash_in_other_guild(&outsider, "/ask", &[("question", json!("Why?"))]).await;
    let data = json!({"custom_id": "1r", "component_type": 2, "id": 1});
    let refused = world.act_in_other_guild(&outsider, kind::COMPONENT, data, answer.message).await;
    assert!(refused.is_private && refused.text().contains("home servers"), "{}", refused.text());
    let help = world.slash_in_other_guild(&outsider, "/help", &[]).await;
    assert!(!help.text().contains("/faq reload"), "{}", help.text());
}

#[tokio::test]
async fn members_of_another_server_may_ask_and_see_the_media_contact() {
    let (world, ann) = (in_two_servers(vec![GuildId::new(GUILD)]).await, Person::new("ann"));
    let question = [("question", json!("Where is the new house?"))];
    let seen = world.slash_in_other_guild(&ann, "/ask", &question).await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
    let seen = world.slash_in_other_guild(&ann, "/media", &[]).await;
    assert!(seen.text().contains("press@library.example"), "{}", seen.text());
}

#[tokio::test]
async fn in_several_servers_moderation_is_off_until_a_home_server_is_named() {
    let (world, mo) = (in_two_servers(Vec::new()).await, Person::new("mo").managing());
    for refused in [
        world.slash(&mo, "/faq status", &[]).await,
        world.slash_in_other_guild(&mo, "/faq status", &[]).await,
    ] {
        assert!(refused.is_private && refused.text().contains("discord.guilds"), "{}", refused.text());
        assert!(!refused.text().contains("Revision"), "{}", refused.text());
    }
    // Once the bot is in one server only, that one is home.
    world.discord.with(|state| state.remove_guild(OTHER_GUILD));
    let granted = world.slash(&mo, "/faq status", &[]).await;
    assert!(granted.text().contains("Revision 1"), "{}", granted.text());
}

#[tokio::test]
async fn an_invitation_to_a_second_server_turns_moderation_off_at_once() {
    let (world, mo) = (World::start().await, Person::new("mo").managing());
    assert!(world.slash(&mo, "/faq status", &[]).await.text().contains("Revision 1"));
    world.discord.with(|state| state.add_guild(OTHER_GUILD));
    let refused = world.slash(&mo, "/faq status", &[]).await;
    assert!(refused.text().contains("discord.guilds"), "{}", refused.text());
}

#[tokio::test]
async fn other_servers_are_left_at_once_where_the_settings_say_so() {
    let mut world = World::without_bot(|config| {
        config.discord.guilds = vec![GuildId::new(GUILD)];
        config.discord.leave_other_guilds = true;
    })
    .await;
    world.discord.with(|state| state.other_guilds.insert(OTHER_GUILD));
    world.start_bot().await;
    let is_left = |state: &crate::harness::discord::State| state.other_guilds.is_empty().then_some(());
    world.discord.until("it has left the server that it found itself in", is_left).await;
    world.discord.with(|state| state.add_guild(OTHER_GUILD));
    world.discord.until("it has left the server that it was invited to", is_left).await;
    let left = world.discord.requests(Route::LeaveGuild);
    assert!(left.iter().all(|record| record.number(3) == OTHER_GUILD), "{left:?}");
}

#[tokio::test]
async fn no_alert_is_sent_to_a_channel_of_another_server() {
    for alerts in [MODERATOR_CHANNEL, MODERATOR_CHANNEL + OTHER_CHANNELS] {
        let mut world = World::without_bot(|config| {
            config.discord.guilds = vec![GuildId::new(GUILD)];
            config.discord.moderator_channel = Some(ChannelId::new(alerts));
        })
        .await;
        world.discord.with(|state| state.other_guilds.insert(OTHER_GUILD));
        world.start_bot().await;
        // An answer to something that came after the servers.
        world.slash(&Person::new("ann"), "/help", &[]).await;
        let refused = Fault::refuse(Route::Message, 403, 50013);
        world.discord.fail(refused.below(&format!("channels/{CHANNEL}/")));
        world.say(CHANNEL, &Person::new("ann"), &format!("<@{BOT}> where do you move to?"), None);
        world
            .discord
            .until("it was refused", |state| {
                state.records.iter().find(|record| record.status == Some(403)).map(|_| ())
            })
            .await;
        // At its end the bot has sent all that it was going to send.
        world.stop_bot().await;
        let sent = world.discord.requests(Route::Message);
        let is_alerted = sent.iter().any(|record| record.number(1) == alerts);
        assert_eq!(is_alerted, alerts == MODERATOR_CHANNEL, "{sent:?}");
    }
}

#[tokio::test]
async fn the_log_says_which_server_is_home_and_what_to_set() {
    let world = World::without_bot(|_| {}).await;
    let mut program = world.program().await;
    assert!(program.wrote("counts as the home server").await, "{}", program.said());
    world.discord.with(|state| state.add_guild(OTHER_GUILD));
    assert!(program.wrote("moderation is off").await, "{}", program.said());
    assert!(program.said().contains("discord.guilds"), "{}", program.said());
}
