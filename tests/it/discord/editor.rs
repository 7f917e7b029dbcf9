//! Moderators edit entries from inside Discord: forms, previews, Apply, and everything that can come between.

use std::fs;

use faqbot::config::Confirm;
use serde_json::json;

use crate::harness::{
    discord::{CHANNEL, Kind, Person, Seen},
    world::World,
};

const FEAST: &[(&str, &str)] = &[
    ("question", "Is there a feast at the Mill Pond?"),
    ("answer", "The announcement says nothing of a feast."),
    ("wordings", "will there be a feast\nis there a party\n"),
    ("quotes", ""),
];

/// The world with its moderator, and the default confirmation of reloads.
async fn world() -> (World, Person) {
    let world = World::with(|config| config.reload.confirm = Confirm::OnChange).await;
    (world, Person::new("mo").with_role())
}

async fn added(world: &World, by: &Person) -> Seen {
    let form = world.slash(by, "/faq add", &[]).await;
    world.submit(by, &form.form(), FEAST).await
}

async fn edit(world: &World, by: &Person, entry: &str) -> Seen {
    world.slash(by, "/faq edit", &[("entry", json!(format!("entry:{entry}")))]).await
}

/// The fields of an opened form with some of them changed, as a client sends them.
fn fields<'a>(opened: &'a [String], changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let keys = ["question", "answer", "wordings", "quotes"];
    let own = keys.iter().zip(opened).map(|(key, value)| (*key, value.as_str()));
    own.map(|(key, value)| changed.iter().find(|(of, _)| *of == key).copied().unwrap_or((key, value)))
        .collect()
}

#[tokio::test]
async fn a_new_entry_is_previewed_changed_and_applied() {
    let (world, mo) = world().await;
    let form = world.slash(&mo, "/faq add", &[]).await;
    assert_eq!(form.values(), ["", "", "", ""]);
    let preview = world.submit(&mo, &form.form(), FEAST).await;
    assert!(preview.is_private && preview.text().contains("nothing of a feast"), "{}", preview.text());
    for expected in [
        "+1 −0 ~0 entries",
        "*Is there a feast at the Mill Pond?*: ",
        "→ `is-there-a-feast-at-the-mill-pond`",
        "0 tests that passed now fail",
        "1. will there be a feast",
        "Nothing has changed yet",
    ] {
        assert!(preview.text().contains(expected), "{expected}: {}", preview.text());
    }
    let again = world.press(&mo, &preview, "Change").await;
    assert_eq!(again.values()[2], "will there be a feast\nis there a party");
    let changed = fields(&again.values(), &[("answer", "Nobody knows of a feast.")])
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect::<Vec<_>>();
    let changed: Vec<(&str, &str)> = changed.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let preview = world.submit(&mo, &again.form(), &changed).await;
    let asked = world.ask(&mo, "is there a party").await;
    assert!(!asked.text().contains("Nobody knows"), "{}", asked.text());
    let applied = world.press(&mo, &preview, "Apply").await;
    assert!(applied.text().contains("Revision 2 is in force"), "{}", applied.text());
    let asked = world.ask(&mo, "is there a party").await;
    assert!(asked.text().contains("Nobody knows of a feast."), "{}", asked.text());
    let file = fs::read_to_string(world.path("is-there-a-feast-at-the-mill-pond.md")).unwrap();
    assert!(file.starts_with("+++\nquestion = \"Is there a feast at the Mill Pond?\"\n"), "{file}");
    // What was applied cannot be applied again.
    let again = world.press(&mo, &preview, "Apply").await;
    assert!(again.text().contains("can no longer be used"), "{}", again.text());
}

