//! What moderators read beside the editing itself: the history, passages to quote, what is missing, the log channel. The
//! messages are in `locales/<lang>/editor.ftl`.

use crate::{
    ids::UserId,
    knowledge::content::entry::EntryId,
    store::{Revision, RevisionOrigin},
    text::Text,
};

impl Text {
    /// The heading of the history.
    pub(crate) fn history_title(self) -> String {
        self.say("history-title")
    }

    /// Nothing has been applied yet.
    pub(crate) fn history_empty(self) -> String {
        self.say("history-empty")
    }

    /// No database keeps the history.
    pub(crate) fn history_not_kept(self) -> String {
        self.say("history-not-kept")
    }

    /// The history cannot be read now.
    pub(crate) fn history_unreadable(self) -> String {
        self.say("history-unreadable")
    }

    /// There is no such revision.
    pub(crate) fn history_no_such(self) -> String {
        self.say("history-no-such")
    }

    /// A line of the history.
    pub(crate) fn history_line(self, revision: &Revision) -> String {
        let [added, changed, removed] = revision.counts;
        let by = match revision.actor {
            Some(actor) => format!("<@{actor}>"),
            None => self.say("history-nobody"),
        };
        let origin = self.say(match revision.origin {
            RevisionOrigin::Start => "history-origin-start",
            RevisionOrigin::Files => "history-origin-files",
            RevisionOrigin::Edit => "history-origin-edit",
            RevisionOrigin::Rollback => "history-origin-rollback",
        });
        self.get(
            "history-line",
            &[
                ("id", revision.id.to_string().into()),
                ("at", revision.applied_at.to_string().into()),
                ("by", by.into()),
                ("origin", origin.into()),
                ("added", added.into()),
                ("removed", removed.into()),
                ("changed", changed.into()),
                ("subject", revision.subject.as_str().into()),
            ],
        )
    }

    /// The button that goes back to a revision.
    pub(crate) fn button_rollback(self, revision: i64) -> String {
        self.get("button-rollback", &[("id", revision.to_string().into())])
    }

    /// A line of the log channel: who did what to what.
    pub(crate) fn audit_line(self, actor: UserId, action: &str, reference: &str) -> String {
        self.get(
            "audit-line",
            &[
                ("actor", format!("<@{actor}>").into()),
                ("action", action.into()),
                ("reference", reference.into()),
            ],
        )
    }

    /// The heading of the passages of the announcement.
    pub(crate) fn quote_title(self) -> String {
        self.say("quote-title")
    }

    /// No passage of the announcement has these words.
    pub(crate) fn quote_nothing(self) -> String {
        self.say("quote-nothing")
    }

    /// A passage with its number and its paragraph.
    pub(crate) fn quote_line(self, number: usize, paragraph: usize, passage: &str) -> String {
        self.get(
            "quote-line",
            &[("number", number.into()), ("paragraph", paragraph.into()), ("passage", passage.into())],
        )
    }

    /// The button that uses a passage in an entry.
    pub(crate) fn button_quote(self, number: usize) -> String {
        self.get("button-quote", &[("number", number.into())])
    }

    /// The heading of the gaps in the content.
    pub(crate) fn coverage_title(self) -> String {
        self.say("coverage-title")
    }

    /// Nothing is missing.
    pub(crate) fn coverage_complete(self) -> String {
        self.say("coverage-complete")
    }

    /// Entries whose review is overdue.
    pub(crate) fn coverage_overdue(self, entries: &[EntryId]) -> String {
        self.get(
            "coverage-overdue",
            &[("count", entries.len().into()), ("entries", self.ids(entries).into())],
        )
    }

    /// Entries that are not shown today because of their dates.
    pub(crate) fn coverage_hidden(self, entries: &[EntryId]) -> String {
        self.get("coverage-hidden", &[("count", entries.len().into()), ("entries", self.ids(entries).into())])
    }

    /// Entries without a French version.
    pub(crate) fn coverage_no_french(self, entries: &[EntryId]) -> String {
        self.get(
            "coverage-no-french",
            &[("count", entries.len().into()), ("entries", self.ids(entries).into())],
        )
    }

    /// Entries with few wordings, the fewest first.
    pub(crate) fn coverage_few_wordings(self, entries: &[EntryId]) -> String {
        self.get(
            "coverage-few-wordings",
            &[("count", entries.len().into()), ("entries", self.ids(entries).into())],
        )
    }

    /// Entries without a test of their own.
    pub(crate) fn coverage_no_tests(self, entries: &[EntryId]) -> String {
        self.get(
            "coverage-no-tests",
            &[("count", entries.len().into()), ("entries", self.ids(entries).into())],
        )
    }
}
