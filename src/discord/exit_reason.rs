//! Why the bot stops, in one line for the operator, and the exit code for the service manager.

/// The end of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    /// 0: stopped on request. 75: temporary, start again later. 78: a restart does not help.
    pub code: u8,
    /// One line for the operator.
    pub line: String,
}

impl From<ExitReason> for Exit {
    fn from(reason: ExitReason) -> Exit {
        Exit { code: reason.code(), line: reason.to_string() }
    }
}

/// Everything that ends a run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExitReason {
    /// Somebody asked for it.
    #[error("stopped on request")]
    Asked,
    /// `discord.api_url` is neither Discord's address nor a loopback address.
    #[error(
        "discord.api_url is {0:?}: only https://discord.com and http:// on a loopback address are allowed"
    )]
    Address(String),
    /// The gateway address does not belong to the API address.
    #[error("the gateway address {0:?} does not belong to discord.api_url")]
    Gateway(String),
    /// The token contains characters that no token contains.
    #[error(
        "the Discord token contains characters that a token cannot contain: copy it again from the Developer Portal, under Bot"
    )]
    TokenForm,
    /// 401, or close code 4004.
    #[error(
        "Discord refused the token: check DISCORD_TOKEN, or reset the token in the Developer Portal under Bot"
    )]
    TokenRefused,
    /// Close code 4014.
    #[error(
        "Discord refused an intent (4014): turn on \"Message Content Intent\" in the Developer Portal under Bot, or empty discord.ask_channels"
    )]
    IntentRefused,
    /// Close code 4013.
    #[error("Discord does not know the requested intents (4013): this version of the bot is too old for it")]
    IntentUnknown,
    /// Close code 4010.
    #[error("Discord refused the shard numbers (4010): a newer version of the bot is needed")]
    ShardRefused,
    /// Close code 4011.
    #[error(
        "Discord demands more shards than it recommended (4011): start the bot again; if this happens again, ask its maintainers"
    )]
    ShardingRequired,
    /// The session budget is used up.
    #[error(
        "{0} sessions were opened in the last 24 hours and Discord resets a token after 1000, so the bot stopped: find out why it reconnects, then delete {1}"
    )]
    IdentifyBudget(usize, String),
    /// Discord reports that few sessions are left.
    #[error(
        "Discord allows only {0} more new sessions for now: the bot has waited for the reset, start it again"
    )]
    SessionLimit(u64),
    /// The API could not be reached at start-up.
    #[error("Discord could not be reached: {0}")]
    Unreachable(String),
    /// No connection for too long.
    #[error("no connection to Discord for {0} seconds")]
    Disconnected(u64),
    /// The gateway thread has ended or is frozen.
    #[error("the gateway thread {0}")]
    GatewayThread(&'static str),
}

impl ExitReason {
    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            ExitReason::Asked => 0,
            ExitReason::Address(_)
            | ExitReason::Gateway(_)
            | ExitReason::TokenForm
            | ExitReason::TokenRefused
            | ExitReason::IntentRefused
            | ExitReason::IntentUnknown
            | ExitReason::ShardRefused
            | ExitReason::ShardingRequired
            | ExitReason::IdentifyBudget(..) => 78,
            ExitReason::SessionLimit(_)
            | ExitReason::Unreachable(_)
            | ExitReason::Disconnected(_)
            | ExitReason::GatewayThread(_) => 75,
        }
    }
}
