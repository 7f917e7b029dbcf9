//! The settings: `bot.toml` with the environment laid over it, validated. The rest of the crate sees only [`Config`].
//!
//! The names and defaults of the settings are defined here and nowhere else: the list of known keys is derived from
//! [`Config::default`]. `config/load.rs` reads the file and the environment and reports every fault at once, with file,
//! line and caret. `config/secrets.rs` reads the secrets, which are never in a settings file.

use std::path::PathBuf;

use crate::ids::{ChannelId, GuildId, RoleId};

use serde::{Deserialize, Serialize};

pub(crate) mod fault;
pub(crate) mod load;
pub(crate) mod secrets;

mod api_url;
mod environment;
mod faults;
mod file;
mod keys;
mod schedule;
mod snippet;
mod types;
mod validate;

pub(crate) use api_url::{ApiUrl, is_loopback};
pub use fault::{Code, Fault};
pub use faults::Faults;
pub use load::{Origin, load};
pub(crate) use schedule::Schedule;

pub use crate::knowledge::matching::Caution;

/// Every setting, with one struct per section of `bot.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `[faq]`
    pub faq: Faq,
    /// `[reload]`
    pub reload: Reload,
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
    /// `[privacy]`
    pub privacy: Privacy,
    /// `[conversation]`
    pub conversation: Conversation,
    /// `[digest]`
    pub digest: Digest,
    /// `[limits]`
    pub limits: Limits,
    /// `[metrics]`
    pub metrics: Metrics,
    /// `[log]`
    pub log: Log,
}

/// Where the content is, and whether it is watched.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Faq {
    /// The folder of the announcement and the entries, relative to `bot.toml`.
    pub dir: PathBuf,
    /// Whether a change in the folder reloads it.
    pub watch: bool,
    /// Whether an edit from inside Discord waits for another moderator's approval.
    pub review: bool,
}

/// How a changed FAQ is put in force.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reload {
    /// When `/faq reload` shows what would change and waits for a moderator's confirmation.
    pub confirm: Confirm,
}

/// When a reload waits for a confirmation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirm {
    /// Whenever the files changed.
    Always,
    /// If an entry is removed, a question is answered differently or a new test fails.
    #[default]
    OnChange,
    /// Never.
    Never,
}

/// Where the search index is kept.
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
    /// Whether to match by meaning too; with `false`, by words only.
    pub vectors: bool,
    /// How sure the bot must be before it answers.
    pub caution: Caution,
}

/// Discord.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Discord {
    /// The base URL of Discord's API, or an `http://` loopback address for tests.
    pub api_url: String,
    /// Channels in which the bot reads every message and answers questions.
    pub ask_channels: Vec<ChannelId>,
    /// The home servers, the only ones whose moderators moderate the bot; empty: the only server it is in.
    pub guilds: Vec<GuildId>,
    /// Whether the bot leaves every server that is not a home server.
    pub leave_other_guilds: bool,
    /// Roles whose members are moderators, besides everyone with Manage Server.
    pub moderator_roles: Vec<RoleId>,
    /// The channel in which moderators receive alerts.
    pub moderator_channel: Option<ChannelId>,
    /// The channel that receives a line for each action of a moderator.
    pub log_channel: Option<ChannelId>,
    /// Whether `/ask` answers privately unless the person says otherwise.
    pub private_answers: bool,
    /// Where a message in a channel is answered.
    pub answer_in: AnswerIn,
}

/// Where a message in a channel is answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AnswerIn {
    /// As a reply, in the channel.
    #[default]
    Reply,
    /// In a thread of its own under the message.
    Thread,
}

/// Media enquiries.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Media {
    /// The recipient's address; empty: the announcement's media contact.
    pub to: String,
    /// The sender's address of the bot's emails.
    pub from: String,
    /// How they are sent; by default `smtp` if `smtp.host` is set, otherwise `folder`.
    pub transport: Option<Transport>,
    /// Where `folder` writes `.eml` files, relative to `bot.toml`.
    pub folder: PathBuf,
    /// After how many days the text of a sent enquiry is erased, 1 to 365.
    pub keep_days: u16,
    /// `[media.smtp]`
    pub smtp: Smtp,
}

/// How enquiries are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// To a mail server.
    Smtp,
    /// As `.eml` files in a folder.
    Folder,
}

/// The mail server. Its password comes from `SMTP_PASSWORD`, `SMTP_PASSWORD_FILE` or a credential.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Smtp {
    /// Its host name; empty: none.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// The user name; empty: no authentication.
    pub user: String,
    /// A PEM file of additional certificate authorities.
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
    /// None; only for loopback.
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
    /// How to reach a person, as text; empty: not offered.
    pub contact: String,
}

/// What is kept of questions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Privacy {
    /// Whether the words of public questions without a good answer are kept for 90 days, without their authors.
    pub keep_gaps: bool,
    /// How many different people must ask alike before moderators see the words.
    pub min_askers: u16,
}

/// Questions that go on from one another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Conversation {
    /// For how many minutes a person who writes again in the same channel may mean the entry shown before, 0 to 60.
    pub minutes: u32,
}

/// The weekly digest in the moderators' channel.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Digest {
    /// When it is sent, such as `monday 09:00` in the time zone of the machine, or `never`.
    pub schedule: String,
}

/// How much a person may ask.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Questions a person may ask in half a minute.
    pub asks_per_half_minute: u32,
    /// Minutes a person must wait between two enquiries.
    pub minutes_between_enquiries: u32,
    /// The minimum age of an account that sends enquiries, in days.
    pub min_account_days: u32,
    /// Enquiries a person may send per day.
    pub enquiries_per_day: u32,
    /// Enquiries that may come from one server per hour.
    pub enquiries_per_guild_hour: u32,
    /// Enquiries that the bot accepts from everyone together per day.
    pub enquiries_total_day: u32,
}

/// Metrics and health.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Metrics {
    /// The loopback address and port of `/metrics`, `/livez` and `/readyz`, such as `127.0.0.1:9464`; empty: off.
    pub listen: String,
}

impl Metrics {
    /// The address; `None` if it is off or not an address.
    pub(crate) fn address(&self) -> Option<std::net::SocketAddr> {
        self.listen.parse().ok()
    }
}

/// What is logged, to standard error.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// The level of the bot's own messages: `error`, `warn`, `info`, `debug` or `trace`.
    pub level: String,
    /// Whether each line is a JSON object.
    pub json: bool,
}

impl Default for Faq {
    fn default() -> Faq {
        Faq { dir: "faq".into(), watch: true, review: false }
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
            log_channel: None,
            private_answers: false,
            answer_in: AnswerIn::Reply,
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

impl Default for Privacy {
    fn default() -> Privacy {
        Privacy { keep_gaps: true, min_askers: 3 }
    }
}

impl Default for Conversation {
    fn default() -> Conversation {
        Conversation { minutes: 5 }
    }
}

impl Default for Digest {
    fn default() -> Digest {
        Digest { schedule: "monday 09:00".into() }
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
