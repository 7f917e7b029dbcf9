//! Why the bot leaves Discord, in one line for the operator, and the exit code that tells a supervisor what to do.

/// The end of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    /// 0 fine, 75 try again later, 78 a restart cannot heal it.
    pub code: u8,
    /// One line for the operator.
    pub line: String,
}

impl From<ExitReason> for Exit {
    fn from(stop: ExitReason) -> Exit {
        Exit { code: stop.code(), line: stop.to_string() }
    }
}

/// Everything that ends a run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExitReason {
    /// We were asked to.
    #[error("stopped as asked")]
    Asked,
    /// `discord.api_url` is neither Discord's nor local.
    #[error(
        "discord.api_url is {0:?}: only https://discord.com and http:// on a loopback address are allowed"
    )]
    Address(String),
    /// The gateway's address does not belong to the API's.
    #[error("the address named for the gateway, {0:?}, does not belong to discord.api_url")]
    Gateway(String),
    /// The token has characters that no token has.
    #[error(
        "the Discord token holds characters that cannot be in one: copy it again from the Developer Portal, under Bot"
    )]
    TokenForm,
    /// 401, or close code 4004.
    #[error(
        "Discord refused the token: check DISCORD_TOKEN, or reset the token in the Developer Portal under Bot"
    )]
    TokenRefused,
    /// Close code 4014.
    #[error(
        "Discord refused an intent (4014): switch on \"Message Content Intent\" in the Developer Portal under Bot, or empty discord.ask_channels"
    )]
    IntentRefused,
    /// Close code 4013.
    #[error("Discord does not know the intents asked for (4013): this version of the bot is too old for it")]
    IntentUnknown,
    /// Close code 4010.
    #[error("Discord refused the shard numbers (4010): this needs a newer version of the bot")]
    ShardRefused,
    /// Close code 4011.
    #[error(
        "Discord demands more shards than it recommended (4011): start the bot again; if it goes on, ask its maintainers"
    )]
    ShardingRequired,
    /// The ledger of IDENTIFYs is full.
    #[error(
        "{0} sessions were opened in the last 24 hours: Discord resets a token after 1000, so the bot stops; find out why it reconnects, then delete {1}"
    )]
    IdentifyBudget(usize, String),
    /// Discord says that few sessions are left.
    #[error(
        "Discord allows only {0} more new sessions for now: the bot waited for the reset and should be started again"
    )]
    SessionLimit(u64),
    /// The API could not be reached at the start.
    #[error("Discord could not be reached: {0}")]
    Unreachable(String),
    /// No connection for too long.
    #[error("no connection to Discord for {0} seconds")]
    Disconnected(u64),
    /// The gateway's thread is gone or frozen.
    #[error("the gateway's thread {0}")]
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
