//! The history of the FAQ, going back in it, and the record of who did what.

use std::fs;

use faqbot::store::{RevisionOrigin, Store, Tuning};
use serde_json::json;

use crate::harness::{
    discord::{MODERATOR_CHANNEL, Person},
    world::World,
};

const ANSWER: &str = "Rain comes through the old roof, and the repair costs more than a new house.";

/// Changes the answer of an entry and applies it.
async fn publish(world: &World, by: &Person, edition: &str) {
    let form = world.slash(by, "/faq edit", &[("entry", json!("entry:why-moving"))]).await;
    let answer = format!("{ANSWER} It is {edition} so.");
    let preview = world.submit(by, &form.form(), &[("answer", answer.as_str())]).await;
    let applied = world.press(by, &preview, "Apply").await;
    assert!(applied.text().contains("is in force"), "{}", applied.text());
}

#[tokio::test]
async fn a_rollback_is_previewed_and_is_a_new_revision_and_everything_is_recorded() {
    let mut world =
        World::without_bot(|config| config.discord.log_channel = config.discord.moderator_channel).await;
    world.open_press(Tuning::default());
    world.start_bot().await;
    let (mo, ann) = (Person::new("mo").with_role(), Person::new("ann"));
    for edition in ["truly", "surely", "really"] {
        publish(&world, &mo, edition).await;
    }
    let history = world.slash(&mo, "/faq history", &[]).await;
    for expected in ["**3**", "**1**", "~1 why-moving", &format!("<@{}>", mo.id), "edit"] {
        assert!(history.text().contains(expected), "{expected}: {}", history.text());
    }
    assert!(world.slash(&ann, "/faq history", &[]).await.text().contains("Only moderators"));
    assert!(world.press(&ann, &history, "Back to 1").await.text().contains("Only moderators"));
    let preview = world.press(&mo, &history, "Back to 1").await;
    assert!(preview.text().contains("+0 −0 ~1 entries"), "{}", preview.text());
    let done = world.press(&mo, &preview, "Apply").await;
    assert!(done.text().contains("is in force"), "{}", done.text());
    assert!(world.ask(&ann, "why do you move").await.text().contains("truly so."));
    assert!(fs::read_to_string(world.path("why-moving.md")).unwrap().contains("truly so."));
    let seen = world.slash(&mo, "/faq rollback", &[("revision", json!("77"))]).await;
    assert!(seen.text().contains("no such revision"), "{}", seen.text());
    let logged = world.discord.until("the log channel has the line", |state| {
        let mut lines =
            state.of_bot().filter(|message| message.channel == MODERATOR_CHANNEL).map(|m| m.text());
        lines.find(|line| line.contains("`applied` why-moving"))
    });
    assert!(logged.await.contains(&format!("<@{}>", mo.id)));
    world.stop_bot().await;
    let store = Store::open(&world.config.store.path).await.unwrap();
    let revisions = store.revisions().await.unwrap();
    assert_eq!((revisions[0].origin, revisions[0].subject.as_str()), (RevisionOrigin::Rollback, "#1"));
    let actions = store.actions(100).await.unwrap();
    for expected in [("applied", "why-moving"), ("editor_rollback", "#1"), ("editor_edit", "why-moving")] {
        let is_recorded = |action: &faqbot::store::AuditEntry| {
            (action.action.as_str(), action.reference.as_str()) == expected
                && action.actor.is_some_and(|actor| actor.get() == mo.id)
        };
        assert!(actions.iter().any(is_recorded), "{expected:?}: {actions:?}");
    }
    // Nothing that was typed is in the record.
    assert!(!format!("{actions:?}").contains("Rain"));
}
