//! SMTP conversations that fail in every way we know: what the sender reads, what is kept, who is alerted.

use faqbot::{
    bot::Ask,
    config::{Config, Tls},
    store::Tuning,
};

use crate::harness::{
    desk::{World, mailing, short},
    sample_faq::{member, moderator, words},
    smtp::{Authority, Fault, Protection, SmtpServer, Stage},
};

/// The stages at which a 550 is about the recipient or the message.
const ABOUT_THE_MESSAGE: [Stage; 3] = [Stage::Rcpt, Stage::Data, Stage::Dot];

/// Asserts that nothing but the reference and a code reached the moderators.
fn holds_nothing_personal(shown: &str) {
    for personal in ["secret", "Ann", "paper.example", "scoop"] {
        assert!(!shown.contains(personal), "{personal} in {shown}");
    }
}

#[tokio::test]
async fn a_4xx_at_any_stage_means_later_and_the_same_bytes_go_out_at_last() {
    for stage in [Stage::Greeting, Stage::Ehlo, Stage::Mail, Stage::Rcpt, Stage::Data, Stage::Dot] {
        let server = SmtpServer::plain().await;
        let world = World::new(mailing(&server)).await;
        let reference = world.enquire("A scoop").await;
        server.fail(stage, Fault::Code(451));
        world.deliver().await;
        assert!(world.status(&reference).await.contains("delayed"), "{stage:?}");
        assert!(world.alerts().is_empty(), "{stage:?}");
        // It is not due again before its delay is over.
        let before = server.connections();
        world.deliver().await;
        assert_eq!(server.connections(), before, "{stage:?}");
        server.heal();
        world.retry(&reference).await;
        assert!(world.status(&reference).await.contains("handed to the mail server"), "{stage:?}");
        assert_eq!(server.accepted().len(), 1, "{stage:?}");
    }
}

#[tokio::test]
async fn a_5xx_about_the_message_means_dead_at_once_and_an_alert_without_text_or_address() {
    for stage in ABOUT_THE_MESSAGE {
        let server = SmtpServer::plain().await;
        let world = World::new(mailing(&server)).await;
        let reference = world.enquire("A scoop").await;
        world.bot.handle(member(Ask::MediaNotify { reference: reference.to_string() })).await;
        server.fail(stage, Fault::Code(550));
        world.deliver().await;
        assert!(world.status(&reference).await.contains("not deliverable"), "{stage:?}");
        let shown = world.alerts();
        assert!(shown.contains(reference.as_str()) && shown.contains("550"), "{shown}");
        holds_nothing_personal(&shown);
        let dms = world.notices.dms.lock().unwrap().clone();
        assert!(dms.len() == 1 && dms[0].1.contains("could not be delivered"), "{dms:?}");
        // A moderator retries it: the same message is delivered.
        server.heal();
        world.retry(&reference).await;
        assert_eq!(server.accepted().len(), 1);
    }
}

#[tokio::test]
async fn a_refusal_of_our_login_or_settings_pauses_the_queue_and_alerts_once() {
    let cases = [
        (Stage::Greeting, "554 no"),
        (Stage::Ehlo, "502 no"),
        (Stage::Ehlo, "504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname"),
        (Stage::Auth, "535 no"),
        (Stage::Auth, "534 no"),
        (Stage::Mail, "530 no"),
        (Stage::Mail, "550 no"),
        (Stage::Mail, "553 5.7.1 Sender address rejected: not owned by user bot"),
        (Stage::Rcpt, "530 no"),
        (Stage::Rcpt, "553 5.7.1 <faqbot@library.example>: Sender address rejected: not owned by user bot"),
        (Stage::Rcpt, "554 5.7.1 <press@library.example>: Relay access denied"),
        (Stage::Rcpt, "554 relay denied"),
        (Stage::Dot, "550 5.7.60 Client does not have permissions to send as this sender"),
    ];
    for (stage, line) in cases {
        let authority = Authority::new();
        let server =
            SmtpServer::start(Protection::StartTls, Some(authority.identity("localhost", false))).await;
        let mut config = encrypted(&server, &authority, Tls::Starttls);
        config.media.smtp.user = "bot".into();
        let world = World::new(config).await;
        let (first, second) = (world.enquire("one").await, world.enquire("two").await);
        server.fail(stage, Fault::Reply(line));
        world.deliver().await;
        world.deliver().await;
        assert_eq!(server.connections(), 1, "one enquiry was tried, the others wait ({stage:?} {line})");
        for reference in [&first, &second] {
            let status = world.status(reference).await;
            assert!(status.contains("delayed") || status.contains("saved"), "{status}");
        }
        let shown = world.alerts();
        assert!(
            shown.contains("all enquiries wait") && shown.contains(line.split(' ').next().unwrap()),
            "{shown}"
        );
        assert_eq!(shown.lines().count(), 1);
        let list = words(&world.bot.handle(moderator(Ask::Enquiries)).await);
        assert!(list.contains("Delivery is paused"), "{list}");
        server.heal();
        world.retry(&second).await;
        assert_eq!(server.accepted().len(), 2, "once one is through, the others follow");
    }
}

