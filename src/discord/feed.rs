//! Events that come as JSON instead of over a gateway connection, for the preview: serenity decodes them, as it decodes
//! those of the gateway.

use std::sync::Arc;

use serde_json::Value;
use serenity::all::GatewayEvent;
use tokio::sync::mpsc;

use crate::discord::{ExitReason, dispatch::Dispatch};

/// Hands each payload to the dispatcher until no more can come.
pub(super) async fn serve(dispatch: &Arc<Dispatch>, mut payloads: mpsc::Receiver<Value>) -> ExitReason {
    while let Some(payload) = payloads.recv().await {
        match serde_json::from_value(payload) {
            Ok(GatewayEvent::Dispatch(_, event)) => dispatch.event(event),
            Ok(_) => {}
            // The error may quote what a person typed.
            Err(_) => tracing::error!("received a payload that this version cannot decode"),
        }
    }
    ExitReason::Asked
}
