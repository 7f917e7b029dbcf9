//! Before the first connection: does Discord accept the token, where is the gateway, may another session be opened?

use std::time::Duration;

use tokio::time::sleep;

use crate::discord::{
    ExitReason,
    address::Address,
    rest::{GatewayInfo, Rest, RestError, SessionStartLimit},
};

/// Sessions reserved for the operator, so that a bot that reconnects too often can still be repaired.
const RESERVED: u64 = 20;
const TRIES: u32 = 5;

/// Where to connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    /// The gateway's address.
    pub url: String,
    /// How many shards Discord recommends.
    pub shards: u32,
}

/// Asks Discord. If the session limit is spent, waits for its reset and then fails, so that the service manager does
/// not restart too soon.
pub(crate) async fn preflight(rest: &Rest, address: &Address) -> Result<Endpoint, ExitReason> {
    let info = gateway_info(rest).await?;
    let url = address.gateway(&info.url)?;
    let shards = info.shards.max(1);
    if let Some(limit) = info.session_start_limit.filter(|limit| is_spent(limit, shards)) {
        let wait = Duration::from_millis(limit.reset_after);
        tracing::error!(
            remaining = limit.remaining,
            reset_in_seconds = wait.as_secs(),
            "Discord allows too few new sessions: waiting for the reset"
        );
        sleep(wait).await;
        return Err(ExitReason::SessionLimit(limit.remaining));
    }
    Ok(Endpoint { url, shards })
}

async fn gateway_info(rest: &Rest) -> Result<GatewayInfo, ExitReason> {
    let mut tries = 0;
    loop {
        tries += 1;
        let error = match rest.gateway().await {
            Ok(info) => return Ok(info),
            Err(RestError::TokenRefused) => return Err(ExitReason::TokenRefused),
            // Discord limits the bot, which is in the log: the rate limiter has waited, and a restart would not help.
            Err(RestError::Late | RestError::Limited) => {
                tries -= 1;
                continue;
            }
            Err(error) => error,
        };
        if tries >= TRIES {
            return Err(ExitReason::Unreachable(error.to_string()));
        }
        tracing::warn!(%error, tries, "Discord does not answer; trying again");
        sleep(Duration::from_secs(1 << tries)).await;
    }
}

/// Whether too few sessions are left; never if none was used yet.
fn is_spent(limit: &SessionStartLimit, shards: u32) -> bool {
    limit.remaining < limit.total && limit.remaining < RESERVED.max(u64::from(shards) * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nearly_spent_session_limit_keeps_the_bot_from_connecting() {
        let limit = |total, remaining| SessionStartLimit { total, remaining, reset_after: 0 };
        assert!(is_spent(&limit(1000, 19), 1));
        assert!(is_spent(&limit(1000, 39), 20));
        assert!(!is_spent(&limit(1000, 20), 1));
        assert!(!is_spent(&limit(1, 1), 1), "the limit is small but unused");
    }
}
