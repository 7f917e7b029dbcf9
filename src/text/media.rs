//! What journalists read first: the contact card and the form. The messages are in `locales/<lang>/media.ftl`.

use crate::text::Text;

impl Text {
    /// The heading of the contact card.
    pub(crate) fn media_title(self) -> String {
        self.say("media-title")
    }

    /// The contact address, as text and as a link. Discord shows no masked `mailto:` link, so it is written out.
    pub(crate) fn media_write_to(self, address: &str) -> String {
        self.get("media-write-to", &[("address", address.into())])
    }

    /// What to write.
    pub(crate) fn media_what_to_write(self) -> String {
        self.say("media-what-to-write")
    }

    /// There is no contact address.
    pub(crate) fn media_no_contact(self) -> String {
        self.say("media-no-contact")
    }

    /// The button that opens the form.
    pub(crate) fn media_button_form(self) -> String {
        self.say("media-button-form")
    }

    /// The button that explains what happens to an enquiry.
    pub(crate) fn media_button_explained(self) -> String {
        self.say("media-button-explained")
    }

    /// What happens to an enquiry where the bot has no press desk.
    pub(crate) fn media_explained_not_set_up(self) -> String {
        self.say("media-explained-not-set-up")
    }

    /// What happens to an enquiry, what is stored, for how long, who reads it.
    pub(crate) fn media_explained(self, to: &str, days: u64) -> String {
        self.get("media-explained", &[("to", to.into()), ("days", days.into())])
    }

    /// What happens to an enquiry where no mail server is set; precedes the rest.
    pub(crate) fn media_explained_folder(self, to: &str) -> String {
        self.get("media-explained-folder", &[("to", to.into())])
    }

    /// The heading of the form.
    pub(crate) fn media_form_title(self) -> String {
        self.say("media-form-title")
    }

    /// The label of the first field.
    pub(crate) fn media_form_name(self) -> String {
        self.say("media-form-name")
    }

    /// An example for the first field.
    pub(crate) fn media_form_name_example(self) -> String {
        self.say("media-form-name-example")
    }

    /// The label of the address field.
    pub(crate) fn media_form_email(self) -> String {
        self.say("media-form-email")
    }

    /// An example for the address field, and what it is used for.
    pub(crate) fn media_form_email_example(self) -> String {
        self.say("media-form-email-example")
    }

    /// The label of the deadline field.
    pub(crate) fn media_form_deadline(self) -> String {
        self.say("media-form-deadline")
    }

    /// Examples of deadlines that are understood.
    pub(crate) fn media_form_deadline_example(self) -> String {
        self.say("media-form-deadline-example")
    }

    /// The label of the question field.
    pub(crate) fn media_form_question(self) -> String {
        self.say("media-form-question")
    }

    /// What is stored, who reads it and for how long.
    pub(crate) fn media_form_question_example(self, days: u64) -> String {
        self.get("media-form-question-example", &[("days", days.into())])
    }

    /// The label of the last field.
    pub(crate) fn media_form_extra(self) -> String {
        self.say("media-form-extra")
    }

    /// Examples for the last field.
    pub(crate) fn media_form_extra_example(self) -> String {
        self.say("media-form-extra-example")
    }

    /// Something in the form is to be corrected.
    pub(crate) fn media_check_intro(self) -> String {
        self.say("media-check-intro")
    }

    /// The name is missing.
    pub(crate) fn media_check_name(self) -> String {
        self.say("media-check-name")
    }

    /// The address is not exactly one address.
    pub(crate) fn media_check_email(self) -> String {
        self.say("media-check-email")
    }

    /// The address looks like a typo.
    pub(crate) fn media_check_email_typo(self, meant: &str) -> String {
        self.get("media-check-email-typo", &[("meant", meant.into())])
    }

    /// There is no way to reach the sender.
    pub(crate) fn media_check_reach(self) -> String {
        self.say("media-check-reach")
    }

    /// An hour without a time zone.
    pub(crate) fn media_check_deadline_zone(self, hour: &str) -> String {
        self.get("media-check-deadline-zone", &[("hour", hour.into())])
    }

    /// An hour that a change of clocks skips or repeats.
    pub(crate) fn media_check_deadline_clock_change(self, hour: &str) -> String {
        self.get("media-check-deadline-clock-change", &[("hour", hour.into())])
    }

    /// A day that has passed.
    pub(crate) fn media_check_deadline_past(self, date: &str) -> String {
        self.get("media-check-deadline-past", &[("date", date.into())])
    }

    /// The question is missing.
    pub(crate) fn media_check_question(self) -> String {
        self.say("media-check-question")
    }

    /// The button that opens the form again, filled in.
    pub(crate) fn media_button_again(self) -> String {
        self.say("media-button-again")
    }

    /// Above the question given back.
    pub(crate) fn media_echo_question(self) -> String {
        self.say("media-echo-question")
    }

    /// Above the last field given back.
    pub(crate) fn media_echo_extra(self) -> String {
        self.say("media-echo-extra")
    }
}
