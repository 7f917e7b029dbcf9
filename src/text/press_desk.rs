//! What happens to an enquiry, for its sender. The messages are in `locales/<lang>/press_desk.ftl`, like those of
//! `text/press_desk_staff.rs`.

use crate::text::Text;

impl Text {
    /// No press desk is set up, for the sender.
    pub(crate) fn press_desk_not_set_up(self) -> String {
        self.say("press-desk-not-set-up")
    }

    /// No press desk is set up, for a moderator.
    pub(crate) fn press_desk_not_set_up_moderator(self) -> String {
        self.say("press-desk-not-set-up-moderator")
    }

    /// There is nobody to pass an enquiry on to.
    pub(crate) fn press_desk_no_contact(self) -> String {
        self.say("press-desk-no-contact")
    }

    /// It is on disk and goes to the mail server.
    pub(crate) fn press_desk_saved(self, reference: &str, to: &str) -> String {
        self.get("press-desk-saved", &[("reference", reference.into()), ("to", to.into())])
    }

    /// It is on disk and goes into the folder.
    pub(crate) fn press_desk_saved_folder(self, reference: &str, to: &str) -> String {
        self.get("press-desk-saved-folder", &[("reference", reference.into()), ("to", to.into())])
    }

    /// How to ask for the state.
    pub(crate) fn press_desk_saved_hint(self, reference: &str) -> String {
        self.get("press-desk-saved-hint", &[("reference", reference.into())])
    }

    /// The same form came twice.
    pub(crate) fn press_desk_already(self, reference: &str) -> String {
        self.get("press-desk-already", &[("reference", reference.into())])
    }

    /// How the deadline was understood.
    pub(crate) fn press_desk_deadline_understood(self, when: &str) -> String {
        self.get("press-desk-deadline-understood", &[("when", when.into())])
    }

    /// The deadline was not understood and is passed on as typed.
    pub(crate) fn press_desk_deadline_as_typed(self) -> String {
        self.say("press-desk-deadline-as-typed")
    }

    /// There is no address to answer to.
    pub(crate) fn press_desk_without_email(self) -> String {
        self.say("press-desk-without-email")
    }

    /// The button by which the sender agrees to a message.
    pub(crate) fn press_desk_button_notify(self) -> String {
        self.say("press-desk-button-notify")
    }

    /// The sender is blocked.
    pub(crate) fn press_desk_refused_blocked(self, to: &str) -> String {
        self.get("press-desk-refused-blocked", &[("to", to.into())])
    }

    /// The account is too young.
    pub(crate) fn press_desk_refused_young(self, to: &str) -> String {
        self.get("press-desk-refused-young", &[("to", to.into())])
    }

    /// The last enquiry was moments ago.
    pub(crate) fn press_desk_refused_soon(self, minutes: i64, to: &str) -> String {
        self.get("press-desk-refused-soon", &[("minutes", minutes.into()), ("to", to.into())])
    }

    /// The sender has reached the daily limit.
    pub(crate) fn press_desk_refused_day(self, to: &str) -> String {
        self.get("press-desk-refused-day", &[("to", to.into())])
    }

    /// The server has reached its hourly limit, or the bot its daily one.
    pub(crate) fn press_desk_refused_busy(self, to: &str) -> String {
        self.get("press-desk-refused-busy", &[("to", to.into())])
    }

    /// The sender sent the same text before.
    pub(crate) fn press_desk_refused_same(self, reference: &str) -> String {
        self.get("press-desk-refused-same", &[("reference", reference.into())])
    }

    /// Several people sent the same text.
    pub(crate) fn press_desk_refused_flood(self, to: &str) -> String {
        self.get("press-desk-refused-flood", &[("to", to.into())])
    }

    /// The database did not store it.
    pub(crate) fn press_desk_not_stored(self, to: &str) -> String {
        self.get("press-desk-not-stored", &[("to", to.into())])
    }

    /// The database did not confirm it in time.
    pub(crate) fn press_desk_unconfirmed(self, reference: &str) -> String {
        self.get("press-desk-unconfirmed", &[("reference", reference.into())])
    }

    /// State: stored.
    pub(crate) fn press_desk_status_saved(self, reference: &str) -> String {
        self.get("press-desk-status-saved", &[("reference", reference.into())])
    }

    /// State: tries failed.
    pub(crate) fn press_desk_status_delayed(self, reference: &str) -> String {
        self.get("press-desk-status-delayed", &[("reference", reference.into())])
    }

    /// State: with the mail server.
    pub(crate) fn press_desk_status_sent(self, reference: &str, time: &str) -> String {
        self.get("press-desk-status-sent", &[("reference", reference.into()), ("time", time.into())])
    }

    /// State: in the folder.
    pub(crate) fn press_desk_status_folder(self, reference: &str, time: &str) -> String {
        self.get("press-desk-status-folder", &[("reference", reference.into()), ("time", time.into())])
    }

    /// State: given up.
    pub(crate) fn press_desk_status_dead(self, reference: &str, to: &str) -> String {
        self.get("press-desk-status-dead", &[("reference", reference.into()), ("to", to.into())])
    }

    /// State: closed by staff.
    pub(crate) fn press_desk_status_closed(self, reference: &str) -> String {
        self.get("press-desk-status-closed", &[("reference", reference.into())])
    }

    /// No enquiry of the asker's has that reference.
    pub(crate) fn press_desk_status_unknown(self) -> String {
        self.say("press-desk-status-unknown")
    }

    /// The database cannot be read.
    pub(crate) fn press_desk_status_later(self) -> String {
        self.say("press-desk-status-later")
    }

    /// The sender will get a message.
    pub(crate) fn press_desk_notify_agreed(self, reference: &str) -> String {
        self.get("press-desk-notify-agreed", &[("reference", reference.into())])
    }

    /// A message to the sender: with the mail server.
    pub(crate) fn press_desk_dm_sent(self, reference: &str, time: &str) -> String {
        self.get("press-desk-dm-sent", &[("reference", reference.into()), ("time", time.into())])
    }

    /// A message to the sender: in the folder.
    pub(crate) fn press_desk_dm_folder(self, reference: &str, time: &str) -> String {
        self.get("press-desk-dm-folder", &[("reference", reference.into()), ("time", time.into())])
    }

    /// A message to the sender: given up.
    pub(crate) fn press_desk_dm_dead(self, reference: &str) -> String {
        self.get("press-desk-dm-dead", &[("reference", reference.into())])
    }
}