#[tokio::test]
async fn a_refused_connection_and_a_dropped_one_mean_later() {
    for stage in [Stage::Greeting, Stage::Ehlo, Stage::Mail, Stage::Rcpt, Stage::Data] {
        let server = SmtpServer::plain().await;
        let world = World::new(mailing(&server)).await;
        let reference = world.enquire("A scoop").await;
        server.fail(stage, Fault::Drop);
        world.deliver().await;
        assert!(world.status(&reference).await.contains("delayed"), "{stage:?}");
    }
    let server = SmtpServer::plain().await;
    let mut config = mailing(&server);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    config.media.smtp.port = closed.local_addr().unwrap().port();
    drop(closed);
    let world = World::new(config).await;
    let reference = world.enquire("A scoop").await;
    world.deliver().await;
    assert!(world.status(&reference).await.contains("delayed"));
}

#[tokio::test]
async fn a_connection_lost_after_the_final_dot_is_in_doubt_and_the_same_bytes_go_again() {
    let server = SmtpServer::plain().await;
    let world = World::new(mailing(&server)).await;
    let reference = world.enquire("A scoop").await;
    server.fail(Stage::Dot, Fault::Drop);
    world.deliver().await;
    let list = words(&world.bot.handle(moderator(Ask::Enquiries)).await);
    assert!(list.contains("in doubt"), "{list}");
    server.heal();
    world.retry(&reference).await;
    let mailed = server.mailed();
    assert_eq!(mailed.len(), 2);
    assert_eq!(mailed[0].bytes, mailed[1].bytes);
    assert!(mailed[0].header("Message-ID").is_some());
}

#[tokio::test]
async fn a_server_that_hangs_at_any_stage_runs_into_a_time_out() {
    for stage in [Stage::Greeting, Stage::Ehlo, Stage::Mail, Stage::Rcpt, Stage::Data, Stage::Dot] {
        let server = SmtpServer::plain().await;
        let world = World::with(mailing(&server), short(), Tuning::default()).await;
        let reference = world.enquire("A scoop").await;
        server.fail(stage, Fault::Hang);
        world.deliver().await;
        assert!(world.status(&reference).await.contains("delayed"), "{stage:?}");
        let list = words(&world.bot.handle(moderator(Ask::Enquiries)).await);
        assert!(list.contains("time-out"), "{stage:?}: {list}");
    }
}

/// Settings for `server` with TLS and the test's certificate authority.
pub(crate) fn encrypted(server: &SmtpServer, authority: &Authority, tls: Tls) -> Config {
    let mut config = mailing(server);
    config.media.smtp.host = "localhost".into();
    config.media.smtp.tls = tls;
    let path =
        std::env::temp_dir().join(format!("faqbot-test-ca-{}-{}.pem", std::process::id(), server.port));
    std::fs::write(&path, authority.pem()).unwrap();
    config.media.smtp.ca_file = Some(path);
    config
}

