//! `faq.review`: an edit waits in the moderators' channel until another moderator approves it.

use std::fs;

use serde_json::json;

use crate::harness::{
    discord::{Fault, MODERATOR_CHANNEL, Person, Route, Seen},
    world::World,
};

const FEAST: &[(&str, &str)] = &[
    ("question", "Is there a feast at the Mill Pond?"),
    ("answer", "The announcement says nothing of a feast."),
    ("wordings", "will there be a feast\nis there a party\n"),
    ("quotes", ""),
];
const FEAST_FILE: &str = "is-there-a-feast-at-the-mill-pond.md";

/// The world, the moderator who edits and the one who approves.
async fn world() -> (World, Person, Person) {
    let world = World::with_store(|config| config.faq.review = true).await;
    (world, Person::new("mo").with_role(), Person::new("mia").managing())
}

/// The moderator adds an entry and presses Apply.
async fn added(world: &World, by: &Person) -> Seen {
    let form = world.slash(by, "/faq add", &[]).await;
    let preview = world.submit(by, &form.form(), FEAST).await;
    world.press(by, &preview, "Apply").await
}

/// The moderator changes the answer of an entry and presses Apply.
async fn edited(world: &World, by: &Person, entry: &str, answer: &str) -> Seen {
    let form = world.slash(by, "/faq edit", &[("entry", json!(format!("entry:{entry}")))]).await;
    let preview = world.submit(by, &form.form(), &[("answer", answer)]).await;
    world.press(by, &preview, "Apply").await
}

/// The newest message of the moderators' channel that holds `part`, once there are `n` of them.
async fn posted(world: &World, part: &str, n: usize) -> Seen {
    let what = format!("the moderators' channel has {n} messages with {part:?}");
    world
        .discord
        .until(&what, |state| {
            let found = state.of_bot().filter(|seen| seen.channel == MODERATOR_CHANNEL);
            let found: Vec<Seen> = found.filter(|seen| seen.text().contains(part)).collect();
            (found.len() >= n).then(|| found.into_iter().next_back()).flatten()
        })
        .await
}

#[tokio::test]
async fn an_edit_waits_until_another_moderator_approves_it() {
    let (world, mo, mia) = world().await;
    let (ann, french) = (Person::new("ann"), Person::new("mia").managing().speaking("fr"));
    let seen = added(&world, &mo).await;
    assert!(seen.is_private && seen.text().contains("Sent for approval"), "{}", seen.text());
    assert!(!world.path(FEAST_FILE).exists());
    assert!(!world.ask(&ann, "is there a party").await.text().contains("nothing of a feast"));

    let shown = posted(&world, "An edit waits for approval", 1).await;
    for expected in [
        format!("<@{}> edited the FAQ", mo.id).as_str(),
        "+1 −0 ~0 entries",
        "*Is there a feast at the Mill Pond?*: ",
        "is-there-a-feast-at-the-mill-pond (en), as proposed",
        "The announcement says nothing of a feast.",
        "+ (en) is there a party",
    ] {
        assert!(shown.text().contains(expected), "{expected}: {}", shown.text());
    }
    assert_eq!(shown.buttons(), ["Approve", "Reject"]);

    // The permission is checked again at the press, and the author is not another moderator.
    for label in ["Approve", "Reject"] {
        let refused = world.press(&ann, &shown, label).await;
        assert!(refused.text().contains("Only moderators"), "{}", refused.text());
    }
    let own = world.press(&mo, &shown, "Approve").await;
    assert!(own.is_private && own.text().contains("This is your own edit"), "{}", own.text());
    assert!(!world.path(FEAST_FILE).exists());

    let approved = world.press(&mia, &shown, "Approve").await;
    assert!(approved.is_private && approved.text().contains("Revision 2 is in force"), "{}", approved.text());
    assert!(world.path(FEAST_FILE).exists());
    assert!(world.ask(&ann, "is there a party").await.text().contains("nothing of a feast"));
    let told = posted(&world, "approved the edit of", 1).await;
    let names = format!("<@{}> approved the edit of <@{}>: is-there-a-feast", mia.id, mo.id);
    assert!(told.text().contains(&names), "{}", told.text());
    let again = world.press(&french, &shown, "Approve").await;
    assert!(again.text().contains("n’attend plus"), "{}", again.text());
    // The history names the author.
    let history = world.slash(&mia, "/faq history", &[]).await.text();
    assert!(history.contains(&format!("<@{}> · edit", mo.id)), "{history}");
}

