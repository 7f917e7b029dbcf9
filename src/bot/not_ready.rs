//! The reply while no generation is in force: the FAQ could not be loaded, and there is no last good one.

use crate::{
    bot::{Ask, Bot, ConversationAsk, Reply, Request},
    text::text,
};

/// The reply to a request that needs the FAQ; `None` if the request can be handled without one.
pub(super) fn reply(bot: &Bot, request: &Request) -> Option<Reply> {
    if bot.current.load().is_ready() {
        return None;
    }
    match &request.ask {
        Ask::Conversation(ConversationAsk::Question { .. } | ConversationAsk::OpeningPost { .. })
        | Ask::Question { .. }
        | Ask::Show { .. }
        | Ask::Why(_)
        | Ask::Test { .. } => Some(Reply::private(text(request.locale).not_ready())),
        Ask::Overheard { .. } => Some(Reply::silent()),
        Ask::Complete { .. } => Some(Reply::completions(Vec::new())),
        Ask::NotHelpful { .. }
        | Ask::NeedHelp
        | Ask::Help
        | Ask::Media
        | Ask::MediaForm { .. }
        | Ask::MediaExplained
        | Ask::MediaSubmit { .. }
        | Ask::MediaStatus { .. }
        | Ask::MediaNotify { .. }
        | Ask::PrivacyShow
        | Ask::PrivacyErase
        | Ask::Reload { .. }
        | Ask::Status
        | Ask::Enquiries
        | Ask::EnquiryRetry { .. }
        | Ask::EnquiryBlock { .. }
        | Ask::Editor(_)
        | Ask::Gaps(_)
        | Ask::Stats
        | Ask::Corrections(_)
        | Ask::Subscribe { .. }
        | Ask::Conversation(_)
        | Ask::Stale => None,
    }
}
