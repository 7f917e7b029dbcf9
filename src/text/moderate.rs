//! What moderators read: reload, test, status, refusals. The words stand in `locales/<lang>/moderate.ftl`.

use crate::text::Text;

impl Text {
    /// The heading of a refusal.
    pub fn refused_title(self) -> String {
        self.say("refused-title")
    }

    /// Only moderators may do that.
    pub fn refused(self) -> String {
        self.say("refused")
    }
}
