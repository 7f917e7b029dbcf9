//! Moderators' commands: who may, and what they see.

use serde_json::json;

use crate::harness::{
    discord::{Kind, Person},
    world::World,
};

#[tokio::test]
async fn every_moderator_command_is_refused_to_members_and_allowed_to_moderators() {
    let world = World::start().await;
    let (member, by_role, by_right) =
        (Person::new("ann"), Person::new("ron").with_role(), Person::new("mia").managing());
    for call in world.calls("/faq ") {
        let (call, options) = (&call.name, call.options());
        let refused = world.slash(&member, call, &options).await;
        assert!(
            refused.is_private && refused.text().contains("Only moderators"),
            "{call}: {}",
            refused.text()
        );
        for moderator in [&by_role, &by_right] {
            let granted = world.slash(moderator, call, &options).await;
            assert!(granted.is_private || granted.kind == Kind::Form, "{call}");
            assert!(!granted.text().contains("Only moderators"), "{call}: {}", granted.text());
        }
    }
}

#[tokio::test]
async fn the_button_that_confirms_a_reload_needs_a_moderator_too() {
    let (world, ann, mo) = (World::start().await, Person::new("ann"), Person::new("mo").with_role());
    for name in [
        "why-moving.md",
        "new-place.md",
        "books-lent.md",
        "opening-hours.md",
        "fr/why-moving.md",
        "_routes/chatter.md",
        "_routes/off-topic.md",
    ] {
        if name != "why-moving.md" && name != "fr/why-moving.md" {
            std::fs::remove_file(world.path(name)).unwrap();
        }
    }
    std::fs::remove_file(world.path("_routes/greeting.md")).unwrap();
    // A FAQ of two entries fails the test, and it would not be confirmed.
    let path = world.path("why-moving.md");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("asks = [\"what is the reason for moving\"]\n", "")).unwrap();
    let refused = world.slash(&mo, "/faq reload", &[]).await;
    assert!(refused.text().contains("would shrink"), "{}", refused.text());
    let label = refused.buttons().into_iter().next().unwrap();
    let seen = world.press(&ann, &refused, &label).await;
    assert!(seen.text().contains("Only moderators"), "{}", seen.text());
    let seen = world.press(&mo, &refused, &label).await;
    assert!(seen.text().contains("Revision 2"), "{}", seen.text());
}

#[tokio::test]
async fn test_shows_how_a_question_is_decided_and_counts_nothing() {
    let (world, mo) = (World::start().await, Person::new("mo").with_role());
    let seen = world.slash(&mo, "/faq test", &[("question", json!("Why is the library moving?"))]).await;
    assert!(seen.text().contains("`why-moving`") && seen.text().contains("threshold"), "{}", seen.text());
}

#[tokio::test]
async fn status_shows_what_is_in_force() {
    let (world, mo) = (World::start().await, Person::new("mo").with_role());
    let seen = world.slash(&mo, "/faq status", &[]).await;
    for word in ["Revision 1", "Answers: 3", "not covered: 1", "The Library Moves"] {
        assert!(seen.text().contains(word), "{word}: {}", seen.text());
    }
}
