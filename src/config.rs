//! `bot.toml` and the environment, checked: the only form of the settings that the rest of the crate sees.
//!
//! What a setting is called and what it is by default stands here and nowhere else: the known keys are read off
//! [`Config::default`] itself. `config/load.rs` reads a file and the environment into it and tells every fault at once,
//! with file, line and caret; `config/secrets.rs` reads what must never stand in a file of settings.

use crate::ids::{ChannelId, GuildId, RoleId};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub mod fault;
pub mod load;
pub mod secrets;

mod api_url;
mod environment;
mod file;
mod keys;
mod snippet;
mod types;
mod validate;

pub(crate) use api_url::{ApiUrl, is_loopback};
pub use fault::{Code, Fault, Faults};
pub use load::{Origin, load};

pub use crate::knowledge::matching::Caution;

/// Every setting, one struct a section of `bot.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `[faq]`
    pub faq: Faq,
    /// `[index]`
    pub index: Index,
    /// `[search]`
    pub search: Search,
    /// `[discord]`
    pub discord: Discord,
    /// `[media]`
    pub media: Media,
    /// `[store]`
    pub store: Store,
    /// `[safety]`
    pub safety: Safety,
    /// `[limits]`
    pub limits: Limits,
    /// `[log]`
    pub log: Log,
}

/// Where the content lies and how it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Faq {
    /// The folder of the announcement and the entries, relative to `bot.toml`.
    pub dir: PathBuf,
    /// Whether a change of the folder reloads it.
    pub watch: bool,
}

/// Where generations are built.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Index {
    /// The folder, relative to `bot.toml`.
    pub dir: PathBuf,
}

/// How questions are matched.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Search {
    /// Match by meaning too; `false` falls back to words alone.
    pub vectors: bool,
    /// How sure the bot must be before it answers.
    pub caution: Caution,
}

/// Discord.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Discord {
    /// Discord's address, or a loopback `http://` address for tests.
    pub api_url: String,
    /// Channels in which every message is read and questions are answered.
    pub ask_channels: Vec<ChannelId>,
    /// The home servers, the only ones whose moderators moderate the bot; empty: the only server it is in.
    pub guilds: Vec<GuildId>,
    /// Whether the bot leaves every server that is not a home server.
    pub leave_other_guilds: bool,
    /// Roles whose members moderate, beside those who may manage the server.
    pub moderator_roles: Vec<RoleId>,
    /// Where moderators are told of what needs a human.
    pub moderator_channel: Option<ChannelId>,
    /// Whether `/ask` answers privately unless the person says otherwise.
    pub private_answers: bool,
}

/// Media enquiries.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Media {
    /// Who gets them; empty: the announcement's media contact.
    pub to: String,
    /// The sender's address of the bot's mails.
    pub from: String,
    /// How they go out; by default `smtp` where a server is set and `folder` where none is.
    pub transport: Option<Transport>,
    /// Where `.eml` files are written with `folder`, relative to `bot.toml`.
    pub folder: PathBuf,
    /// Days after which the body of a sent enquiry is erased, 1 to 365.
    pub keep_days: u16,
    /// `[media.smtp]`
    pub smtp: Smtp,
}

/// How enquiries go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// To a mail server.
    Smtp,
    /// As `.eml` files into a folder.
    Folder,
}

/// The mail server. Its password comes from `SMTP_PASSWORD`, `SMTP_PASSWORD_FILE` or a credential.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Smtp {
    /// Its name; empty: none.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// The user name; empty: no authentication.
    pub user: String,
    /// A file of further certificate authorities in PEM.
    pub ca_file: Option<PathBuf>,
}

/// How a connection to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// STARTTLS, required.
    Starttls,
    /// TLS from the first byte.
    Wrapper,
    /// None: allowed to loopback addresses only.
    None,
}

/// The database.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Store {
    /// The file, relative to `bot.toml`.
    pub path: PathBuf,
}

/// People in need.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Safety {
    /// How to speak to a person, in words; empty: not offered.
    pub contact: String,
}

/// How much a person may ask.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Questions a person may ask in half a minute.
    pub asks_per_half_minute: u32,
    /// Minutes that must lie between two enquiries of a person.
    pub minutes_between_enquiries: u32,
    /// How old in days an account must be to send enquiries.
    pub min_account_days: u32,
    /// Enquiries a person may send in a day.
    pub enquiries_per_day: u32,
    /// Enquiries that a server may send in an hour.
    pub enquiries_per_guild_hour: u32,
    /// Enquiries that the whole bot takes in a day.
    pub enquiries_total_day: u32,
}

/// What is logged, to standard error.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// `error`, `warn`, `info`, `debug` or `trace`, of the bot's own messages.
    pub level: String,
    /// Whether each line is a JSON object.
    pub json: bool,
}

impl Default for Faq {
    fn default() -> Faq {
        Faq { dir: "faq".into(), watch: true }
    }
}

impl Default for Index {
    fn default() -> Index {
        Index { dir: "index".into() }
    }
}

impl Default for Search {
    fn default() -> Search {
        Search { vectors: true, caution: Caution::Normal }
    }
}

impl Default for Discord {
    fn default() -> Discord {
        Discord {
            api_url: "https://discord.com".into(),
            ask_channels: Vec::new(),
            guilds: Vec::new(),
            leave_other_guilds: false,
            moderator_roles: Vec::new(),
            moderator_channel: None,
            private_answers: false,
        }
    }
}

impl Default for Media {
    fn default() -> Media {
        Media {
            to: String::new(),
            from: "faqbot@localhost".into(),
            transport: None,
            folder: "data/enquiries".into(),
            keep_days: 7,
            smtp: Smtp::default(),
        }
    }
}

impl Default for Smtp {
    fn default() -> Smtp {
        Smtp { host: String::new(), port: 587, tls: Tls::Starttls, user: String::new(), ca_file: None }
    }
}

impl Default for Store {
    fn default() -> Store {
        Store { path: "data/faqbot.db".into() }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            asks_per_half_minute: 5,
            minutes_between_enquiries: 10,
            min_account_days: 0,
            enquiries_per_day: 3,
            enquiries_per_guild_hour: 20,
            enquiries_total_day: 200,
        }
    }
}

impl Default for Log {
    fn default() -> Log {
        Log { level: "info".into(), json: false }
    }
}
