//! Canaries: a text, a name, an address and a password go through every path of the desk, and no log line at any level
//! and no error holds them.

use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use faqbot::{
    bot::{Ask, request::EnquiryFields},
    config::Tls,
    store::Tuning,
};
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

use crate::{
    desk_mail::edit,
    desk_world::{World, fields, mailing, short},
    library::{member, moderator, words},
    smtp_server::{Authority, Fault, Protection, SmtpServer, Stage},
};

const CANARIES: [&str; 5] =
    ["canarytext", "canaryname", "canary@paper.example", "canary-password", "secret.example"];

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;
    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

fn canary(n: usize) -> EnquiryFields {
    EnquiryFields {
        name: "canaryname".into(),
        email: "canary@paper.example".into(),
        question: format!("canarytext {n}"),
        extra: "canarytext too".into(),
        ..fields()
    }
}

#[tokio::test]
async fn no_canary_reaches_a_log_at_any_level() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("trace,serenity=warn"))
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

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
            let reference = crate::desk_world::reference(&reply);
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

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("an enquiry was stored") && log.contains("TRACE"), "the log was listened to");
    let told = world.moderators_heard();
    for canary in CANARIES {
        assert!(!log.contains(canary), "{canary} was logged");
        assert!(!told.contains(canary), "{canary} was told to moderators");
    }
}

#[test]
fn what_holds_a_persons_text_cannot_be_printed_by_accident() {
    let fields = canary(1);
    let ask = Ask::MediaSubmit { interaction: 1, fields };
    assert_eq!(format!("{ask:?}"), "media_submit");
}
