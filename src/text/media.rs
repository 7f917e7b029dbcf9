//! What journalists read: the contact card and the press desk. The words stand in `locales/<lang>/media.ftl`.

use crate::text::Text;

impl Text {
    /// The heading of the contact card.
    pub fn media_title(self) -> String {
        self.say("media-title")
    }

    /// The contact address, as text and as a link. Discord shows no masked `mailto:` link, so it stands in the open.
    pub fn media_write_to(self, address: &str) -> String {
        self.get("media-write-to", &[("address", address.into())])
    }

    /// What to write.
    pub fn media_what_to_write(self) -> String {
        self.say("media-what-to-write")
    }

    /// There is no contact address.
    pub fn media_no_contact(self) -> String {
        self.say("media-no-contact")
    }

    /// The button that opens the form.
    pub fn media_button_form(self) -> String {
        self.say("media-button-form")
    }

    /// The button that tells what happens to an enquiry.
    pub fn media_button_explained(self) -> String {
        self.say("media-button-explained")
    }

    /// What happens to an enquiry where the bot has no press desk.
    pub fn media_explained_not_set_up(self) -> String {
        self.say("media-explained-not-set-up")
    }

    /// The bot has no press desk, to its sender.
    pub fn desk_not_set_up(self) -> String {
        self.say("desk-not-set-up")
    }

    /// The bot has no press desk, to a moderator.
    pub fn desk_not_set_up_moderator(self) -> String {
        self.say("desk-not-set-up-moderator")
    }

    /// There is nothing of a person's to erase.
    pub fn privacy_nothing_stored(self) -> String {
        self.say("privacy-nothing-stored")
    }
}
