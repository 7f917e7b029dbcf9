//! Reloads requested on Discord while people go on asking.

use std::{fs, path::Path};

use serde_json::json;

use crate::harness::{
    discord::{CHANNEL, Person, RELOADING},
    world::World,
};

/// Writes the n-th edition of two answers.
fn publish(world: &World, n: usize) {
    for (name, answer) in [
        ("why-moving.md", "Rain comes through the old roof"),
        ("new-place.md", "The new house stands at the Mill Pond"),
    ] {
        let path = world.path(name);
        let text = fs::read_to_string(&path).unwrap();
        let (front, _) = text.rsplit_once("+++\n").unwrap();
        fs::write(&path, format!("{front}+++\n{answer}, in edition {}.\n", edition(n))).unwrap();
    }
}

/// An edition's name in letters, since a number would have to appear in the announcement.
fn edition(n: usize) -> String {
    format!("{n:03}").bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

/// The editions that a text names.
fn editions(text: &str) -> Vec<String> {
    text.split("in edition ").skip(1).map(|rest| rest.chars().take(3).collect()).collect()
}

#[tokio::test]
async fn a_reload_reports_the_changes_and_the_next_answer_is_the_new_one() {
    let (world, ann, mo) = (World::start().await, Person::new("ann"), Person::new("mo").with_role());
    publish(&world, 1);
    let entry = fs::read_to_string(world.path("books-lent.md")).unwrap();
    fs::write(world.path("books-kept.md"), entry).unwrap();
    fs::remove_file(world.path("books-lent.md")).unwrap();
    let seen = world.slash(&mo, "/faq reload", &[]).await;
    assert!(seen.is_private);
    for word in
        ["Revision 2", "Added (1)", "books-kept", "Changed (2)", "why-moving", "Removed (1)", "books-lent"]
    {
        assert!(seen.text().contains(word), "{word}: {}", seen.text());
    }
    assert_eq!(editions(&world.ask(&ann, "Why is the library moving?").await.text()), [edition(1)]);
    let seen = world.slash(&mo, "/faq reload", &[]).await;
    assert!(seen.text().contains("Nothing to reload"), "{}", seen.text());
}

#[tokio::test]
async fn broken_files_change_nothing_and_are_reported_with_file_and_line() {
    let (world, ann, mo) = (World::start().await, Person::new("ann"), Person::new("mo").with_role());
    let good = fs::read(world.path("new-place.md")).unwrap();
    let broken: &[(&[u8], &str)] = &[
        (b"+++\nquestion = \"Where?\nquotes = []\n+++\nHere.\n", "new-place.md:2"),
        (b"+++\nquestion = \"Where is it?\"\nquotess = []\n+++\nHere.\n", "new-place.md:3"),
        (b"+++\nquestion = \"Where is it?\"\nquotes = [\"On the moon\"]\n+++\nHere.\n", "new-place.md:3"),
        (b"no front matter\n", "new-place.md"),
        (b"+++\nquestion = \"\xff\"\n+++\nHere.\n", "new-place.md"),
        (b"", "new-place.md"),
    ];
    for (bytes, place) in broken {
        fs::write(world.path("new-place.md"), bytes).unwrap();
        let seen = world.slash(&mo, "/faq reload", &[]).await;
        assert!(seen.is_private && seen.text().contains(place), "{place}: {}", seen.text());
        assert!(seen.text().contains("Revision 1"), "{}", seen.text());
        assert!(world.ask(&ann, "Where is the new house?").await.text().contains("Mill Pond"));
    }
    fs::write(world.path("new-place.md"), good).unwrap();
    let seen = world.slash(&mo, "/faq reload", &[]).await;
    assert!(seen.text().contains("Nothing to reload"), "{}", seen.text());
}

#[tokio::test]
async fn a_lost_folder_changes_nothing() {
    let (world, ann, mo) = (World::start().await, Person::new("ann"), Person::new("mo").with_role());
    let folder = world.path("").to_path_buf();
    fs::rename(&folder, Path::new(world.home()).join("elsewhere")).unwrap();
    let seen = world.slash(&mo, "/faq reload", &[]).await;
    assert!(seen.text().contains("Revision 1 stays in force"), "{}", seen.text());
    assert!(world.ask(&ann, "Where is the new house?").await.text().contains("Mill Pond"));
}

#[tokio::test]
async fn every_answer_while_files_change_comes_from_one_edition_and_none_is_lost() {
    let (world, mo) = (World::start().await, Person::new("mo").with_role());
    const RELOADS: usize = 8;
    publish(&world, 0);
    world.slash(&mo, "/faq reload", &[]).await;
    let question = "Why is the library moving? Where is the new house?";
    let (mut asked, mut last) = (Vec::new(), String::new());
    for n in 1..=RELOADS {
        publish(&world, n);
        let reload = world.call(CHANNEL, &mo, "/faq reload", &[]);
        // Questions all the time until the reload is over, and a few in flight when it is.
        loop {
            let person = Person::new(&format!("asker {}", asked.len()));
            asked.push(world.call(CHANNEL, &person, "/ask", &[("question", json!(question))]));
            let next = asked.last().unwrap().clone();
            let is_over = world.discord.with(|state| state.interactions[&reload].result().is_some());
            if is_over {
                break;
            }
            world.seen(&next).await;
        }
        let seen = world.seen(&reload).await;
        assert!(seen.text().contains("is in force"), "{}", seen.text());
        // Whoever asks after the moderator's reply gets the new edition.
        let seen = world.ask(&mo, question).await;
        last = edition(n);
        assert!(editions(&seen.text()).iter().all(|edition| *edition == last), "{}", seen.text());
    }
    for token in &asked {
        let seen = world.seen(token).await;
        let mut named = editions(&seen.text());
        assert!(!named.is_empty(), "{}", seen.text());
        named.dedup();
        assert_eq!(named.len(), 1, "two editions in one answer: {}", seen.text());
        assert!(named[0] <= last);
    }
    assert!(asked.len() >= RELOADS);
}

#[tokio::test]
async fn two_moderators_who_reload_at_once_get_one_reload() {
    let (world, mo, mia) =
        (World::start().await, Person::new("mo").with_role(), Person::new("mia").managing());
    publish(&world, 1);
    let tokens =
        [world.call(CHANNEL, &mo, "/faq reload", &[]), world.call(CHANNEL, &mia, "/faq reload", &[])];
    for token in &tokens {
        let text = world.seen(token).await.text();
        assert!(text.contains("Revision 2"), "{text}");
    }
}

#[tokio::test]
async fn a_reload_that_takes_longer_shows_what_it_is_doing() {
    let world = World::without_bot(|_| {}).await;
    // The first pass is the first load; the reload stops at the second for good.
    let _program = world.with_failpoint("park:reload.training:2").await;
    publish(&world, 1);
    let token = world.call(CHANNEL, &Person::new("mo").with_role(), "/faq reload", &[]);
    let seen = world.discord.until("a step is shown", |state| state.interactions[&token].seen.clone()).await;
    assert!(seen.is_private && seen.was_deferred);
    assert_eq!(seen.title(), RELOADING);
    assert!(seen.text().contains("is being"), "{}", seen.text());
    let seen = world.ask(&Person::new("ann"), "Why is the library moving?").await;
    assert_eq!(editions(&seen.text()), Vec::<String>::new(), "{}", seen.text());
}