#[tokio::test]
async fn both_kinds_of_tls_work_with_a_private_authority_and_a_password() {
    for (protection, tls) in [(Protection::StartTls, Tls::Starttls), (Protection::Wrapper, Tls::Wrapper)] {
        let authority = Authority::new();
        let server = SmtpServer::start(protection, Some(authority.identity("localhost", false))).await;
        let mut config = encrypted(&server, &authority, tls);
        config.media.smtp.user = "bot".into();
        let world = World::new(config).await;
        let reference = world.enquire("A scoop").await;
        world.deliver().await;
        let list = words(&world.bot.handle(moderator(Ask::Enquiries)).await);
        assert!(world.status(&reference).await.contains("handed to the mail server"), "{tls:?}: {list}");
        assert!(server.received().contains("AUTH PLAIN"));
    }
}

#[tokio::test]
async fn a_bad_certificate_or_none_at_all_means_that_nothing_is_sent() {
    let (ours, foreign) = (Authority::new(), Authority::new());
    let cases = [
        ("foreign authority", Protection::StartTls, Some(foreign.identity("localhost", false))),
        ("wrong host", Protection::StartTls, Some(ours.identity("other.example", false))),
        ("expired", Protection::StartTls, Some(ours.identity("localhost", true))),
        ("expired, TLS from the first byte", Protection::Wrapper, Some(ours.identity("localhost", true))),
        ("STARTTLS stripped", Protection::Plain, None),
    ];
    for (name, protection, identity) in cases {
        let server = SmtpServer::start(protection, identity).await;
        let tls = if protection == Protection::Wrapper { Tls::Wrapper } else { Tls::Starttls };
        let mut config = encrypted(&server, &ours, tls);
        config.media.smtp.user = "bot".into();
        let world = World::new(config).await;
        let reference = world.enquire("A scoop").await;
        world.deliver().await;
        assert!(world.status(&reference).await.contains("delayed"), "{name}");
        let received = server.received();
        for secret in ["AUTH PLAIN", "MAIL FROM", "scoop", "canary-password"] {
            assert!(!received.contains(secret), "{name}: {secret}");
        }
        assert!(server.mailed().is_empty(), "{name}");
    }
}

#[tokio::test]
async fn without_tls_mail_goes_to_loopback_only() {
    let server = SmtpServer::plain().await;
    let mut config = mailing(&server);
    // An address for documentation. No packet is ever sent there, because it is refused before.
    config.media.smtp.host = "192.0.2.1".into();
    let world = World::new(config).await;
    world.enquire("A scoop").await;
    world.deliver().await;
    assert!(world.alerts().contains("all enquiries wait"));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn after_five_days_of_trying_it_is_given_up_and_the_moderators_are_alerted() {
    let server = SmtpServer::plain().await;
    let world = World::new(mailing(&server)).await;
    let reference = world.enquire("A scoop").await;
    server.fail(Stage::Greeting, Fault::Code(421));
    edit(&world, "UPDATE enquiry SET give_up_at = unixepoch() - 1").await;
    world.deliver().await;
    assert!(world.status(&reference).await.contains("not deliverable"));
    assert!(world.alerts().contains(reference.as_str()));
}

#[tokio::test]
async fn a_jump_of_the_clock_sends_nothing_twice_and_holds_nothing_up() {
    let server = SmtpServer::plain().await;
    let world = World::new(mailing(&server)).await;
    let reference = world.enquire("A scoop").await;
    // After a jump back the lease of a dead process ends in the future; a start releases it.
    edit(&world, "UPDATE enquiry SET lease_until = unixepoch() + 3600").await;
    world.deliver().await;
    assert!(server.accepted().is_empty(), "a lease of another process is respected");
    world.store.release_leases().await.unwrap();
    world.retry(&reference).await;
    assert_eq!(server.accepted().len(), 1);
    // A settled enquiry is not sent again, whatever its times are.
    edit(&world, "UPDATE enquiry SET next_at = 0, lease_until = NULL, created_at = created_at + 3600").await;
    world.deliver().await;
    assert_eq!(server.accepted().len(), 1);
}

/// Changes the database from outside, as a clock or a disaster would.
pub(crate) async fn edit(world: &World, sql: &'static str) {
    use sqlx::{ConnectOptions, Connection};
    let mut connection =
        sqlx::sqlite::SqliteConnectOptions::new().filename(world.database()).connect().await.unwrap();
    sqlx::query(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
