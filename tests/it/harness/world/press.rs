//! A press desk in the world: a bot whose enquiries go to a mail server, and journalists who fill in its form.

use faqbot::{
    config::{Config, Tls, Transport},
    store::Tuning,
};

use super::World;
use crate::harness::{discord::Person, smtp::SmtpServer};

/// A guard against asking for ever, far beyond what anything takes.
const MOST_ASKED: usize = 20_000;

/// The settings for a mail server on a port of this machine, under limits that do not get in the way.
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

/// A form that nothing is wrong with.
pub(crate) fn form(question: &str) -> [(&str, &str); 5] {
    [
        ("name", "Ann Example, Daily Example"),
        ("email", "ann@paper.example"),
        ("deadline", "Friday 5pm UTC"),
        ("question", question),
        ("extra", ""),
    ]
}

/// The reference that a person reads.
pub(crate) fn reference(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
    words.into_iter().find(|word| word.starts_with("M-")).map(str::to_owned)
}

impl World {
    /// A world with a press desk.
    pub(crate) async fn with_press(server: &SmtpServer, tuning: Tuning) -> World {
        let mut world = World::without_bot(|config| mailing(config, server.port)).await;
        world.press = Some(tuning);
        world.start_bot().await;
        world
    }

    /// A journalist opens the form from the contact card and sends it; the reference that the journalist reads.
    pub(crate) async fn enquire(&self, by: &Person, question: &str) -> String {
        let card = self.slash(by, "/media", &[]).await;
        assert!(card.text().contains("press@library.example"), "{}", card.text());
        let opened = self.press(by, &card, "Write to the media team").await;
        let saved = self.submit(by, &opened.form(), &form(question)).await.text();
        assert!(saved.contains("Saved."), "{saved}");
        reference(&saved).unwrap()
    }

    /// What a person reads who asks after an enquiry.
    pub(crate) async fn status(&self, by: &Person, reference: &str) -> String {
        self.slash(by, "/media", &[("status", reference.into())]).await.text()
    }

    /// Asks after an enquiry until it is in that state.
    pub(crate) async fn until_status(&self, by: &Person, reference: &str, state: &str) {
        let mut told = String::new();
        for _ in 0..MOST_ASKED {
            told = self.status(by, reference).await;
            if told.contains(state) {
                return;
            }
        }
        panic!("asked in vain until {reference} is {state}; the last answer: {told}");
    }
}
