//! Notices to people who cannot be reached: they are dropped or postponed and never hold up those to others.

use faqbot::bot::Ask;

use crate::{
    desk::mail::edit,
    harness::{
        desk::{World, mailing},
        sample_faq::member,
        smtp::SmtpServer,
    },
};

/// Notices to sixty people, older than any other: more than are read at a time.
const SIXTY_NOTICES: &str =
    "WITH RECURSIVE person (id) AS (VALUES (1001) UNION ALL SELECT id + 1 FROM person LIMIT 60)
    INSERT INTO notice (kind, user_id, lang, reference, detail, created_at)
    SELECT 'sent', id, 'en', 'M-22222', 'smtp', unixepoch() FROM person";

async fn world_with_sixty_notices() -> (SmtpServer, World) {
    let server = SmtpServer::plain().await;
    let world = World::new(mailing(&server)).await;
    edit(&world, SIXTY_NOTICES).await;
    let reference = world.enquire("one").await;
    world.bot.handle(member(Ask::MediaNotify { reference: reference.to_string() })).await;
    (server, world)
}

#[tokio::test]
async fn messages_that_fail_never_starve_newer_ones_and_are_not_repeated_at_once() {
    let (_server, world) = world_with_sixty_notices().await;
    world.notices.failing.lock().unwrap().extend(1001..=1060);
    world.deliver().await;
    let sent = world.notices.dms.lock().unwrap().clone();
    assert!(sent.iter().any(|(user, _)| *user == 7), "the newest notice is sent too");
    assert_eq!(sent.len(), 61, "each person is tried once");
    world.deliver().await;
    assert_eq!(world.notices.dms.lock().unwrap().len(), 61, "none is due again yet");
    // They are due in a while, and a clock that was set back does not postpone them for long.
    edit(&world, "UPDATE notice SET next_at = next_at - 7200").await;
    world.notices.failing.lock().unwrap().clear();
    edit(&world, "UPDATE notice SET next_at = unixepoch() + 86400 WHERE user_id = 1001").await;
    world.deliver().await;
    assert_eq!(world.notices.dms.lock().unwrap().len(), 121);
    assert!(world.store.pending_notices().await.unwrap().is_empty());
}

#[tokio::test]
async fn people_who_accept_no_messages_are_tried_once_and_never_again() {
    let (_server, world) = world_with_sixty_notices().await;
    world.notices.closed.lock().unwrap().extend(1001..=1060);
    world.deliver().await;
    edit(&world, "UPDATE notice SET next_at = 0").await;
    world.deliver().await;
    assert_eq!(world.notices.dms.lock().unwrap().len(), 61);
}
