//! The reply to a person who asks faster than the limits allow: how long to wait, to that person only.

use crate::{
    bot::{Request, echo, reply::Reply, request::Ask},
    text::text,
};

/// Asks the person to wait so many seconds. Completions are left empty, since there is no room for a sentence; a message
/// that nobody addressed to the bot is left without an answer; a form gives back what was typed.
pub(in crate::bot) fn reply(request: &Request, seconds: u64) -> Reply {
    let text = text(request.locale);
    match &request.ask {
        Ask::Complete { .. } => Reply::completions(Vec::new()),
        Ask::Overheard { .. } => Reply::silent(),
        Ask::MediaSubmit { fields, .. } => {
            let mut reply = Reply::private(text.wait(seconds));
            reply.cards.extend(echo::enquiry(fields, text));
            reply
        }
        _ => Reply::private(text.wait(seconds)),
    }
}
