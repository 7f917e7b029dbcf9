//! From an enquiry to a delivered mail: composing the bytes, the two transports, and the loop that retries.
//!
//! Does not know what an enquiry says (`bot/press_desk.rs` and `text/media.rs`) nor how it is stored (`store.rs`). The
//! only part that names the mail library. `mail/delivery.rs` holds the loop.

mod alerts;
pub(crate) mod clean;
pub(crate) mod compose;
mod delivery;
mod folder;
mod notice_sender;
mod notices;
mod problem;
mod schedule;
mod signal;
mod smtp;

use std::path::Path;

use secrecy::SecretString;

pub use clean::{line as clean_line, lines as clean_lines};
pub use compose::{Letter, compose};
pub use delivery::{Delivery, DeliveryOptions};
pub use folder::Folder;
pub use notice_sender::{LogOnly, NoticeSender, NotifyOutcome};
pub(crate) use problem::DeliveryError;
pub use problem::{Phase, Problem};
pub use signal::DeliverySignal;
pub use smtp::{Smtp, Timeouts};

use crate::{
    config::{Media, Tls, Transport as TransportKind},
    email,
    store::Claim,
};

/// How enquiries are delivered.
pub enum Transport {
    /// To a mail server.
    Smtp(Smtp),
    /// As files in a folder, when no mail server is set.
    Folder(Folder),
}

/// Why the settings give no transport.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// `media.from` is not an address.
    #[error("media.from is not one valid e-mail address")]
    From,
    /// `media.transport = "smtp"` without a server.
    #[error("media.transport is \"smtp\" but media.smtp.host is empty")]
    NoHost,
    /// A user name without a password.
    #[error("media.smtp.user is set but there is no SMTP password: set SMTP_PASSWORD or SMTP_PASSWORD_FILE")]
    NoPassword,
    /// The file of certificate authorities cannot be used.
    #[error("media.smtp.ca_file {path} cannot be used: {reason}")]
    CaFile {
        /// The path of the file.
        path: String,
        /// The cause.
        reason: String,
    },
    /// The TLS library rejects the settings.
    #[error("the TLS settings for the mail server cannot be used")]
    Tls,
}

impl Transport {
    /// The transport of the settings: by default `smtp` if a server is set, else `folder`.
    pub fn from_settings(media: &Media, password: Option<SecretString>) -> Result<Transport, SetupError> {
        Transport::with_timeouts(media, password, Timeouts::default())
    }

    /// Like [`Transport::from_settings`], with other time-outs.
    pub fn with_timeouts(
        media: &Media,
        password: Option<SecretString>,
        timeouts: Timeouts,
    ) -> Result<Transport, SetupError> {
        let from = email::sender(&media.from).ok_or(SetupError::From)?;
        let default = if media.smtp.host.is_empty() { TransportKind::Folder } else { TransportKind::Smtp };
        match media.transport.unwrap_or(default) {
            TransportKind::Folder => Ok(Transport::Folder(Folder::new(&media.folder, timeouts.session))),
            TransportKind::Smtp if media.smtp.host.is_empty() => Err(SetupError::NoHost),
            TransportKind::Smtp => {
                Ok(Transport::Smtp(Smtp::new(&media.smtp, from.email.domain(), password, timeouts)?))
            }
        }
    }

    /// Its name in the database.
    fn via(&self) -> &'static str {
        match self {
            Transport::Smtp(_) => "smtp",
            Transport::Folder(_) => "folder",
        }
    }

    /// The folder, if enquiries are only written there.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Transport::Smtp(_) => None,
            Transport::Folder(folder) => Some(folder.path()),
        }
    }

    /// A line for the log that says where enquiries go.
    fn describe(&self) -> String {
        match self {
            Transport::Smtp(smtp) => {
                let protection = match smtp.tls() {
                    Tls::Starttls => "STARTTLS required",
                    Tls::Wrapper => "TLS",
                    Tls::None => "no TLS, only for loopback",
                };
                format!("enquiries go to the mail server {} ({protection})", smtp.server())
            }
            Transport::Folder(folder) => format!(
                "no mail server is set: enquiries are written to {} and nobody receives a mail",
                folder.path().display()
            ),
        }
    }

    /// Connects to the mail server and logs in without sending anything.
    pub(crate) async fn probe(&self) -> Result<(), Problem> {
        match self {
            Transport::Smtp(smtp) => smtp.probe().await,
            Transport::Folder(_) => Ok(()),
        }
    }

    /// Delivers one enquiry, once.
    async fn deliver(&self, claim: &Claim) -> Result<(), DeliveryError> {
        match self {
            Transport::Smtp(smtp) => smtp.deliver(&claim.message).await,
            Transport::Folder(folder) => folder.deliver(claim).await,
        }
    }
}

/// A moment in seconds since 1970 as `2026-11-30 14:05 UTC`. It names the zone, because senders are in any zone.
pub(crate) fn utc_time(seconds: i64) -> String {
    let moment = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    format!("{} UTC", moment.strftime("%Y-%m-%d %H:%M"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_moment_is_shown_with_its_date_and_its_zone() {
        assert_eq!(super::utc_time(1_796_047_500), "2026-11-30 14:05 UTC");
        assert_eq!(super::utc_time(0), "1970-01-01 00:00 UTC");
    }
}
