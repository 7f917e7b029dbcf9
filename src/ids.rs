//! One type per kind of id, so that a person's id cannot be passed for a channel's.

mod reference;

use std::fmt;

use serde::de::{self, Unexpected, Visitor};

pub use reference::Reference;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(u64);

        impl $name {
            /// Wraps a number.
            pub const fn new(id: u64) -> $name {
                $name(id)
            }

            /// The number.
            pub const fn get(self) -> u64 {
                self.0
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                deserializer.deserialize_any(IdVisitor).map($name)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<$name, Self::Err> {
                text.parse().map($name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// A person on the platform.
    UserId
}
id! {
    /// A server.
    GuildId
}
id! {
    /// A channel, a thread or a private conversation.
    ChannelId
}
id! {
    /// A message.
    MessageId
}
id! {
    /// A role of a server.
    RoleId
}
id! {
    /// The application the bot runs as.
    ApplicationId
}
id! {
    /// An interaction. The same one delivered twice is one request.
    InteractionId
}
id! {
    /// An event: the id of its interaction or of its message, which no other event has.
    EventId
}
id! {
    /// The text of a rejected form, kept in memory to fill the form in again.
    DraftId
}

id! {
    /// A question that was asked a short while ago, for the button under its reply. It cannot be guessed.
    TicketId
}

/// Accepts an id as a number or as text: TOML files contain both, and environment variables only text.
struct IdVisitor;

impl Visitor<'_> for IdVisitor {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("u64")
    }

    fn visit_u64<E: de::Error>(self, id: u64) -> Result<u64, E> {
        Ok(id)
    }

    fn visit_i64<E: de::Error>(self, id: i64) -> Result<u64, E> {
        u64::try_from(id).map_err(|_| E::invalid_value(Unexpected::Signed(id), &self))
    }

    fn visit_str<E: de::Error>(self, id: &str) -> Result<u64, E> {
        id.trim().parse().map_err(|_| E::invalid_value(Unexpected::Str(id), &self))
    }
}

impl UserId {
    /// Whoever types in the terminal.
    pub(crate) const TERMINAL: UserId = UserId(0);
}