#[tokio::test]
async fn an_edit_keeps_the_rest_of_the_file_and_a_restart_comes_back_to_it() {
    let (mut world, mo) = world().await;
    let before = fs::read_to_string(world.path("why-moving.md")).unwrap();
    let opened = edit(&world, &mo, "why-moving").await;
    let values = opened.values();
    assert_eq!(values[0], "Why is the library moving?");
    let answer = "Rain comes through the old roof, and the repair costs more than a new house. So it moves.";
    let preview = world.submit(&mo, &opened.form(), &fields(&values, &[("answer", answer)])).await;
    assert!(preview.text().contains("+0 −0 ~1 entries"), "{}", preview.text());
    world.press(&mo, &preview, "Apply").await;
    let after = fs::read_to_string(world.path("why-moving.md")).unwrap();
    let (front, _) = before.rsplit_once("+++\n").unwrap();
    assert_eq!(after, format!("{front}+++\n{answer}\n"));
    world.stop_bot().await;
    world.start_bot().await;
    let asked = world.ask(&mo, "why do you move").await;
    assert!(asked.text().contains("So it moves."), "{}", asked.text());
}

#[tokio::test]
async fn a_removal_is_shown_and_confirmed() {
    let (world, mo) = world().await;
    let seen = world.slash(&mo, "/faq remove", &[("entry", json!("why-moving"))]).await;
    assert!(seen.text().contains("−1"), "{}", seen.text());
    assert!(seen.text().contains("*Why is the library moving?*: `why-moving` → "), "{}", seen.text());
    assert!(world.path("why-moving.md").exists());
    let seen = world.press(&mo, &seen, "Apply").await;
    assert!(seen.text().contains("Removed (1)"), "{}", seen.text());
    assert!(!world.path("why-moving.md").exists() && !world.path("fr/why-moving.md").exists());
    let seen = world.slash(&mo, "/faq edit", &[("entry", json!("why-moving"))]).await;
    assert!(seen.text().contains("no such entry"), "{}", seen.text());
}

#[tokio::test]
async fn every_step_of_the_editor_needs_a_moderator_and_is_the_moderators_own() {
    let (world, mo) = world().await;
    let (ann, mia) = (Person::new("ann"), Person::new("mia").managing());
    let message = world.say(CHANNEL, &ann, "is there a party", None);
    let form = world.slash(&mo, "/faq add", &[]).await;
    let preview = world.submit(&mo, &form.form(), FEAST).await;
    let choice = world.menu(&mo, "Teach this wording", message).await;
    let mut refused = vec![
        world.slash(&ann, "/faq add", &[]).await,
        edit(&world, &ann, "why-moving").await,
        world.slash(&ann, "/faq remove", &[("entry", json!("why-moving"))]).await,
        world.slash(&ann, "/faq translate", &[("entry", json!("why-moving"))]).await,
        world.submit(&ann, &form.form(), FEAST).await,
        world.menu(&ann, "Add to FAQ", message).await,
        world.menu(&ann, "Teach this wording", message).await,
    ];
    for (seen, labels) in [(&preview, preview.buttons()), (&choice, choice.buttons())] {
        for label in labels {
            refused.push(world.press(&ann, seen, &label).await);
        }
    }
    for refused in refused {
        assert!(refused.text().contains("Only moderators"), "{}", refused.text());
    }
    for (label, answer) in [
        ("Change", "no longer kept"),
        ("Apply", "can no longer be used"),
        ("Cancel", "can no longer be used"),
    ] {
        let seen = world.press(&mia, &preview, label).await;
        assert!(seen.kind == Kind::Message && seen.text().contains(answer), "{label}: {}", seen.text());
    }
    assert!(world.press(&mo, &preview, "Cancel").await.text().contains("Nothing was changed"));
    assert!(!world.path("is-there-a-feast-at-the-mill-pond.md").exists());
}

#[tokio::test]
async fn a_second_moderator_is_told_who_is_at_it() {
    let (world, mo) = world().await;
    let mia = Person::new("mia").managing();
    let preview = added(&world, &mo).await;
    let busy = world.slash(&mia, "/faq remove", &[("entry", json!("books-lent"))]).await;
    assert!(busy.text().contains(&format!("<@{}>", mo.id)), "{}", busy.text());
    world.press(&mo, &preview, "Cancel").await;
    let seen = world.slash(&mia, "/faq remove", &[("entry", json!("books-lent"))]).await;
    assert!(seen.text().contains("−1"), "{}", seen.text());
    // One's own next change takes the place of the last one.
    let seen = world.slash(&mia, "/faq remove", &[("entry", json!("new-place"))]).await;
    assert!(seen.text().contains("new-place"), "{}", seen.text());
}

