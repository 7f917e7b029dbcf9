//! Before the first connection: is the token good, where is the gateway, and may another session be opened?

use std::time::Duration;

use tokio::time::sleep;

use crate::discord::{
    ExitReason,
    address::Address,
    rest::{GatewayInfo, Rest, RestError, SessionStartLimit},
};

/// Sessions that are left to the operator, so that a bot that reconnects too often can still be mended.
const KEPT: u64 = 20;
const TRIES: u32 = 5;

/// Where to connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    /// The gateway's address.
    pub url: String,
    /// How many shards Discord recommends.
    pub shards: u32,
}

/// Asks Discord; waits out a spent session limit before it gives up, so that a supervisor does not come back too soon.
pub(crate) async fn preflight(rest: &Rest, address: &Address) -> Result<Endpoint, ExitReason> {
    let info = ask(rest).await?;
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

async fn ask(rest: &Rest) -> Result<GatewayInfo, ExitReason> {
    let mut tries = 0;
    loop {
        tries += 1;
        let error = match rest.gateway().await {
            Ok(info) => return Ok(info),
            Err(RestError::TokenRefused) => return Err(ExitReason::TokenRefused),
            Err(error) => error,
        };
        if tries >= TRIES {
            return Err(ExitReason::Unreachable(error.to_string()));
        }
        tracing::warn!(%error, tries, "Discord does not answer yet");
        sleep(Duration::from_secs(1 << tries)).await;
    }
}

/// Whether too few sessions are left: never so where none was used.
fn is_spent(limit: &SessionStartLimit, shards: u32) -> bool {
    limit.remaining < limit.total && limit.remaining < KEPT.max(u64::from(shards) * 2)
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
        assert!(!is_spent(&limit(1, 1), 1), "a server that allows few and gave none yet");
    }
}
