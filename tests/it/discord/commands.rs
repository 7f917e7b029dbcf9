//! Commands that every member may call, as members see them answered.

use serde_json::json;

use crate::harness::{
    discord::{CHANNEL, Kind, Person, Route},
    world::World,
};

#[tokio::test]
async fn a_question_is_answered_publicly_with_its_source() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let seen = world.ask(&ann, "Why is the library moving?").await;
    assert_eq!((seen.kind, seen.is_private), (Kind::Message, false));
    assert_eq!(seen.title(), "Why is the library moving?");
    let text = seen.text();
    assert!(text.contains("the repair costs more than a new house"), "{text}");
    assert!(text.contains("Announcement, § 1"), "{text}");
    assert!(text.contains("Automatic reply"), "{text}");
    assert_eq!(seen.buttons(), ["Why this answer?", "Not helpful", "Remove"]);
}

#[tokio::test]
async fn the_person_chooses_who_sees_the_answer_and_the_setting_decides_where_nobody_chose() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let asked = |private| [("question", json!("Why is the library moving?")), ("private", json!(private))];
    assert!(world.slash(&ann, "/ask", &asked(true)).await.is_private);
    assert!(!world.slash(&ann, "/ask", &asked(false)).await.is_private);
    let discreet = World::with(|config| config.discord.private_answers = true).await;
    assert!(discreet.ask(&ann, "Why is the library moving?").await.is_private);
    assert!(!discreet.slash(&ann, "/ask", &asked(false)).await.is_private);
}

#[tokio::test]
async fn the_bot_says_so_when_the_texts_have_no_answer() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let seen = world.ask(&ann, "Is smoking allowed on the stairs?").await;
    assert!(seen.text().contains("do not say") || seen.text().contains("not what I know"), "{}", seen.text());
    let seen = world.ask(&ann, "When does the library open?").await;
    assert!(seen.text().contains("does not say when the library opens"), "{}", seen.text());
}

#[tokio::test]
async fn a_french_member_gets_the_french_answer_in_a_french_frame() {
    let (world, zoe) = (World::start().await, Person::new("zoe").speaking("fr"));
    let seen = world.ask(&zoe, "Pourquoi la bibliothèque déménage-t-elle ?").await;
    assert!(seen.text().contains("La pluie traverse le vieux toit"), "{}", seen.text());
    assert!(!seen.text().contains("Automatic reply"), "{}", seen.text());
}

#[tokio::test]
async fn the_contact_of_the_media_is_shown_privately() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    for seen in [world.slash(&ann, "/media", &[]).await, world.ask(&ann, "I am a journalist").await] {
        assert!(seen.is_private);
        assert!(seen.text().contains("press@library.example"), "{}", seen.text());
        assert!(seen.buttons().contains(&"Write to the media team".to_owned()));
    }
}

#[tokio::test]
async fn help_lists_the_commands_a_person_may_use() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let seen = world.slash(&ann, "/help", &[]).await;
    assert!(seen.is_private);
    assert!(seen.text().contains("/ask") && seen.text().contains("/media"), "{}", seen.text());
    assert!(!seen.text().contains("/faq reload"), "{}", seen.text());
    let seen = world.slash(&ann.managing(), "/help", &[]).await;
    assert!(seen.text().contains("/faq reload"), "{}", seen.text());
}

#[tokio::test]
async fn every_command_that_is_registered_gets_an_answer() {
    let (world, mo) = (World::start().await, Person::new("mo").managing());
    for call in world.calls("/") {
        let seen = world.slash(&mo, &call.name, &call.options()).await;
        assert!(seen.kind == Kind::Form || !seen.text().trim().is_empty(), "{}", call.name);
    }
    let seen = world.slash(&mo, "/media", &[]).await;
    assert!(!seen.text().trim().is_empty(), "/media without its option");
}

#[tokio::test]
async fn completions_come_from_the_content_and_the_chosen_one_is_shown() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let choices = world.complete(&ann, "/ask", "priso").await.choices();
    assert_eq!(choices[0].0, "How many books were lent to the prison?");
    assert!(choices.len() <= 25);
    let seen = world.ask(&ann, &choices[0].1).await;
    assert_eq!(seen.title(), "How many books were lent to the prison?");
    assert!(!world.complete(&ann, "/ask", "").await.choices().iter().any(|choice| choice.0 == "Hello"));
}

#[tokio::test]
async fn a_message_is_answered_from_its_context_menu() {
    let (world, ann, ben) = (World::start().await, Person::new("ann"), Person::new("ben"));
    let message = world.say(CHANNEL, &ben, "where do you move to", None);
    let seen = world.menu(&ann, "Answer from FAQ", message).await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
    assert!(world.discord.with(|state| state.answers(message)).is_empty(), "nobody addressed the bot");
}

#[tokio::test]
async fn commands_work_in_a_private_conversation_and_moderators_commands_do_not() {
    let (world, ann) = (World::start().await, Person::new("ann").managing());
    let here = world.direct_channel(&ann);
    let seen = world.slash_in(here, &ann, "/ask", &[("question", json!("Where is the new house?"))]).await;
    assert!(seen.text().contains("Mill Pond"), "{}", seen.text());
    let seen = world.slash_in(here, &ann, "/faq status", &[]).await;
    assert!(seen.text().contains("Only moderators"), "{}", seen.text());
}

#[tokio::test]
async fn a_question_that_names_everyone_pings_nobody() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let typed = "@everyone @here <@&600000000000000001> <@500000000000000001> why is the library moving?";
    let seen = world.ask(&ann, typed).await;
    assert!(!seen.text().contains("@everyone"), "{}", seen.text());
    world.mention(&ann, typed).await;
    for record in world.discord.records() {
        if let Some(shown) = record.shown().filter(|shown| shown.get("embeds").is_some()) {
            assert_eq!(shown["allowed_mentions"]["parse"], json!([]), "{record}");
        }
    }
}

#[tokio::test]
async fn commands_are_registered_once_and_again_only_when_they_have_changed() {
    let mut world = World::start().await;
    let ann = Person::new("ann");
    world.slash(&ann, "/help", &[]).await;
    world.stop_bot().await;
    world.start_bot().await;
    world.slash(&ann, "/help", &[]).await;
    world.stop_bot().await;
    assert_eq!(world.discord.requests(Route::Register).len(), 1);
    // Without named roles `/faq` is shown to those alone who may manage the server: another table.
    world.config.discord.moderator_roles.clear();
    world.start_bot().await;
    world
        .discord
        .until("they are sent again", |state| {
            let sent = state.records.iter().filter(|record| record.route == Route::Register).count();
            (sent == 2).then_some(())
        })
        .await;
}

#[tokio::test]
async fn a_person_who_asks_too_fast_is_asked_to_wait_and_another_is_not() {
    let world = World::with(|config| config.limits.asks_per_half_minute = 2).await;
    let (ann, ben) = (Person::new("ann"), Person::new("ben"));
    for _ in 0..2 {
        world.ask(&ann, "Where is the new house?").await;
    }
    let seen = world.ask(&ann, "Where is the new house?").await;
    assert!(seen.is_private && seen.text().contains("wait"), "{}", seen.text());
    assert!(world.ask(&ben, "Where is the new house?").await.text().contains("Mill Pond"));
    let seen = world.ask(&ann, "my husband hits me").await;
    assert!(seen.is_private && seen.text().contains("police"), "a person in need is never asked to wait");
}
