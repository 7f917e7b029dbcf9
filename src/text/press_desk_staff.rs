//! What happens to enquiries, for moderators and, by mail, for the media team. The messages are in
//! `locales/<lang>/press_desk.ftl`.

use crate::text::Text;

impl Text {
    /// The heading of the list of enquiries.
    pub(crate) fn press_desk_list_title(self) -> String {
        self.say("press-desk-list-title")
    }

    /// The list is empty.
    pub(crate) fn press_desk_list_empty(self) -> String {
        self.say("press-desk-list-empty")
    }

    /// A line of the list.
    pub(crate) fn press_desk_list_line(self, reference: &str, state: &str, age: &str) -> String {
        self.get(
            "press-desk-list-line",
            &[("reference", reference.into()), ("state", state.into()), ("age", age.into())],
        )
    }

    /// What went wrong with the enquiry of a line.
    pub(crate) fn press_desk_list_problem(self, tries: i64, problem: &str) -> String {
        self.get("press-desk-list-problem", &[("tries", tries.into()), ("problem", problem.into())])
    }

    /// Delivery is paused.
    pub(crate) fn press_desk_list_paused(self) -> String {
        self.say("press-desk-list-paused")
    }

    /// No mail server is set.
    pub(crate) fn press_desk_list_folder(self) -> String {
        self.say("press-desk-list-folder")
    }

    /// A state in the list: stored.
    pub(crate) fn press_desk_state_saved(self) -> String {
        self.say("press-desk-state-saved")
    }

    /// A state in the list: tries failed.
    pub(crate) fn press_desk_state_delayed(self) -> String {
        self.say("press-desk-state-delayed")
    }

    /// A state in the list: handed over.
    pub(crate) fn press_desk_state_sent(self) -> String {
        self.say("press-desk-state-sent")
    }

    /// A state in the list: given up.
    pub(crate) fn press_desk_state_dead(self) -> String {
        self.say("press-desk-state-dead")
    }

    /// A state in the list: closed by staff.
    pub(crate) fn press_desk_state_closed(self) -> String {
        self.say("press-desk-state-closed")
    }

    /// It is tried again.
    pub(crate) fn press_desk_retry_done(self, reference: &str) -> String {
        self.get("press-desk-retry-done", &[("reference", reference.into())])
    }

    /// There is nothing to try again.
    pub(crate) fn press_desk_retry_none(self) -> String {
        self.say("press-desk-retry-none")
    }

    /// The sender is blocked.
    pub(crate) fn press_desk_block_done(self, reference: &str) -> String {
        self.get("press-desk-block-done", &[("reference", reference.into())])
    }

    /// There is no such enquiry.
    pub(crate) fn press_desk_block_none(self) -> String {
        self.say("press-desk-block-none")
    }

    /// The database does not answer, for a moderator.
    pub(crate) fn press_desk_unavailable(self) -> String {
        self.say("press-desk-unavailable")
    }

    /// An alert: an enquiry was given up.
    pub(crate) fn press_desk_alert_dead(self, reference: &str, problem: &str) -> String {
        self.get("press-desk-alert-dead", &[("reference", reference.into()), ("problem", problem.into())])
    }

    /// An alert: delivery is paused.
    pub(crate) fn press_desk_alert_paused(self, problem: &str) -> String {
        self.get("press-desk-alert-paused", &[("problem", problem.into())])
    }

    /// An alert: the disk refuses to store enquiries.
    pub(crate) fn press_desk_alert_disk_failed(self) -> String {
        self.say("press-desk-alert-disk-failed")
    }

    /// The all-clear after [`Text::press_desk_alert_disk_failed`].
    pub(crate) fn press_desk_alert_disk_recovered(self) -> String {
        self.say("press-desk-alert-disk-recovered")
    }

    /// The subject of the mail.
    pub(crate) fn press_desk_mail_subject(self, reference: &str) -> String {
        self.get("press-desk-mail-subject", &[("reference", reference.into())])
    }

    /// The subject of the mail of an enquiry with a deadline.
    pub(crate) fn press_desk_mail_subject_deadline(self, reference: &str, deadline: &str) -> String {
        self.get(
            "press-desk-mail-subject-deadline",
            &[("reference", reference.into()), ("deadline", deadline.into())],
        )
    }

    /// The first line of the mail.
    pub(crate) fn press_desk_mail_intro(self) -> String {
        self.say("press-desk-mail-intro")
    }

    /// A line of the mail: the reference.
    pub(crate) fn press_desk_mail_reference(self, reference: &str) -> String {
        self.get("press-desk-mail-reference", &[("reference", reference.into())])
    }

    /// A line of the mail: who asks.
    pub(crate) fn press_desk_mail_name(self, name: &str) -> String {
        self.get("press-desk-mail-name", &[("name", name.into())])
    }

    /// A line of the mail: the address.
    pub(crate) fn press_desk_mail_email(self, email: &str) -> String {
        self.get("press-desk-mail-email", &[("email", email.into())])
    }

    /// A line of the mail: no address.
    pub(crate) fn press_desk_mail_no_email(self) -> String {
        self.say("press-desk-mail-no-email")
    }

    /// A line of the mail: the deadline.
    pub(crate) fn press_desk_mail_deadline(self, deadline: &str) -> String {
        self.get("press-desk-mail-deadline", &[("deadline", deadline.into())])
    }

    /// A line of the mail: the deadline as understood and as typed.
    pub(crate) fn press_desk_mail_deadline_typed(self, deadline: &str, typed: &str) -> String {
        self.get("press-desk-mail-deadline-typed", &[("deadline", deadline.into()), ("typed", typed.into())])
    }

    /// A line of the mail: no deadline.
    pub(crate) fn press_desk_mail_no_deadline(self) -> String {
        self.say("press-desk-mail-no-deadline")
    }

    /// A line of the mail: the sender's language.
    pub(crate) fn press_desk_mail_language(self, language: &str) -> String {
        self.get("press-desk-mail-language", &[("language", language.into())])
    }

    /// Above the question in the mail.
    pub(crate) fn press_desk_mail_question(self) -> String {
        self.say("press-desk-mail-question")
    }

    /// Above the last field in the mail.
    pub(crate) fn press_desk_mail_extra(self) -> String {
        self.say("press-desk-mail-extra")
    }

    /// The last line of the mail.
    pub(crate) fn press_desk_mail_footer(self) -> String {
        self.say("press-desk-mail-footer")
    }
}
