//! What moderators read beside the editing itself: the history, passages to quote, what is missing, the log channel, approvals. The
//! messages are in `locales/<lang>/editor.ftl`.

use crate::{
    ids::UserId,
    knowledge::content::entry::EntryId,
    lang::Lang,
    store::{Revision, RevisionOrigin},
    text::Text,
};

/// Entries named in one list.
const MAX_LISTED: usize = 20;

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
    pub(crate) fn coverage_overdue(self, entries: &[(EntryId, u64)]) -> String {
        self.coverage("coverage-overdue", entries)
    }

    /// What the numbers beside the entries are.
    pub(crate) fn coverage_counts(self) -> String {
        self.say("coverage-counts")
    }

    /// A list of entries, each with how often it was asked.
    fn coverage(self, key: &'static str, entries: &[(EntryId, u64)]) -> String {
        let shown = entries.iter().take(MAX_LISTED).map(|(id, n_asked)| match n_asked {
            0 => format!("`{id}`"),
            n => format!("`{id}` ({n})"),
        });
        let mut shown: Vec<String> = shown.collect();
        if entries.len() > MAX_LISTED {
            shown.push(self.and_more(entries.len() - MAX_LISTED));
        }
        self.get(key, &[("count", entries.len().into()), ("entries", shown.join(", ").into())])
    }

    /// Entries that are not shown today because of their dates.
    pub(crate) fn coverage_hidden(self, entries: &[(EntryId, u64)]) -> String {
        self.coverage("coverage-hidden", entries)
    }

    /// Entries without a French version.
    pub(crate) fn coverage_no_french(self, entries: &[(EntryId, u64)]) -> String {
        self.coverage("coverage-no-french", entries)
    }

    /// Entries with few wordings, the fewest first.
    pub(crate) fn coverage_few_wordings(self, entries: &[(EntryId, u64)]) -> String {
        self.coverage("coverage-few-wordings", entries)
    }

    /// Entries without a test of their own.
    pub(crate) fn coverage_no_tests(self, entries: &[(EntryId, u64)]) -> String {
        self.coverage("coverage-no-tests", entries)
    }

    /// The heading of an edit that waits for approval.
    pub(crate) fn review_title(self) -> String {
        self.say("review-title")
    }

    /// The heading of the reply to its author.
    pub(crate) fn review_sent_title(self) -> String {
        self.say("review-sent-title")
    }

    /// The edit waits in the moderators' channel.
    pub(crate) fn review_sent(self) -> String {
        self.say("review-sent")
    }

    /// One's own edit needs another moderator.
    pub(crate) fn review_own(self) -> String {
        self.say("review-own")
    }

    /// The edit no longer waits.
    pub(crate) fn review_gone(self) -> String {
        self.say("review-gone")
    }

    /// The FAQ has changed since the edit was shown.
    pub(crate) fn review_again(self) -> String {
        self.say("review-again")
    }

    /// The edit could not be applied at the moment.
    pub(crate) fn review_again_later(self) -> String {
        self.say("review-again-later")
    }

    /// There is no channel in which it could be approved.
    pub(crate) fn review_no_channel(self) -> String {
        self.say("review-no-channel")
    }

    /// Too many edits wait already.
    pub(crate) fn review_full(self) -> String {
        self.say("review-full")
    }

    /// The edit was rejected.
    pub(crate) fn review_rejected_by_you(self) -> String {
        self.say("review-rejected-by-you")
    }

    /// The button that puts an edit in force.
    pub(crate) fn button_approve(self) -> String {
        self.say("button-approve")
    }

    /// The button that drops an edit.
    pub(crate) fn button_reject(self) -> String {
        self.say("button-reject")
    }

    /// Who asks for approval.
    pub(crate) fn review_asked(self, author: UserId) -> String {
        self.get("review-asked", &[("author", format!("<@{author}>").into())])
    }

    /// An edit was approved and is in force.
    pub(crate) fn review_approved(self, author: UserId, by: UserId, entries: &str) -> String {
        self.decided("review-approved", author, by, entries)
    }

    /// An edit was rejected.
    pub(crate) fn review_rejected(self, author: UserId, by: UserId, entries: &str) -> String {
        self.decided("review-rejected", author, by, entries)
    }

    /// An edit was dropped, because its file is another one now.
    pub(crate) fn review_conflict(self, author: UserId, file: &str) -> String {
        let author = format!("<@{author}>");
        self.get("review-conflict", &[("author", author.into()), ("file", file.into())])
    }

    /// The heading over an entry as it is.
    pub(crate) fn review_before(self, entry: &EntryId, lang: Lang) -> String {
        self.get("review-before", &[("entry", entry.as_str().into()), ("lang", lang.code().into())])
    }

    /// The heading over an entry as it would be.
    pub(crate) fn review_after(self, entry: &EntryId, lang: Lang) -> String {
        self.get("review-after", &[("entry", entry.as_str().into()), ("lang", lang.code().into())])
    }

    /// The heading over what changes in the wordings and quotes of an entry.
    pub(crate) fn review_parts(self, entry: &EntryId) -> String {
        self.get("review-parts", &[("entry", entry.as_str().into())])
    }

    fn decided(self, key: &'static str, author: UserId, by: UserId, entries: &str) -> String {
        let (author, by) = (format!("<@{author}>"), format!("<@{by}>"));
        self.get(key, &[("author", author.into()), ("by", by.into()), ("entries", entries.into())])
    }
}
