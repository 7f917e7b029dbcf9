//! The use cases, without a platform: requests in, replies out, conversations and wording.

mod conversations;
mod expiry;
mod handle;
mod reload;
mod wording;
