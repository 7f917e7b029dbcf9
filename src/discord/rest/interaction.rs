//! The calls that answer an interaction: the initial response, its edit or removal, and further messages.

use std::time::Duration;

use reqwest::Method;
use serenity::all::{CreateInteractionResponse, CreateInteractionResponseFollowup, EditInteractionResponse};

use super::{Body, CALLBACK, Call, InteractionToken, Rest, RestError, body, json, message_id, route::Route};
use crate::ids::{ApplicationId, InteractionId, MessageId};

/// How long a late answer may wait in the rate limiter: the token of an interaction is valid for fifteen minutes.
const TOKEN_PATIENCE: Duration = Duration::from_secs(14 * 60);

impl Rest {
    /// Sends the initial response to an interaction.
    pub(in crate::discord) async fn callback(
        &self,
        interaction: InteractionId,
        token: &InteractionToken,
        response: &CreateInteractionResponse,
    ) -> Result<(), RestError> {
        let call = Call {
            method: Method::POST,
            path: format!("interactions/{interaction}/{}/callback", token.0),
            route: Route::Callback,
            body: Some(body(response)),
            is_repeatable: true,
        };
        self.send(call, CALLBACK).await.map(drop)
    }

    /// The same; returns the id of the message that was made or changed, unless only one person sees it.
    pub(in crate::discord) async fn callback_with_message(
        &self,
        interaction: InteractionId,
        token: &InteractionToken,
        response: &CreateInteractionResponse,
    ) -> Result<Option<MessageId>, RestError> {
        #[derive(serde::Deserialize)]
        struct Response {
            resource: Resource,
        }
        #[derive(serde::Deserialize)]
        struct Resource {
            message: serde_json::Value,
        }
        let call = Call {
            method: Method::POST,
            path: format!("interactions/{interaction}/{}/callback?with_response=true", token.0),
            route: Route::Callback,
            body: Some(body(response)),
            is_repeatable: true,
        };
        let body = self.send(call, CALLBACK).await?;
        let response: Option<Response> = serde_json::from_slice(&body).ok();
        Ok(response.and_then(|response| message_id(&json(&response.resource.message))))
    }

    /// Edits the initial response to an interaction. Returns the id of its message, unless only one person sees it.
    pub(in crate::discord) async fn edit_answer(
        &self,
        application: ApplicationId,
        token: &InteractionToken,
        edit: &EditInteractionResponse,
    ) -> Result<Option<MessageId>, RestError> {
        let sent = self.send_late(Method::PATCH, initial(application, token), Some(body(edit))).await?;
        Ok(message_id(&sent))
    }

    /// Deletes the initial response to an interaction.
    pub(in crate::discord) async fn delete_answer(
        &self,
        application: ApplicationId,
        token: &InteractionToken,
    ) -> Result<(), RestError> {
        self.send_late(Method::DELETE, initial(application, token), None).await.map(drop)
    }

    /// Sends one more message to an interaction that was responded to. It is repeated if its response was lost: shown
    /// twice is better than never.
    pub(in crate::discord) async fn follow_up(
        &self,
        application: ApplicationId,
        token: &InteractionToken,
        message: &CreateInteractionResponseFollowup,
    ) -> Result<(), RestError> {
        let path = format!("webhooks/{application}/{}", token.0);
        self.send_late(Method::POST, path, Some(body(message))).await.map(drop)
    }

    async fn send_late(
        &self,
        method: Method,
        path: String,
        body: Option<Body>,
    ) -> Result<Vec<u8>, RestError> {
        let call = Call { method, path, route: Route::Edit, body, is_repeatable: true };
        self.send(call, TOKEN_PATIENCE).await
    }
}

/// The path of the initial response.
fn initial(application: ApplicationId, token: &InteractionToken) -> String {
    format!("webhooks/{application}/{}/messages/@original", token.0)
}
