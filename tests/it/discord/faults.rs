//! Discord's HTTP API at its worst: limits, failures, silence.

use crate::harness::{
    discord::{BOT, CHANNEL, Fault, Person, Route},
    world::World,
};

#[tokio::test]
async fn a_request_that_is_never_answered_holds_up_nobody_else() {
    let (world, ann, ben) = (World::start().await, Person::new("ann"), Person::new("ben"));
    world.discord.fail(Fault::hang(Route::Callback));
    world.discord.fail(Fault::hang(Route::Message));
    let lost = world.call(CHANNEL, &ann, "/help", &[]);
    world.say(CHANNEL, &ann, &format!("<@{BOT}> where do you move to?"), None);
    world
        .discord
        .until("both hang", |state| {
            (state
                .records
                .iter()
                .filter(|record| record.status.is_none() && !matches!(record.route, Route::Gateway))
                .count()
                >= 2)
                .then_some(())
        })
        .await;
    assert!(world.ask(&ben, "where do you move to?").await.text().contains("Mill Pond"));
    assert!(world.direct(&ben, "where do you move to?").await.text().contains("Mill Pond"));
    assert!(world.discord.with(|state| state.interactions[&lost].seen.is_none()));
}

#[tokio::test]
async fn a_message_waits_for_a_limit_to_end_and_is_sent_once() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    for scope in ["user", "shared", "global"] {
        world.discord.fail(Fault::limit(Route::Message, 0.3, scope));
        assert!(world.mention(&ann, "where do you move to?").await.text().contains("Mill Pond"), "{scope}");
    }
    world.stop_bot().await;
    let statuses: Vec<_> =
        world.discord.requests(Route::Message).iter().map(|record| record.status).collect();
    assert_eq!(statuses, [Some(429), Some(200), Some(429), Some(200), Some(429), Some(200)]);
}

#[tokio::test]
async fn an_interaction_is_answered_although_its_first_answer_was_limited_or_failed() {
    let (world, ann) = (World::start().await, Person::new("ann"));
    for fault in [
        Fault::limit(Route::Callback, 0.2, "user"),
        Fault::garbled(Route::Callback, 502),
        Fault::garbled(Route::Callback, 503),
    ] {
        world.discord.fail(fault);
        assert!(world.ask(&ann, "where do you move to?").await.text().contains("Mill Pond"));
    }
}

#[tokio::test]
async fn a_message_whose_response_was_lost_is_not_shown_twice() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    world.discord.fail(Fault::lose(Route::Message));
    let message = world.say(CHANNEL, &ann, &format!("<@{BOT}> where do you move to?"), None);
    world.answer(message).await;
    world.stop_bot().await;
    assert_eq!(world.discord.requests(Route::Message).len(), 2, "it tried again");
    assert_eq!(world.discord.with(|state| state.answers(message)).len(), 1, "Discord knew it by its nonce");
}

#[tokio::test]
async fn an_answer_that_came_too_late_is_not_retried() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    world.discord.fail(Fault::refuse(Route::Callback, 404, 10062));
    world.call(CHANNEL, &ann, "/help", &[]);
    world
        .discord
        .until("it was refused", |state| {
            state
                .records
                .iter()
                .find(|record| record.route == Route::Callback && record.status.is_some())
                .map(|_| ())
        })
        .await;
    assert!(world.ask(&ann, "where do you move to?").await.text().contains("Mill Pond"));
    world.stop_bot().await;
    assert_eq!(world.discord.requests(Route::Callback).len(), 2, "it was not tried again");
}

#[tokio::test]
async fn a_token_that_is_refused_later_stops_the_bot_with_78() {
    let (mut world, ann) = (World::start().await, Person::new("ann"));
    world.discord.fail(Fault::refuse(Route::Message, 401, 0));
    world.say(CHANNEL, &ann, &format!("<@{BOT}> where do you move to?"), None);
    let end = world.bot_exit().await;
    assert_eq!(end.code, 78, "{}", end.said);
    let after = world.discord.records().into_iter().skip_while(|record| record.status != Some(401)).count();
    assert_eq!(after, 1, "nothing is sent with a token that was refused");
}

#[tokio::test]
async fn a_long_answer_is_deferred_first_and_sent_after() {
    let (world, mo) = (World::start().await, Person::new("mo").with_role());
    // Among so many entries of the same words the tests of the few real ones need not hold.
    for name in ["why-moving", "new-place", "books-lent", "opening-hours"]
        .map(String::from)
        .into_iter()
        .chain(["media", "need", "greeting", "chatter", "off-topic"].map(|route| format!("_routes/{route}")))
    {
        let path = world.path(&format!("{name}.md"));
        let text = std::fs::read_to_string(&path).unwrap();
        let is_test = |line: &&str| line.starts_with("asks = ") || line.starts_with("not = ");
        let kept: Vec<&str> = text.lines().filter(|line| !is_test(line)).collect();
        std::fs::write(path, kept.join("\n") + "\n").unwrap();
    }
    // How large a FAQ takes more than a second to build depends on the machine.
    let (mut before, mut number) = (0, 50);
    let seen = loop {
        (before..number).for_each(|n| write_entry(&world, n));
        let seen = world.slash(&mo, "/faq reload", &[]).await;
        assert!(seen.text().contains(&format!("Added ({})", number - before)), "{}", seen.text());
        if seen.was_deferred || number >= 1600 {
            break seen;
        }
        (before, number) = (number, number * 2);
    };
    assert!(seen.was_deferred && seen.is_private, "{seen:?}");
    let deferred = world.discord.requests(Route::Callback).pop().unwrap();
    assert_eq!(
        (deferred.body["type"].as_u64(), deferred.body["data"]["flags"].as_u64()),
        (Some(5), Some(64))
    );
}

/// The n-th of many entries.
fn write_entry(world: &World, n: usize) {
    let name: String = format!("{n:04}").bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
    let ways = ["when is", "who has", "what about", "how about", "tell me of", "why"];
    let wordings = ways.map(|way| format!("\"{way} {name}\"")).join(", ");
    let front =
        format!("question = \"Where is {name}?\"\nkind = \"not_covered\"\n[also_asked]\nen = [{wordings}]");
    let text = format!("+++\n{front}\n+++\nThe announcement does not say where {name} is.\n");
    std::fs::write(world.path(&format!("{name}.md")), text).unwrap();
}
