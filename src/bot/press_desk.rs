//! The press desk: the form, its submission, the state of an enquiry, and what moderators do with enquiries.
//!
//! Every request passes [`handle`], which says truthfully where no press desk is set up. `press_desk/submit.rs` accepts
//! a form, `press_desk/fields.rs` checks it, `press_desk/letter.rs` writes the mail, `press_desk/state.rs` shows a sender
//! the state, `press_desk/staff.rs` answers moderators. Storing is `store.rs`, delivering is `mail.rs`.

mod deadline;
mod drafts;
mod fault;
mod fields;
mod form;
mod letter;
mod staff;
mod state;
mod submit;

use std::{sync::Arc, time::Duration};

use self::drafts::Drafts;
use crate::{
    bot::{
        Bot, Request,
        compose::contact_card,
        reply::{Action, Button, Reply},
        request::EnquiryFields,
    },
    ids::{DraftId, InteractionId, UserId},
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
    /// A desk over `store` that wakes the delivery loop through `signal`.
    pub fn new(store: Store, signal: Arc<DeliverySignal>, is_folder: bool) -> PressDesk {
        PressDesk { store, signal, drafts: Drafts::default(), is_folder }
    }

    /// Its database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Whether a form of that person waits to be corrected.
    pub(super) fn has_draft(&self, person: UserId) -> bool {
        self.drafts.has(person)
    }

    /// Forgets the form of a person that waits to be corrected.
    pub(super) fn forget_draft(&self, person: UserId) {
        self.drafts.forget(person);
    }
}

/// What a person asks of the press desk.
pub(super) enum PressDeskAsk<'a> {
    /// The form, filled in from a draft if there is one.
    Form(Option<DraftId>),
    /// What happens to an enquiry.
    Explain,
    /// A form that was sent.
    Submit(InteractionId, &'a EnquiryFields),
    /// The state of an enquiry, by the reference as typed.
    Status(&'a str),
    /// A direct message about the state.
    Notify(&'a str),
    /// The open enquiries. For moderators, like the two below.
    List,
    /// To try a failed enquiry again.
    Retry(&'a str),
    /// To take no more enquiries from the sender of one.
    Block(&'a str),
}

/// Answers `ask`; without a press desk, says that there is none.
pub(super) async fn handle(bot: &Bot, request: &Request, ask: PressDeskAsk<'_>) -> Reply {
    let Some(desk) = &bot.desk else { return not_set_up(request, &ask) };
    match ask {
        PressDeskAsk::Form(draft) => form(bot, desk, request, draft),
        PressDeskAsk::Explain => explain(bot, desk, request),
        PressDeskAsk::Submit(interaction, fields) => {
            submit::submit(bot, desk, request, interaction, fields).await
        }
        PressDeskAsk::Status(reference) => state::status(bot, desk, request, reference).await,
        PressDeskAsk::Notify(reference) => state::notify(bot, desk, request, reference).await,
        PressDeskAsk::List => staff::enquiries(desk, request).await,
        PressDeskAsk::Retry(reference) => staff::retry(desk, request, reference).await,
        PressDeskAsk::Block(reference) => staff::block(desk, request, reference).await,
    }
}

fn not_set_up(request: &Request, ask: &PressDeskAsk<'_>) -> Reply {
    let text = text(request.locale);
    Reply::private(match ask {
        PressDeskAsk::List | PressDeskAsk::Retry(_) | PressDeskAsk::Block(_) => {
            text.press_desk_not_set_up_moderator()
        }
        PressDeskAsk::Explain => text.media_explained_not_set_up(),
        PressDeskAsk::Form(_)
        | PressDeskAsk::Submit(..)
        | PressDeskAsk::Status(_)
        | PressDeskAsk::Notify(_) => text.press_desk_not_set_up(),
    })
}

/// Opens the form. No database here: the form must open at once, whatever is stuck.
fn form(bot: &Bot, desk: &PressDesk, request: &Request, draft: Option<DraftId>) -> Reply {
    let filled = draft.and_then(|id| desk.drafts.get(id, request.actor.id)).unwrap_or_default();
    Reply::form(form::form(&filled, request.locale, bot.config.media.keep_days))
}

/// Explains what happens to an enquiry.
fn explain(bot: &Bot, desk: &PressDesk, request: &Request) -> Reply {
    let text = text(request.locale);
    let Some(to) = shown_address(bot) else { return Reply::private(text.press_desk_no_contact()) };
    let mut paragraphs = vec![text.media_explained(&to, bot.config.media.keep_days.into())];
    if desk.is_folder {
        paragraphs.insert(0, text.media_explained_folder(&to));
    }
    let mut reply = Reply::private(paragraphs.join("\n\n"));
    reply.buttons = vec![Button { label: text.media_button_form(), action: Action::MediaForm(None) }];
    reply
}

/// The address that a person is shown: the published one, else the one of the settings.
fn shown_address(bot: &Bot) -> Option<String> {
    let generation = bot.current.load();
    contact_card::address(generation.content(), &bot.config).map(str::to_owned)
}
