//! From an enquiry to a delivered mail: composing the bytes, the ways out, and the loop that does not give up.
//!
//! Does not know what an enquiry says (`bot/desk.rs` and `text/media.rs`) nor how it is stored (`store.rs`). The only
//! place that names the mail library. Begin with `mail/delivery.rs`, the loop.

pub mod clean;
pub mod compose;
mod delivery;
mod doorbell;
mod folder;
mod notices;
mod notifier;
mod problem;
mod schedule;
mod smtp;

use std::path::Path;

use secrecy::SecretString;

pub use delivery::{Delivery, Pace};
pub use doorbell::Doorbell;
pub use folder::Folder;
pub(crate) use folder::write as keep;
pub use notifier::{LogOnly, Notifier, Told};
pub use problem::{Failure, Phase, Problem};
pub use smtp::{Smtp, Timeouts};

use crate::{
    config::{Media, Tls, Transport as Way},
    email,
    store::Claim,
};

/// How enquiries go out.
pub enum Transport {
    /// To a mail server.
    Smtp(Smtp),
    /// As files into a folder, where no mail server is set.
    Folder(Folder),
}

/// Why the settings give no way out.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// `media.from` is no address.
    #[error("media.from is not one valid e-mail address")]
    From,
    /// `media.transport = "smtp"` without a server.
    #[error("media.transport is \"smtp\" but media.smtp.host is empty")]
    NoHost,
    /// A user name without a password.
    #[error("media.smtp.user is set but there is no SMTP password: set SMTP_PASSWORD or SMTP_PASSWORD_FILE")]
    NoPassword,
    /// The file of certificate authorities is unusable.
    #[error("media.smtp.ca_file {path} cannot be used: {reason}")]
    CaFile {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// The TLS library refuses the settings.
    #[error("the TLS settings for the mail server cannot be used")]
    Tls,
}

impl Transport {
    /// The way out that the settings name: `smtp` where a server is set and `folder` where none is.
    pub fn from_settings(media: &Media, password: Option<SecretString>) -> Result<Transport, SetupError> {
        Transport::with_timeouts(media, password, Timeouts::default())
    }

    /// As [`Transport::from_settings`], with other time-outs.
    pub fn with_timeouts(
        media: &Media,
        password: Option<SecretString>,
        timeouts: Timeouts,
    ) -> Result<Transport, SetupError> {
        let from = email::sender(&media.from).ok_or(SetupError::From)?;
        let default = if media.smtp.host.is_empty() { Way::Folder } else { Way::Smtp };
        match media.transport.unwrap_or(default) {
            Way::Folder => Ok(Transport::Folder(Folder::new(&media.folder, timeouts.session))),
            Way::Smtp if media.smtp.host.is_empty() => Err(SetupError::NoHost),
            Way::Smtp => {
                Ok(Transport::Smtp(Smtp::new(&media.smtp, from.email.domain(), password, timeouts)?))
            }
        }
    }

    /// Its name in the database.
    pub fn via(&self) -> &'static str {
        match self {
            Transport::Smtp(_) => "smtp",
            Transport::Folder(_) => "folder",
        }
    }

    /// The folder, if enquiries only go there.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Transport::Smtp(_) => None,
            Transport::Folder(folder) => Some(folder.path()),
        }
    }

    /// What is in force, for the operator.
    pub fn describe(&self) -> String {
        match self {
            Transport::Smtp(smtp) => {
                let how = match smtp.tls() {
                    Tls::Starttls => "STARTTLS required",
                    Tls::Wrapper => "TLS",
                    Tls::None => "no TLS, loopback only",
                };
                format!("enquiries go to the mail server {} ({how})", smtp.server())
            }
            Transport::Folder(folder) => format!(
                "no mail server is set: enquiries are written to {} and nobody is mailed",
                folder.path().display()
            ),
        }
    }

    /// Whether a mail server lets us in, found out without sending anything.
    pub async fn probe(&self) -> Result<(), Problem> {
        match self {
            Transport::Smtp(smtp) => smtp.probe().await,
            Transport::Folder(_) => Ok(()),
        }
    }

    /// Hands one enquiry over, once.
    async fn deliver(&self, claim: &Claim) -> Result<(), Failure> {
        match self {
            Transport::Smtp(smtp) => smtp.deliver(&claim.message).await,
            Transport::Folder(folder) => folder.deliver(claim).await,
        }
    }
}

/// `14:05 UTC`, of a moment in seconds since 1970: senders sit in any time zone, so it is named.
pub fn clock_time(seconds: i64) -> String {
    let moment = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    format!("{} UTC", moment.strftime("%H:%M"))
}
