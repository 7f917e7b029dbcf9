//! Moderators edit entries from inside Discord.

use crate::harness::{
    discord::{Kind, Person},
    world::World,
};

const FEAST: &[(&str, &str)] = &[
    ("question", "Is there a feast at the new house?"),
    ("answer", "The announcement says nothing of a feast."),
    ("wordings", "will there be a feast\nis there a party\n"),
    ("quotes", ""),
];

#[tokio::test]
async fn a_new_entry_is_previewed_and_can_be_changed_before_it_is_applied() {
    let (world, mo) = (World::start().await, Person::new("mo").with_role());
    let form = world.slash(&mo, "/faq add", &[]).await;
    assert_eq!(form.values(), ["", "", "", ""]);
    let preview = world.submit(&mo, &form.form(), FEAST).await;
    assert!(preview.is_private && preview.text().contains("nothing of a feast"), "{}", preview.text());
    let again = world.press(&mo, &preview, "Change").await;
    assert_eq!(again.values()[0], "Is there a feast at the new house?");
    assert_eq!(again.values()[2], "will there be a feast\nis there a party");
}

#[tokio::test]
async fn every_step_of_the_editor_needs_a_moderator() {
    let (world, mo, ann) = (World::start().await, Person::new("mo").with_role(), Person::new("ann"));
    let form = world.slash(&mo, "/faq add", &[]).await;
    let preview = world.submit(&mo, &form.form(), FEAST).await;
    let refused = [
        world.slash(&ann, "/faq add", &[]).await,
        world.submit(&ann, &form.form(), FEAST).await,
        world.press(&ann, &preview, "Change").await,
    ];
    for refused in refused {
        assert!(refused.text().contains("Only moderators"), "{}", refused.text());
    }
    // The draft is the other moderator's.
    let other = Person::new("mia").managing();
    let seen = world.press(&other, &preview, "Change").await;
    assert!(seen.kind == Kind::Message && seen.text().contains("no longer kept"), "{}", seen.text());
}

#[tokio::test]
async fn a_form_that_was_opened_before_a_restart_gives_back_what_was_typed() {
    let (mut world, mo) = (World::start().await, Person::new("mo").with_role().speaking("fr"));
    let form = world.slash(&mo, "/faq add", &[]).await;
    world.stop_bot().await;
    world.start_bot().await;
    let seen = world.submit(&mo, &form.form(), FEAST).await;
    assert!(seen.text().contains("n’est plus conservé"), "{}", seen.text());
    assert!(seen.text().contains("will there be a feast"), "{}", seen.text());
}
