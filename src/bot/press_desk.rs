//! The press desk: the form, its submission, the state of an enquiry, and what moderators do with enquiries. One
//! function a request. Without a desk each of them says so truthfully.
//!
//! `desk/submit.rs` takes a form in, `desk/fields.rs` checks it, `desk/letter.rs` words the mail, `desk/state.rs`
//! tells the sender, `desk/staff.rs` the moderators. Storing is `store.rs`, delivering is `mail.rs`.

mod deadline;
mod drafts;
mod fields;
mod form;
mod letter;
mod staff;
mod state;
mod submit;

use std::{sync::Arc, time::Duration};

use self::drafts::Drafts;
use crate::ids::{DraftId, InteractionId};
use crate::{
    bot::{
        Bot, Request, media,
        reply::{Action, Button, Reply},
        request::EnquiryFields,
    },
    mail::DeliverySignal,
    store::Store,
    text::text,
};

/// How long anything but a submission or an erasure waits for the database.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the desk works with.
pub struct PressDesk {
    store: Store,
    signal: Arc<DeliverySignal>,
    drafts: Drafts,
    /// Whether enquiries only go into a folder.
    is_folder: bool,
}

impl PressDesk {
    /// A desk over `store` that rings `signal` for the delivery loop.
    pub fn new(store: Store, signal: Arc<DeliverySignal>, is_folder: bool) -> PressDesk {
        PressDesk { store, signal, drafts: Drafts::default(), is_folder }
    }

    /// Its database.
    pub fn store(&self) -> &Store {
        &self.store
    }
}

/// Opens the form.
pub(super) fn form(bot: &Bot, request: &Request, draft: Option<DraftId>) -> Reply {
    let Some(desk) = &bot.desk else { return not_set_up(request) };
    // No database here: the form must open at once, whatever is stuck.
    let filled = draft.and_then(|id| desk.drafts.get(id, request.actor.id)).unwrap_or_default();
    Reply::form(form::form(&filled, request.locale, bot.config.media.keep_days))
}

/// Tells what happens to an enquiry.
pub(super) fn explained(bot: &Bot, request: &Request) -> Reply {
    let words = text(request.locale);
    let Some(desk) = &bot.desk else { return Reply::private(words.media_explained_not_set_up()) };
    let Some(to) = shown_address(bot) else { return Reply::private(words.desk_no_contact()) };
    let mut paragraphs = vec![words.media_explained(&to, bot.config.media.keep_days.into())];
    if desk.is_folder {
        paragraphs.insert(0, words.media_explained_folder(&to));
    }
    let mut reply = Reply::private(paragraphs.join("\n\n"));
    reply.buttons = vec![Button { label: words.media_button_form(), action: Action::MediaForm(None) }];
    reply
}

/// Takes a form that was sent.
pub(super) async fn submit(
    bot: &Bot,
    request: &Request,
    interaction: InteractionId,
    fields: &EnquiryFields,
) -> Reply {
    match &bot.desk {
        Some(desk) => submit::submit(bot, desk, request, interaction, fields).await,
        None => not_set_up(request),
    }
}

/// The state of an enquiry, to its sender.
pub(super) async fn status(bot: &Bot, request: &Request, reference: &str) -> Reply {
    match &bot.desk {
        Some(desk) => state::status(bot, desk, request, reference).await,
        None => not_set_up(request),
    }
}

/// The sender agrees to a direct message about the state.
pub(super) async fn notify(bot: &Bot, request: &Request, reference: &str) -> Reply {
    match &bot.desk {
        Some(desk) => state::notify(bot, desk, request, reference).await,
        None => not_set_up(request),
    }
}

/// Erases everything of a person's.
pub(super) async fn erase(bot: &Bot, request: &Request) -> Reply {
    let words = text(request.locale);
    let Some(desk) = &bot.desk else { return Reply::private(words.privacy_nothing_stored()) };
    desk.drafts.forget(request.actor.id);
    match desk.store.erase_user(request.actor.id, false).await {
        Ok(forgotten) if forgotten.enquiries == 0 => Reply::private(words.privacy_nothing_stored()),
        Ok(forgotten) => {
            tracing::info!(enquiries = forgotten.enquiries, "a person had everything erased");
            Reply::private(words.privacy_erased(forgotten.enquiries, forgotten.unsent))
        }
        Err(error) => {
            tracing::error!(%error, "a person's data could not be erased");
            Reply::private(words.privacy_later())
        }
    }
}

/// The enquiries in hand, to a moderator.
pub(super) async fn enquiries(bot: &Bot, request: &Request) -> Reply {
    match &bot.desk {
        Some(desk) => staff::enquiries(desk, request).await,
        None => Reply::private(text(request.locale).desk_not_set_up_moderator()),
    }
}

/// Tries a failed enquiry again.
pub(super) async fn retry(bot: &Bot, request: &Request, reference: &str) -> Reply {
    match &bot.desk {
        Some(desk) => staff::retry(desk, request, reference).await,
        None => Reply::private(text(request.locale).desk_not_set_up_moderator()),
    }
}

/// Takes no more enquiries from the sender of one.
pub(super) async fn block(bot: &Bot, request: &Request, reference: &str) -> Reply {
    match &bot.desk {
        Some(desk) => staff::block(desk, request, reference).await,
        None => Reply::private(text(request.locale).desk_not_set_up_moderator()),
    }
}

fn not_set_up(request: &Request) -> Reply {
    Reply::private(text(request.locale).desk_not_set_up())
}

/// The address that a person is told: the published one, else the one of the settings.
fn shown_address(bot: &Bot) -> Option<String> {
    let generation = bot.current.load();
    media::address(generation.content(), &bot.config).map(str::to_owned)
}
