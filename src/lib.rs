//! Answers a community's questions from an announcement and a FAQ, and from nothing else: a Discord bot, and the
//! library it is made of.
//!
//! A folder of Markdown files becomes a [`Generation`], which gives a [`Verdict`] on every question:
//!
//! ```
//! use faqbot::{BuildOptions, Caution, Decision, Generation, load};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! # std::fs::create_dir(folder.join("faq"))?;
//! let entry = r#"+++
//! question = "When does the library open?"
//! also_asked = ["opening hours", "what time can I come in"]
//! +++
//! It opens at nine.
//! "#;
//! std::fs::write(folder.join("faq/opening-hours.md"), entry)?;
//!
//! let today = jiff::civil::date(2026, 6, 1);
//! let faq = load(&folder.join("faq"), today).expect("the folder has no errors");
//! let options = BuildOptions {
//!     index_dir: folder.join("index"),
//!     vectors: false, // match by words only: no sentence model is loaded
//!     caution: Caution::Normal,
//! };
//! let generation = Generation::build(faq.content, 1, &options, &|_progress| {})?;
//!
//! let verdicts = generation.ask("What time can I come in?", today);
//! assert!(matches!(&verdicts[0].decision, Decision::Answer(entry) if entry.as_str() == "opening-hours"));
//! # Ok(())
//! # }
//! ```
//!
//! A [`Bot`] puts a `Generation` to use without any chat platform: it turns a [`Request`] into a [`Reply`], in the
//! person's language, within limits, and with everything a moderator may do. [`discord`] connects a bot to Discord,
//! [`cli`] to the terminal.
//!
//! # How a question travels through the crate
//!
//! 1. [`discord`] receives an interaction or a message and turns it into a [`Request`] (`discord/inbound.rs`); the
//!    terminal does the same in `cli/chat.rs`.
//! 2. [`Bot::handle`] is the one entry point: every [`Ask`] ends in exactly one [`Reply`].
//! 3. `bot/answer.rs` asks the current [`Generation`], which never changes once it is built. In `knowledge/matching`,
//!    `normalise.rs` folds the text, `split.rs` separates several questions, `index.rs` (words) and `embed.rs`
//!    (meaning) find candidates, `rank.rs` gives each entry one score, and `decide.rs` makes one decision.
//! 4. `text.rs` words the reply in the member's language, and `discord/outbound.rs` renders it within Discord's limits.
//!
//! `ARCHITECTURE.md` describes the two other paths, a reload and a media enquiry.

pub mod bot;
pub mod cli;
pub mod config;
pub mod discord;
mod email;
#[doc(hidden)]
pub mod failpoint;
mod health_server;
pub mod ids;
pub mod knowledge;
mod lang;
pub mod mail;
mod metrics;
mod preview;
mod private_file;
pub mod store;
mod text;

pub use bot::{Ask, Bot, Reply, Request};
pub use config::Config;
pub use knowledge::{
    BuildError, BuildOptions, Caution, Content, Current, Decision, Entry, EntryId, Evidence, Finding,
    Findings, Generation, Loaded, Verdict, load,
};
pub use lang::Lang;
