//! Ids as types of their own, so that a person's is never passed where a channel's is meant.

mod reference;

use std::fmt;

pub use reference::Reference;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(u64);

        impl $name {
            /// The id of that number.
            pub const fn new(id: u64) -> $name {
                $name(id)
            }

            /// Its number.
            pub const fn get(self) -> u64 {
                self.0
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
    /// One interaction: the same one delivered twice is one request.
    InteractionId
}
id! {
    /// A form's text that could not be taken and is kept in memory to fill the form in again.
    DraftId
}

impl UserId {
    /// The person at the terminal.
    pub const TERMINAL: UserId = UserId(0);
}