#[tokio::test]
async fn a_file_that_changed_since_the_form_was_opened_is_a_conflict_and_is_not_overwritten() {
    let (world, mo) = world().await;
    let opened = edit(&world, &mo, "books-lent").await;
    let path = world.path("books-lent.md");
    let theirs = fs::read_to_string(&path).unwrap().replacen("+++\n", "+++\n# Checked by Ann.\n", 1);
    fs::write(&path, &theirs).unwrap();
    let values = opened.values();
    let seen = world.submit(&mo, &opened.form(), &fields(&values, &[("answer", "Mine.")])).await;
    assert!(seen.text().contains("Somebody else changed this entry"), "{}", seen.text());
    assert!(seen.text().contains("900 books") && seen.text().contains("Mine."), "{}", seen.text());
    assert!(!seen.buttons().contains(&"Apply".to_owned()));
    // Between preview and Apply too.
    let opened = edit(&world, &mo, "books-lent").await;
    let values = opened.values();
    let preview = world.submit(&mo, &opened.form(), &fields(&values, &[("answer", "Over 900 books.")])).await;
    let theirs = theirs.replace("Checked by Ann", "Checked by Ben");
    fs::write(&path, &theirs).unwrap();
    let seen = world.press(&mo, &preview, "Apply").await;
    assert!(seen.text().contains("changed by somebody else"), "{}", seen.text());
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
}

#[tokio::test]
async fn another_files_change_between_preview_and_apply_is_checked_and_shown_again() {
    let (world, mo) = world().await;
    let preview = added(&world, &mo).await;
    let hours = fs::read_to_string(world.path("opening-hours.md")).unwrap();
    fs::write(world.path("opening-times.md"), hours).unwrap();
    fs::remove_file(world.path("opening-hours.md")).unwrap();
    let again = world.press(&mo, &preview, "Apply").await;
    assert!(again.text().contains("has changed since you saw the preview"), "{}", again.text());
    assert!(again.text().contains("+2 −1"), "{}", again.text());
    let seen = world.press(&mo, &again, "Apply").await;
    assert!(seen.text().contains("Revision 2"), "{}", seen.text());
}

#[tokio::test]
async fn a_restart_between_preview_and_apply_changes_nothing_and_says_so() {
    let (mut world, mo) = world().await;
    let preview = added(&world, &mo).await;
    world.stop_bot().await;
    world.start_bot().await;
    for label in ["Apply", "Cancel"] {
        let seen = world.press(&mo, &preview, label).await;
        assert!(seen.text().contains("the bot was restarted"), "{}", seen.text());
    }
    assert!(!world.path("is-there-a-feast-at-the-mill-pond.md").exists());
}

#[tokio::test]
async fn a_form_that_was_opened_before_a_restart_gives_back_what_was_typed() {
    let (mut world, mo) = world().await;
    let mo = mo.speaking("fr");
    let form = world.slash(&mo, "/faq add", &[]).await;
    world.stop_bot().await;
    world.start_bot().await;
    let seen = world.submit(&mo, &form.form(), FEAST).await;
    assert!(seen.text().contains("n’est plus conservé"), "{}", seen.text());
    assert!(seen.text().contains("will there be a feast"), "{}", seen.text());
}

#[tokio::test]
async fn what_the_check_finds_is_shown_and_can_be_corrected() {
    let (world, mo) = world().await;
    let form = world.slash(&mo, "/faq add", &[]).await;
    let wrong =
        [("question", "How many rooms?"), ("answer", "77 rooms."), ("wordings", ""), ("quotes", "77 rooms")];
    let seen = world.submit(&mo, &form.form(), &wrong).await;
    assert!(seen.text().contains("how-many-rooms.md:"), "{}", seen.text());
    assert_eq!(seen.buttons(), ["Change"]);
    let again = world.press(&mo, &seen, "Change").await;
    assert_eq!(again.values()[1], "77 rooms.");
}

