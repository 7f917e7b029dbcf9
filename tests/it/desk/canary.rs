//! Canaries: a text, a name, an address and a password take every path of the press desk. No log line at any level and
//! no error may hold them.

use std::{process::Command, time::Duration};

use faqbot::{
    bot::{Ask, EnquiryFields},
    config::Tls,
    ids::InteractionId,
    store::Tuning,
};
use tracing_subscriber::EnvFilter;

use crate::{
    desk::mail::edit,
    harness::{
        desk::{World, fields, mailing, short},
        sample_faq::{member, moderator, words},
        smtp::{Authority, Fault, Protection, SmtpServer, Stage},
    },
};

const CHILD: &str = "FAQBOT_CANARY";
const CANARIES: [&str; 5] =
    ["canarytext", "canaryname", "canary@paper.example", "canary-password", "secret.example"];

fn canary(n: usize) -> EnquiryFields {
    EnquiryFields {
        name: "canaryname".into(),
        email: "canary@paper.example".into(),
        question: format!("canarytext {n}"),
        extra: "canarytext too".into(),
        ..fields()
    }
}

/// Everything that a test of this binary writes in a process of its own: a subscriber for every thread and a panic hook
/// can only be set once in a process.
fn written_by(test: &str) -> String {
    let child = Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--ignored", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let written =
        String::from_utf8_lossy(&child.stdout).into_owned() + &*String::from_utf8_lossy(&child.stderr);
    assert!(child.status.success(), "{written}");
    written
}

#[test]
fn no_canary_reaches_a_log_at_any_level() {
    let log = written_by("desk::canary::the_process_whose_log_is_read");
    for logged in ["an enquiry was stored", "somebody must act", "delivery is paused", "alerts:", "TRACE"] {
        assert!(log.contains(logged), "{logged}: the log was captured");
    }
    for canary in CANARIES {
        assert!(!log.contains(canary), "{canary} was logged or sent to the moderators");
    }
}

#[tokio::test]
#[ignore = "started by the test above"]
async fn the_process_whose_log_is_read() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("trace,serenity=warn"))
        .with_ansi(false)
        .with_writer(std::io::stderr)
        .init();

    let authority = Authority::new();
    let server = SmtpServer::start(Protection::StartTls, Some(authority.identity("localhost", false))).await;
    let ca = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(ca.path(), authority.pem()).unwrap();
    let mut config = mailing(&server);
    config.media.smtp.host = "localhost".into();
    config.media.smtp.tls = Tls::Starttls;
    config.media.smtp.ca_file = Some(ca.path().to_owned());
    config.media.smtp.user = "bot".into();
    let tuning = Tuning { patience: Duration::from_secs(5), ..Tuning::default() };
    let world = World::with(config, short(), tuning).await;

    let stages = [Stage::Greeting, Stage::Auth, Stage::Mail, Stage::Rcpt, Stage::Data, Stage::Dot];
    for (n, stage) in stages.into_iter().enumerate() {
        for fault in [Fault::Code(451), Fault::Code(550), Fault::Code(535), Fault::Drop, Fault::Hang] {
            let reply = world.submit(canary(n * 10)).await;
            server.fail(stage, fault);
            world.deliver().await;
            world.bot.handle(moderator(Ask::Enquiries)).await;
            let reference = crate::harness::desk::reference(&reply);
            if let Some(reference) = reference {
                world.status(&reference).await;
                world.store.retry(&reference).await.unwrap();
            }
            server.heal();
            world.deliver().await;
            edit(&world, "DELETE FROM admission").await;
        }
    }
    world.submit(EnquiryFields { email: "canary@paper.example, x".into(), ..canary(1) }).await;
    world.bot.handle(member(Ask::MediaStatus { reference: "canarytext".into() })).await;
    edit(&world, "CREATE TRIGGER sealed BEFORE INSERT ON enquiry BEGIN SELECT raise(ABORT, 'x'); END").await;
    assert!(words(&world.submit(canary(2)).await).contains("Not stored"));
    world.bot.handle(member(Ask::PrivacyErase)).await;

    eprintln!("alerts: {}", world.alerts());
}

#[test]
fn a_panic_is_logged_with_its_place_and_without_its_message() {
    let log = written_by("desk::canary::the_process_that_panics");
    assert!(log.contains("the program panicked at"), "{log}");
    assert!(log.contains("canary.rs:") && !log.contains("canarytext"), "{log}");
}

#[tokio::test]
#[ignore = "started by the test above"]
async fn the_process_that_panics() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    faqbot::cli::install_panic_hook();
    let typed = "canarytext".to_owned();
    assert!(tokio::spawn(async move { panic!("cannot read {typed}") }).await.is_err());
    let lost = "canarytext".parse::<u8>().map_err(|_| "canarytext");
    assert!(std::thread::spawn(move || lost.unwrap()).join().is_err());
}

#[test]
fn what_holds_a_persons_text_cannot_be_printed_by_accident() {
    let fields = canary(1);
    let ask = Ask::MediaSubmit { interaction: InteractionId::new(1), fields };
    assert_eq!(format!("{ask:?}"), "media_submit");
}
