//! What a person reads about the data that the bot stores. The messages are in `locales/<lang>/privacy.ftl`.

use crate::text::Text;

impl Text {
    /// The heading over what is stored.
    pub(crate) fn privacy_title(self) -> String {
        self.say("privacy-title")
    }

    /// Nothing is stored.
    pub(crate) fn privacy_shows_nothing(self) -> String {
        self.say("privacy-shows-nothing")
    }

    /// The database cannot be read.
    pub(crate) fn privacy_show_later(self) -> String {
        self.say("privacy-show-later")
    }

    /// Introduces the person's enquiries.
    pub(crate) fn privacy_enquiries(self) -> String {
        self.say("privacy-enquiries")
    }

    /// An enquiry with its text.
    pub(crate) fn privacy_enquiry(self, reference: &str) -> String {
        self.get("privacy-enquiry", &[("reference", reference.into())])
    }

    /// An enquiry whose text was erased.
    pub(crate) fn privacy_enquiry_erased(self, reference: &str) -> String {
        self.get("privacy-enquiry-erased", &[("reference", reference.into())])
    }

    /// Messages about enquiries that are still to be sent.
    pub(crate) fn privacy_notices(self, count: u64) -> String {
        self.get("privacy-notices", &[("count", count.into())])
    }

    /// Introduces the questions whose answers the person waits for.
    pub(crate) fn privacy_subscriptions(self) -> String {
        self.say("privacy-subscriptions")
    }

    /// Introduces the questions asked in vain this week.
    pub(crate) fn privacy_gaps(self) -> String {
        self.say("privacy-gaps")
    }

    /// Fingerprints that the limits count.
    pub(crate) fn privacy_admissions(self, count: u64) -> String {
        self.get("privacy-admissions", &[("count", count.into())])
    }

    /// The person is blocked.
    pub(crate) fn privacy_blocked(self) -> String {
        self.say("privacy-blocked")
    }

    /// Questions of the last hour, in memory.
    pub(crate) fn privacy_in_memory(self, count: usize) -> String {
        self.get("privacy-in-memory", &[("count", count.into())])
    }

    /// A form that failed the checks, in memory.
    pub(crate) fn privacy_draft(self) -> String {
        self.say("privacy-draft")
    }

    /// What cannot be found by its author, and how to erase.
    pub(crate) fn privacy_limits(self) -> String {
        self.say("privacy-limits")
    }

    /// The person's enquiries were erased.
    pub(crate) fn privacy_erased(self, enquiries: u64) -> String {
        self.get("privacy-erased", &[("enquiries", enquiries.into())])
    }

    /// So many of the erased enquiries had not been handed over; and what stays.
    pub(crate) fn privacy_erased_unsent(self, unsent: u64) -> String {
        self.get("privacy-erased-unsent", &[("unsent", unsent.into())])
    }

    /// The person's questions were erased.
    pub(crate) fn privacy_erased_questions(self, count: u64) -> String {
        self.get("privacy-erased-questions", &[("count", count.into())])
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
