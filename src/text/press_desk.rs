//! What becomes of an enquiry, for its sender. The messages are in `locales/<lang>/press_desk.ftl`, like those of
//! `text/press_desk_staff.rs`.

use crate::text::Text;

impl Text {
    /// The bot has no press desk, to its sender.
    pub(crate) fn desk_not_set_up(self) -> String {
        self.say("desk-not-set-up")
    }

    /// The bot has no press desk, to a moderator.
    pub(crate) fn desk_not_set_up_moderator(self) -> String {
        self.say("desk-not-set-up-moderator")
    }

    /// There is nobody to pass an enquiry on to.
    pub(crate) fn desk_no_contact(self) -> String {
        self.say("desk-no-contact")
    }

    /// It is on disk and goes to the mail server.
    pub(crate) fn desk_saved(self, reference: &str, to: &str) -> String {
        self.get("desk-saved", &[("reference", reference.into()), ("to", to.into())])
    }

    /// It is on disk and goes into the folder.
    pub(crate) fn desk_saved_folder(self, reference: &str, to: &str) -> String {
        self.get("desk-saved-folder", &[("reference", reference.into()), ("to", to.into())])
    }

    /// How to ask for the state.
    pub(crate) fn desk_saved_hint(self, reference: &str) -> String {
        self.get("desk-saved-hint", &[("reference", reference.into())])
    }

    /// The same form came twice.
    pub(crate) fn desk_already(self, reference: &str) -> String {
        self.get("desk-already", &[("reference", reference.into())])
    }

    /// How the deadline was understood.
    pub(crate) fn desk_deadline_understood(self, when: &str) -> String {
        self.get("desk-deadline-understood", &[("when", when.into())])
    }

    /// The deadline was not understood and is passed on as typed.
    pub(crate) fn desk_deadline_as_typed(self) -> String {
        self.say("desk-deadline-as-typed")
    }

    /// There is no address to answer to.
    pub(crate) fn desk_without_email(self) -> String {
        self.say("desk-without-email")
    }

    /// The button by which the sender agrees to a message.
    pub(crate) fn desk_button_notify(self) -> String {
        self.say("desk-button-notify")
    }

    /// The sender is blocked.
    pub(crate) fn desk_refused_blocked(self, to: &str) -> String {
        self.get("desk-refused-blocked", &[("to", to.into())])
    }

    /// The account is too young.
    pub(crate) fn desk_refused_young(self, to: &str) -> String {
        self.get("desk-refused-young", &[("to", to.into())])
    }

    /// The last enquiry was moments ago.
    pub(crate) fn desk_refused_soon(self, minutes: i64, to: &str) -> String {
        self.get("desk-refused-soon", &[("minutes", minutes.into()), ("to", to.into())])
    }

    /// The sender's day is full.
    pub(crate) fn desk_refused_day(self, to: &str) -> String {
        self.get("desk-refused-day", &[("to", to.into())])
    }

    /// The hour of the server or the day of the bot is full.
    pub(crate) fn desk_refused_busy(self, to: &str) -> String {
        self.get("desk-refused-busy", &[("to", to.into())])
    }

    /// The sender sent the same text before.
    pub(crate) fn desk_refused_same(self, reference: &str) -> String {
        self.get("desk-refused-same", &[("reference", reference.into())])
    }

    /// Several people sent the same text.
    pub(crate) fn desk_refused_flood(self, to: &str) -> String {
        self.get("desk-refused-flood", &[("to", to.into())])
    }

    /// The database did not take it.
    pub(crate) fn desk_not_stored(self, to: &str) -> String {
        self.get("desk-not-stored", &[("to", to.into())])
    }

    /// The database did not confirm it in time.
    pub(crate) fn desk_unconfirmed(self, reference: &str) -> String {
        self.get("desk-unconfirmed", &[("reference", reference.into())])
    }

    /// State: stored.
    pub(crate) fn desk_status_saved(self, reference: &str) -> String {
        self.get("desk-status-saved", &[("reference", reference.into())])
    }

    /// State: tries failed.
    pub(crate) fn desk_status_delayed(self, reference: &str) -> String {
        self.get("desk-status-delayed", &[("reference", reference.into())])
    }

    /// State: with the mail server.
    pub(crate) fn desk_status_sent(self, reference: &str, time: &str) -> String {
        self.get("desk-status-sent", &[("reference", reference.into()), ("time", time.into())])
    }

    /// State: in the folder.
    pub(crate) fn desk_status_folder(self, reference: &str, time: &str) -> String {
        self.get("desk-status-folder", &[("reference", reference.into()), ("time", time.into())])
    }

    /// State: given up.
    pub(crate) fn desk_status_dead(self, reference: &str, to: &str) -> String {
        self.get("desk-status-dead", &[("reference", reference.into()), ("to", to.into())])
    }

    /// State: closed by staff.
    pub(crate) fn desk_status_buried(self, reference: &str) -> String {
        self.get("desk-status-buried", &[("reference", reference.into())])
    }

    /// No enquiry of the asker's has that reference.
    pub(crate) fn desk_status_unknown(self) -> String {
        self.say("desk-status-unknown")
    }

    /// The database cannot be read.
    pub(crate) fn desk_status_later(self) -> String {
        self.say("desk-status-later")
    }

    /// The sender will get a message.
    pub(crate) fn desk_notify_agreed(self, reference: &str) -> String {
        self.get("desk-notify-agreed", &[("reference", reference.into())])
    }

    /// A message to the sender: with the mail server.
    pub(crate) fn desk_dm_sent(self, reference: &str, time: &str) -> String {
        self.get("desk-dm-sent", &[("reference", reference.into()), ("time", time.into())])
    }

    /// A message to the sender: in the folder.
    pub(crate) fn desk_dm_folder(self, reference: &str, time: &str) -> String {
        self.get("desk-dm-folder", &[("reference", reference.into()), ("time", time.into())])
    }

    /// A message to the sender: given up.
    pub(crate) fn desk_dm_dead(self, reference: &str) -> String {
        self.get("desk-dm-dead", &[("reference", reference.into())])
    }

    /// Everything of a person's was erased.
    pub(crate) fn privacy_erased(self, enquiries: u64, unsent: u64) -> String {
        self.get("privacy-erased", &[("enquiries", enquiries.into()), ("unsent", unsent.into())])
    }

    /// There is nothing of a person's to erase.
    pub(crate) fn privacy_nothing_stored(self) -> String {
        self.say("privacy-nothing-stored")
    }

    /// The database cannot be changed.
    pub(crate) fn privacy_later(self) -> String {
        self.say("privacy-later")
    }
}