#[tokio::test]
async fn an_edit_is_rejected_by_another_moderator_or_taken_back_by_its_author() {
    let (world, mo, mia) = world().await;
    let before = fs::read_to_string(world.path("new-place.md")).unwrap();
    for (n, by) in [(1, &mia), (2, &mo)] {
        edited(&world, &mo, "new-place", "It stands at the Mill Pond, near the mill.").await;
        let shown = posted(&world, "An edit waits for approval", n).await;
        let text = shown.text();
        for expected in ["new-place (en), as it is now", "The new house stands at", "near the mill."] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        let rejected = world.press(by, &shown, "Reject").await;
        assert!(rejected.text().contains("Rejected. Nothing was changed."), "{}", rejected.text());
        let told = posted(&world, "rejected the edit of", n).await.text();
        assert!(
            told.contains(&format!("<@{}> rejected the edit of <@{}>: new-place", by.id, mo.id)),
            "{told}"
        );
        let gone = world.press(&mia, &shown, "Approve").await;
        assert!(gone.text().contains("no longer waits"), "{}", gone.text());
    }
    assert_eq!(fs::read_to_string(world.path("new-place.md")).unwrap(), before);
}

#[tokio::test]
async fn an_edit_whose_file_was_changed_meanwhile_is_a_conflict_and_overwrites_nothing() {
    let (world, mo, mia) = world().await;
    edited(&world, &mo, "books-lent", "Over 900 books.").await;
    let shown = posted(&world, "An edit waits for approval", 1).await;
    let path = world.path("books-lent.md");
    let theirs = fs::read_to_string(&path).unwrap().replacen("+++\n", "+++\n# Checked by Ann.\n", 1);
    fs::write(&path, &theirs).unwrap();
    let refused = world.press(&mia, &shown, "Approve").await;
    assert!(refused.text().contains("changed by somebody else"), "{}", refused.text());
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    let told = posted(&world, "can no longer be applied", 1).await.text();
    assert!(told.contains("books-lent.md") && told.contains(&format!("<@{}>", mo.id)), "{told}");
    let gone = world.press(&mia, &shown, "Approve").await;
    assert!(gone.text().contains("no longer waits"), "{}", gone.text());
}

#[tokio::test]
async fn what_is_approved_is_what_was_shown_so_an_edit_is_shown_again_after_another_change() {
    let (world, mo, mia) = world().await;
    edited(&world, &mo, "new-place", "It stands at the Mill Pond, near the mill.").await;
    let first = posted(&world, "An edit waits for approval", 1).await;
    // A reload needs no approval.
    world.add("pets.md", "May I bring my dog?", "The announcement does not say.");
    let reloaded = world.slash(&mia, "/faq reload", &[]).await;
    assert!(reloaded.text().contains("Revision 2 is in force"), "{}", reloaded.text());
    let seen = world.press(&mia, &first, "Approve").await;
    assert!(seen.text().contains("has changed since this was shown"), "{}", seen.text());
    assert!(!fs::read_to_string(world.path("new-place.md")).unwrap().contains("near the mill"));
    let second = posted(&world, "An edit waits for approval", 2).await;
    let gone = world.press(&mia, &first, "Approve").await;
    assert!(gone.text().contains("shown again further down"), "{}", gone.text());
    let seen = world.press(&mia, &second, "Approve").await;
    assert!(seen.text().contains("Revision 3 is in force"), "{}", seen.text());
    assert!(fs::read_to_string(world.path("new-place.md")).unwrap().contains("near the mill"));
    // Going back needs none either.
    let history = world.slash(&mo, "/faq history", &[]).await;
    let back = history.buttons().first().cloned().unwrap();
    let preview = world.press(&mo, &history, &back).await;
    let done = world.press(&mo, &preview, "Apply").await;
    assert!(done.text().contains("Revision 4 is in force"), "{}", done.text());
}

#[tokio::test]
async fn a_restart_forgets_an_edit_that_waits_and_a_press_says_so() {
    let (mut world, mo, mia) = world().await;
    added(&world, &mo).await;
    let shown = posted(&world, "An edit waits for approval", 1).await;
    world.stop_bot().await;
    world.start_bot().await;
    for label in ["Approve", "Reject"] {
        let seen = world.press(&mia, &shown, label).await;
        assert!(seen.text().contains("the bot was restarted"), "{}", seen.text());
    }
    assert!(!world.path(FEAST_FILE).exists());
}

#[tokio::test]
async fn a_request_for_approval_that_cannot_be_sent_at_once_is_sent_later() {
    let (world, mo, mia) = world().await;
    world.discord.fail(Fault::refuse(Route::Message, 400, 50035));
    added(&world, &mo).await;
    // Whatever happens next in the queue tries again.
    edited(&world, &mo, "new-place", "It stands at the Mill Pond, near the mill.").await;
    posted(&world, "An edit waits for approval", 2).await;
    let shown = posted(&world, "as proposed", 1).await;
    assert!(world.press(&mia, &shown, "Approve").await.text().contains("is in force"));
}