#[tokio::test]
async fn a_change_that_breaks_a_test_names_the_entry_that_took_it_and_cannot_be_applied() {
    let (world, mo) = world().await;
    // The entry's own test asks for the reason; the new entry takes it away.
    let form = world.slash(&mo, "/faq add", &[]).await;
    let thief = [
        ("question", "What is the reason for moving?"),
        ("answer", "The announcement does not say more."),
        ("wordings", ""),
        ("quotes", ""),
    ];
    let seen = world.submit(&mo, &form.form(), &thief).await;
    assert!(seen.text().contains("One test that passed now fails"), "{}", seen.text());
    assert!(seen.text().contains("`what-is-the-reason-for-moving` does"), "{}", seen.text());
    assert_eq!(seen.buttons(), ["Change", "Cancel"]);
}

#[tokio::test]
async fn a_message_becomes_a_wording_of_the_entry_that_is_chosen() {
    let (world, mo) = world().await;
    let message = world.say(CHANNEL, &Person::new("ann"), "did the roof leak on   the books", None);
    let choice = world.menu(&mo, "Teach this wording", message).await;
    assert!(
        choice.is_private && choice.text().contains("did the roof leak on the books"),
        "{}",
        choice.text()
    );
    assert!(choice.buttons().len() <= 6);
    let preview = world.press(&mo, &choice, "Why is the library moving?").await;
    assert!(preview.text().contains("→ `why-moving`"), "{}", preview.text());
    world.press(&mo, &preview, "Apply").await;
    let file = fs::read_to_string(world.path("why-moving.md")).unwrap();
    assert!(file.contains(", \"did the roof leak on the books\"\n]"), "{file}");
    let seen = world.ask(&mo, "did the roof leak on the books?").await;
    assert_eq!(seen.title(), "Why is the library moving?");
}

#[tokio::test]
async fn a_message_becomes_a_new_entry_and_an_entry_gets_its_french_version() {
    let (world, mo) = world().await;
    let message = world.say(CHANNEL, &Person::new("ann"), "is there a\nfeast", None);
    let form = world.menu(&mo, "Add to FAQ", message).await;
    assert_eq!(form.values()[0], "is there a feast");
    let form = world.slash(&mo, "/faq translate", &[("entry", json!("new-place"))]).await;
    let values = form.values();
    assert_eq!((values[0].as_str(), values[1].as_str()), ("", ""));
    assert!(values.last().unwrap().contains("Mill Pond"), "the English text is beside it: {values:?}");
    let french =
        [("question", "Où va la bibliothèque ?"), ("answer", "Au bord du Mill Pond."), ("english", "x")];
    let preview = world.submit(&mo, &form.form(), &french).await;
    assert!(preview.text().contains("Au bord du Mill Pond."), "{}", preview.text());
    world.press(&mo, &preview, "Apply").await;
    let seen = world.ask(&Person::new("ben").speaking("fr"), "Où va la bibliothèque ?").await;
    assert!(seen.text().contains("Au bord du"), "{}", seen.text());
}

