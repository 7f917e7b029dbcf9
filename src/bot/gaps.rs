//! What members asked in vain: questions that ask alike, the list of them for moderators, and the members who want to be
//! told of an answer.

pub(in crate::bot) mod clusters;
pub(in crate::bot) mod subscriptions;
pub(in crate::bot) mod unanswered;
