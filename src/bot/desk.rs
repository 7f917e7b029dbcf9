//! The press desk: the form, its submission, the state of an enquiry, and what moderators do with enquiries. One
//! function a request. Without a desk each of them says so truthfully.

use crate::{
    bot::{Bot, Request, reply::Reply, request::EnquiryFields},
    text::text,
};

/// Opens the form.
pub(super) async fn form(_bot: &Bot, request: &Request, _draft: Option<u64>) -> Reply {
    not_set_up(request)
}

/// Tells what happens to an enquiry.
pub(super) async fn explained(_bot: &Bot, request: &Request) -> Reply {
    Reply::private(text(request.locale).media_explained_not_set_up())
}

/// Takes a form that was sent.
pub(super) async fn submit(
    _bot: &Bot,
    request: &Request,
    _interaction: u64,
    _fields: &EnquiryFields,
) -> Reply {
    not_set_up(request)
}

/// The state of an enquiry, to its sender.
pub(super) async fn status(_bot: &Bot, request: &Request, _reference: &str) -> Reply {
    not_set_up(request)
}

/// The sender agrees to a direct message about the state.
pub(super) async fn notify(_bot: &Bot, request: &Request, _reference: &str) -> Reply {
    not_set_up(request)
}

/// Erases everything of a person's.
pub(super) async fn erase(_bot: &Bot, request: &Request) -> Reply {
    Reply::private(text(request.locale).privacy_nothing_stored())
}

/// The enquiries in hand, to a moderator.
pub(super) async fn enquiries(_bot: &Bot, request: &Request) -> Reply {
    Reply::private(text(request.locale).desk_not_set_up_moderator())
}

/// Tries a failed enquiry again.
pub(super) async fn retry(_bot: &Bot, request: &Request, _reference: &str) -> Reply {
    Reply::private(text(request.locale).desk_not_set_up_moderator())
}

/// Takes no more enquiries from the sender of one.
pub(super) async fn block(_bot: &Bot, request: &Request, _reference: &str) -> Reply {
    Reply::private(text(request.locale).desk_not_set_up_moderator())
}

fn not_set_up(request: &Request) -> Reply {
    Reply::private(text(request.locale).desk_not_set_up())
}