#[tokio::test]
async fn a_reload_that_changes_answers_is_shown_first_and_one_that_does_not_is_applied() {
    let (world, mo) = world().await;
    let path = world.path("why-moving.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("Rain comes", "Much rain comes")).unwrap();
    let seen = world.slash(&mo, "/faq reload", &[]).await;
    assert!(seen.text().contains("Revision 2 is in force"), "{}", seen.text());
    fs::remove_file(world.path("books-lent.md")).unwrap();
    let seen = world.slash(&mo, "/faq reload", &[]).await;
    assert!(
        seen.text().contains("+0 −1 ~0 entries") && seen.text().contains("`books-lent` → "),
        "{}",
        seen.text()
    );
    assert!(world.ask(&mo, "How many books were lent to the prison?").await.text().contains("900"));
    let seen = world.press(&mo, &seen, "Apply").await;
    assert!(seen.text().contains("Revision 3 is in force"), "{}", seen.text());
    assert!(!world.ask(&mo, "How many books were lent to the prison?").await.text().contains("900 books"));
}

#[tokio::test]
async fn a_passage_of_the_announcement_is_found_and_used_in_a_new_entry() {
    let (world, mo) = world().await;
    let seen = world.slash(&mo, "/faq quote", &[("search", json!("books lent prison"))]).await;
    assert!(seen.text().contains("over 900 books were lent to the prison"), "{}", seen.text());
    let form = world.press(&mo, &seen, "Use 1 in an entry").await;
    assert!(form.values()[3].starts_with("In those years over 900 books"), "{:?}", form.values());
    let seen = world.slash(&mo, "/faq quote", &[("search", json!("zebra"))]).await;
    assert!(seen.text().contains("No passage"), "{}", seen.text());
    let ann = Person::new("ann");
    for (call, options) in [("/faq quote", vec![("search", json!("books"))]), ("/faq coverage", vec![])] {
        assert!(world.slash(&ann, call, &options).await.text().contains("Only moderators"));
    }
}

#[tokio::test]
async fn what_is_missing_is_listed_and_the_dates_of_an_entry_are_shown_in_its_preview() {
    let (world, mo) = world().await;
    let path = world.path("books-lent.md");
    let text = fs::read_to_string(&path).unwrap();
    let dated = "+++\nreview_by = 2020-01-01\nvalid_from = 2020-01-02\nvalid_until = 2999-01-01\n";
    fs::write(&path, text.replacen("+++\n", dated, 1)).unwrap();
    world.slash(&mo, "/faq reload", &[]).await;
    let seen = world.slash(&mo, "/faq coverage", &[]).await;
    assert!(seen.text().contains("Review overdue (1): `books-lent`"), "{}", seen.text());
    assert!(seen.text().contains("Without a French version"), "{}", seen.text());
    let opened = edit(&world, &mo, "books-lent").await;
    let values = opened.values();
    let preview = world
        .submit(
            &mo,
            &opened.form(),
            &fields(&values, &[("question", "How many books did the prison borrow?")]),
        )
        .await;
    for line in ["Shown from 2020-01-02 on.", "Shown until 2999-01-01.", "To be reviewed by 2020-01-01."] {
        assert!(preview.text().contains(line), "{line}: {}", preview.text());
    }
}

#[tokio::test]
async fn an_entry_is_not_answered_before_its_first_day() {
    let (world, mo) = world().await;
    let path = world.path("books-lent.md");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.lines().filter(|line| !line.starts_with("asks")).collect::<Vec<_>>().join("\n");
    fs::write(&path, text.replacen("+++\n", "+++\nvalid_from = 2999-01-01\n", 1)).unwrap();
    let seen = world.slash(&mo, "/faq reload", &[]).await;
    let seen = world.press(&mo, &seen, "Apply").await;
    assert!(seen.text().contains("is in force"), "{}", seen.text());
    let seen = world.ask(&mo, "How many books were lent to the prison?").await;
    assert!(!seen.text().contains("over 900 books"), "{}", seen.text());
}

#[tokio::test]
async fn what_is_missing_is_listed_by_how_often_members_ask_for_it() {
    let world = World::with_store(|_| {}).await;
    let (mo, ann) = (Person::new("mo").with_role(), Person::new("ann"));
    let without_french = async || {
        let text = world.slash(&mo, "/faq coverage", &[]).await.text();
        text.lines().find(|line| line.starts_with("Without a French version")).unwrap().to_owned()
    };
    let before = without_french().await;
    assert!(before.ends_with(": `books-lent`, `new-place`, `opening-hours`"), "{before}");
    for _ in 0..2 {
        world.ask(&ann, "When does the library open?").await;
    }
    world.mention(&ann, "Where is the new house?").await;
    // What was asked in private is not counted.
    for _ in 0..3 {
        world.direct(&ann, "How many books were lent to the prison?").await;
    }
    let after = without_french().await;
    assert!(after.ends_with(": `opening-hours` (2), `new-place` (1), `books-lent`"), "{after}");
    let text = world.slash(&mo, "/faq coverage", &[]).await.text();
    assert!(text.contains("public answers of the last 30 days"), "{text}");
}
