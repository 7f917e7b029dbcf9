//! Everything that can be pressed or sent under a reply.

use faqbot::{
    bot::{Action, ConversationAction, Passages},
    discord::encode_custom_id,
    knowledge::EntryId,
};
use serde_json::json;

use crate::harness::{
    discord::{Fault, Kind, Person, Route, kind},
    world::World,
};

#[tokio::test]
async fn why_this_answer_is_explained_to_the_person_alone() {
    let (world, ann, ben) = (World::start().await, Person::new("ann"), Person::new("ben"));
    let answer = world.ask(&ann, "Why is the library moving?").await;
    let seen = world.press(&ben, &answer, "Why this answer?").await;
    assert_eq!((seen.kind, seen.is_private), (Kind::Message, true));
    for word in ["why-moving", "Confidence", "Revision 1"] {
        assert!(seen.text().contains(word), "{word}: {}", seen.text());
    }
}

#[tokio::test]
async fn not_helpful_is_counted_and_moderators_see_the_count() {
    let (world, ann, mo) = (World::start().await, Person::new("ann"), Person::new("mo").with_role());
    let answer = world.ask(&ann, "Why is the library moving?").await;
    let seen = world.press(&ann, &answer, "Not helpful").await;
    assert!(seen.is_private && seen.text().contains("Thank you"), "{}", seen.text());
    let status = world.slash(&mo, "/faq status", &[]).await;
    assert!(status.text().contains("why-moving"), "{}", status.text());
}

#[tokio::test]
async fn a_near_miss_changes_its_own_message() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let answer = world.ask(&ann, "Where is the new house?").await;
    let seen = world.press_id(&ann, &answer, &ann.near_miss("books-lent")).await;
    assert_eq!((seen.kind, seen.message), (Kind::InPlace, answer.message));
    assert!(seen.text().contains("Over 900 books"), "{}", seen.text());
    let now = world.discord.with(|state| state.messages[&answer.message.unwrap()].to_string());
    assert!(now.contains("Over 900 books") && !now.contains("Mill Pond"), "{now}");
}

#[tokio::test]
async fn a_near_miss_pressed_by_somebody_else_is_answered_privately_and_the_message_stays() {
    let (world, ann, ben) = (World::start().await, Person::new("ann"), Person::new("ben"));
    let answer = world.ask(&ann, "Where is the new house?").await;
    let before = world.discord.with(|state| state.messages[&answer.message.unwrap()].to_string());
    // The last one is a button of an older version, which does not say who asked.
    for id in [ann.near_miss("books-lent"), "1s:books-lent".to_owned()] {
        let seen = world.press_id(&ben, &answer, &id).await;
        assert_eq!((seen.kind, seen.is_private), (Kind::Message, true), "{id}");
        assert!(seen.text().contains("Over 900 books"), "{}", seen.text());
    }
    assert_eq!(before, world.discord.with(|state| state.messages[&answer.message.unwrap()].to_string()));
}

#[tokio::test]
async fn a_button_of_an_old_version_or_of_a_removed_entry_gets_a_friendly_message() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let answer = world.ask(&ann, "Where is the new house?").await;
    for id in ["0s:new-place", "2w:zzz", "1s:../etc", "", "🙂"] {
        let seen = world.press_id(&ann, &answer, id).await;
        assert!(seen.is_private && seen.text().contains("older version"), "{id}: {}", seen.text());
    }
    let seen = world.press_id(&ann, &answer, "1s:gone-since").await;
    assert!(seen.is_private && seen.text().contains("no longer in the FAQ"), "{}", seen.text());
    // A route is nobody's business.
    let seen = world.press_id(&ann, &answer, "1s:need").await;
    assert!(seen.is_private && seen.text().contains("no longer in the FAQ"), "{}", seen.text());
}

#[tokio::test]
async fn buttons_still_work_after_a_restart() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    let answer = world.ask(&ann, "Why is the library moving?").await;
    world.stop_bot().await;
    world.start_bot().await;
    let seen = world.press(&ann, &answer, "Why this answer?").await;
    assert!(seen.text().contains("why-moving"), "{}", seen.text());
}

#[tokio::test]
async fn the_buttons_of_the_contact_card_are_answered() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let card = world.slash(&ann, "/media", &[]).await;
    for label in card.buttons() {
        let seen = world.press(&ann, &card, &label).await;
        match seen.kind {
            Kind::Form => assert!(seen.form().len() < 100),
            _ => assert!(seen.is_private && !seen.text().is_empty(), "{label}: {seen:?}"),
        }
    }
}

#[tokio::test]
async fn a_form_of_another_version_gives_back_what_was_typed() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let seen = world.submit(&ann, "0F", &[("name", "Ann, Daily News"), ("question", "Why ```now```?")]).await;
    assert!(seen.is_private);
    assert!(seen.text().contains("Ann, Daily News") && seen.text().contains("Why "), "{}", seen.text());
}

#[tokio::test]
async fn the_careful_text_is_shown_to_whoever_presses_its_button() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    world.discord.with(|state| state.closed.insert(ann.id));
    let pointer = world.mention(&ann, "my husband hits me").await;
    assert!(!pointer.text().contains("husband"), "{}", pointer.text());
    let seen = world.press(&ann, &pointer, "Read privately").await;
    assert!(seen.is_private && seen.text().contains("police"), "{}", seen.text());
}

#[tokio::test]
async fn an_answer_is_taken_away_by_its_asker_or_a_moderator_and_by_nobody_else() {
    let (world, ann, ben) = (World::start().await, Person::new("ann"), Person::new("ben"));
    for by in [ann.clone(), Person::new("mo").with_role(), Person::new("max").managing()] {
        let answer = world.mention(&ann, "Why is the library moving?").await;
        let seen = world.press(&ben, &answer, "Remove").await;
        assert!(seen.is_private && seen.text().contains("person who asked"), "{}", seen.text());
        assert!(world.discord.with(|state| state.messages.contains_key(&answer.message.unwrap())));
        let press = json!({"custom_id": answer.button("Remove"), "component_type": 2, "id": 1});
        world.act(answer.channel, &by, kind::COMPONENT, press, answer.message);
        world
            .discord
            .until("the answer is gone", |state| {
                (!state.messages.contains_key(&answer.message.unwrap())).then_some(())
            })
            .await;
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_taken_away_is_admitted() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    let answer = world.ask(&ann, "Why is the library moving?").await;
    world.discord.fail(Fault::refuse(Route::DeleteAnswer, 403, 50013));
    let seen = world.press(&ann, &answer, "Remove").await;
    assert!(seen.is_private && seen.text().contains("could not remove"), "{}", seen.text());
}

#[tokio::test]
async fn every_passage_is_shown_to_whoever_presses_for_them() {
    let (world, ann, ben) = (World::start().await, Person::new("ann"), Person::new("ben"));
    let answer = world.ask(&ann, "How many books were lent?").await;
    let id = encode_custom_id(&Action::Conversation(ConversationAction::Passages(Passages::Entry(
        EntryId::new("books-lent").unwrap(),
    ))))
    .unwrap();
    let seen = world.press_id(&ben, &answer, &id).await;
    assert!(seen.is_private && seen.text().contains("Announcement, §"), "{}", seen.text());
    let gone = id.replace("books-lent", "gone-since");
    let seen = world.press_id(&ben, &answer, &gone).await;
    assert!(seen.text().contains("no longer in the FAQ"), "{}", seen.text());
    // A route is nobody's business.
    let seen = world.press_id(&ben, &answer, &id.replace("books-lent", "need")).await;
    assert!(seen.text().contains("no longer in the FAQ"), "{}", seen.text());
}
