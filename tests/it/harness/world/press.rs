//! A bot with a press desk, whose enquiries go to a mail server, and journalists who fill in its form.

use faqbot::{
    config::{Config, Tls, Transport},
    store::Tuning,
};

use super::World;
use crate::harness::{discord::Person, smtp::SmtpServer};

/// A guard against asking forever, far beyond what anything takes.
const MOST_ASKED: usize = 20_000;

/// The settings for a mail server on a local port, with limits that no test reaches.
pub(crate) fn mailing(config: &mut Config, port: u16) {
    config.media.from = "faqbot@library.example".into();
    config.media.transport = Some(Transport::Smtp);
    config.media.smtp.host = "127.0.0.1".into();
    config.media.smtp.port = port;
    config.media.smtp.tls = Tls::None;
    config.limits.minutes_between_enquiries = 0;
    config.limits.enquiries_per_day = 1000;
    config.limits.enquiries_per_guild_hour = 1000;
    config.limits.enquiries_total_day = 1000;
}

/// A valid form.
pub(crate) fn form(question: &str) -> [(&str, &str); 5] {
    [
        ("name", "Ann Example, Daily Example"),
        ("email", "ann@paper.example"),
        ("deadline", "Friday 5pm UTC"),
        ("question", question),
        ("extra", ""),
    ]
}

/// The reference in a reply.
pub(crate) fn reference(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
    words.into_iter().find(|word| word.starts_with("M-")).map(str::to_owned)
}

impl World {
    /// From the next start the bot has a database and a press desk; enquiries go where the settings say.
    pub(crate) fn open_press(&mut self, tuning: Tuning) {
        self.press = Some(tuning);
    }

    /// Starts a bot with a press desk.
    pub(crate) async fn with_press(server: &SmtpServer, tuning: Tuning) -> World {
        let mut world = World::without_bot(|config| mailing(config, server.port)).await;
        world.press = Some(tuning);
        world.start_bot().await;
        world
    }

    /// A journalist opens the form from the contact card and sends it; returns the reference.
    pub(crate) async fn enquire(&self, by: &Person, question: &str) -> String {
        let card = self.slash(by, "/media", &[]).await;
        assert!(card.text().contains("press@library.example"), "{}", card.text());
        let opened = self.press(by, &card, "Write to the media team").await;
        let saved = self.submit(by, &opened.form(), &form(question)).await.text();
        assert!(saved.contains("Saved."), "{saved}");
        reference(&saved).unwrap()
    }

    /// A person asks for the state of an enquiry; returns the answer.
    pub(crate) async fn status(&self, by: &Person, reference: &str) -> String {
        self.slash(by, "/media", &[("status", reference.into())]).await.text()
    }

    /// Asks for the state of an enquiry until it is `state`.
    pub(crate) async fn until_status(&self, by: &Person, reference: &str, state: &str) {
        let mut answer = String::new();
        for _ in 0..MOST_ASKED {
            answer = self.status(by, reference).await;
            if answer.contains(state) {
                return;
            }
        }
        panic!("asked in vain until {reference} is {state}; the last answer: {answer}");
    }
}
