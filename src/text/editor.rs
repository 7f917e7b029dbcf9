//! What moderators read while they edit an entry. The messages are in `locales/<lang>/editor.ftl`.

use crate::{
    ids::UserId,
    knowledge::{
        content::entry::{EntryDates, EntryId},
        entry_tests::Given,
    },
    lang::Lang,
    text::Text,
};

impl Text {
    /// The heading of the form.
    pub(crate) fn editor_form_title(self, entry: Option<&EntryId>, lang: Lang) -> String {
        match entry {
            None => self.say("editor-form-title-new"),
            Some(_) => self.get("editor-form-title", &[("lang", lang.code().into())]),
        }
    }

    /// Label and example of the question.
    pub(crate) fn editor_form_question(self) -> (String, String) {
        (self.say("editor-form-question"), self.say("editor-form-question-example"))
    }

    /// Label and example of the answer.
    pub(crate) fn editor_form_answer(self) -> (String, String) {
        (self.say("editor-form-answer"), self.say("editor-form-answer-example"))
    }

    /// Label and example of all other wordings.
    pub(crate) fn editor_form_wordings(self) -> (String, String) {
        (self.say("editor-form-wordings"), self.say("editor-form-wordings-example"))
    }

    /// Label and example of the wordings to add.
    pub(crate) fn editor_form_add(self) -> (String, String) {
        (self.say("editor-form-add"), self.say("editor-form-wordings-example"))
    }

    /// Label and example of the wordings to remove.
    pub(crate) fn editor_form_remove(self) -> (String, String) {
        (self.say("editor-form-remove"), self.say("editor-form-remove-example"))
    }

    /// Label and example of the quotes.
    pub(crate) fn editor_form_quotes(self) -> (String, String) {
        (self.say("editor-form-quotes"), self.say("editor-form-quotes-example"))
    }

    /// Label and example of the English text beside a translation.
    pub(crate) fn editor_form_english(self) -> (String, String) {
        (self.say("editor-form-english"), self.say("editor-form-english-example"))
    }

    /// The draft is no longer kept.
    pub(crate) fn editor_draft_gone(self) -> String {
        self.say("editor-draft-gone")
    }

    /// Introduces what was typed into a form whose draft is no longer kept.
    pub(crate) fn editor_typed(self) -> String {
        self.say("editor-typed")
    }

    /// The button that opens the form again.
    pub(crate) fn button_editor_change(self) -> String {
        self.say("button-editor-change")
    }

    /// No entry of the FAQ was named.
    pub(crate) fn editor_no_entry(self) -> String {
        self.say("editor-no-entry")
    }

    /// The files of the entry cannot be read.
    pub(crate) fn editor_unreadable(self, entry: &EntryId) -> String {
        self.get("editor-unreadable", &[("entry", entry.as_str().into())])
    }

    /// The entry has no file.
    pub(crate) fn editor_no_file(self, entry: &EntryId) -> String {
        self.get("editor-no-file", &[("entry", entry.as_str().into())])
    }

    /// A file of the entry has errors.
    pub(crate) fn editor_broken(self, entry: &EntryId) -> String {
        self.get("editor-broken", &[("entry", entry.as_str().into())])
    }

    /// No id can be made of the question.
    pub(crate) fn editor_no_id(self) -> String {
        self.say("editor-no-id")
    }

    /// The change would change nothing.
    pub(crate) fn editor_nothing_changed(self) -> String {
        self.say("editor-nothing-changed")
    }

    /// The heading of a conflict.
    pub(crate) fn editor_conflict_title(self) -> String {
        self.say("editor-conflict-title")
    }

    /// The files of the entry were changed by somebody else.
    pub(crate) fn editor_conflict(self, entry: &EntryId) -> String {
        self.get("editor-conflict", &[("entry", entry.as_str().into())])
    }

    /// Introduces the text as it is now.
    pub(crate) fn editor_conflict_now(self) -> String {
        self.say("editor-conflict-now")
    }

    /// Introduces the text as the moderator wrote it.
    pub(crate) fn editor_conflict_typed(self) -> String {
        self.say("editor-conflict-typed")
    }

    /// The heading while another change is being looked at.
    pub(crate) fn editor_busy_title(self) -> String {
        self.say("editor-busy-title")
    }

    /// The moderator's own change is still being built.
    pub(crate) fn editor_busy_yourself(self) -> String {
        self.say("editor-busy-yourself")
    }

    /// Another moderator is looking at a change.
    pub(crate) fn editor_busy(self, by: UserId, minutes: u64) -> String {
        self.get("editor-busy", &[("by", format!("<@{by}>").into()), ("minutes", minutes.into())])
    }

    /// The change is no longer kept.
    pub(crate) fn editor_change_gone(self) -> String {
        self.say("editor-change-gone")
    }

    /// The FAQ or the files changed after the preview.
    pub(crate) fn editor_changed_meanwhile(self) -> String {
        self.say("editor-changed-meanwhile")
    }

    /// The change was dropped.
    pub(crate) fn editor_cancelled(self) -> String {
        self.say("editor-cancelled")
    }

    /// The heading of a preview.
    pub(crate) fn preview_title(self) -> String {
        self.say("preview-title")
    }

    /// The heading of a preview that cannot be applied.
    pub(crate) fn preview_blocked_title(self) -> String {
        self.say("preview-blocked-title")
    }

    /// Why it cannot be applied, and what to do.
    pub(crate) fn preview_blocked(self) -> String {
        self.say("preview-blocked")
    }

    /// Nothing has changed so far.
    pub(crate) fn preview_nothing_yet(self) -> String {
        self.say("preview-nothing-yet")
    }

    /// How many entries are added, removed and changed.
    pub(crate) fn preview_counts(self, added: usize, removed: usize, changed: usize) -> String {
        self.get(
            "preview-counts",
            &[("added", added.into()), ("removed", removed.into()), ("changed", changed.into())],
        )
    }

    /// How many questions are answered differently.
    pub(crate) fn preview_differences(self, count: usize, of: usize) -> String {
        self.get("preview-differences", &[("count", count.into()), ("of", of.into())])
    }

    /// A question that is answered differently.
    pub(crate) fn preview_difference(self, question: &str, before: &[Given], after: &[Given]) -> String {
        let (before, after) = (self.given(before), self.given(after));
        self.get(
            "preview-difference",
            &[("question", question.into()), ("before", before.into()), ("after", after.into())],
        )
    }

    /// How many tests passed before and fail now.
    pub(crate) fn preview_broken_tests(self, count: usize) -> String {
        self.get("preview-broken-tests", &[("count", count.into())])
    }

    /// How many new tests fail.
    pub(crate) fn preview_new_failures(self, count: usize) -> String {
        self.get("preview-new-failures", &[("count", count.into())])
    }

    /// How many tests fail in all.
    pub(crate) fn preview_tests(self, failed: usize, of: usize) -> String {
        self.get("preview-tests", &[("failed", failed.into()), ("of", of.into())])
    }

    /// What a question gets: the entries that answer it, or what is shown instead.
    fn given(self, given: &[Given]) -> String {
        let one = |given: &Given| match given {
            Given::Entry(id) => format!("`{id}`"),
            Given::Paragraphs => self.say("given-paragraphs"),
            Given::NearMisses => self.say("given-near-misses"),
            Given::Nothing => self.say("given-nothing"),
        };
        match given.is_empty() {
            true => self.say("given-nothing"),
            false => given.iter().map(one).collect::<Vec<_>>().join(" + "),
        }
    }

    /// The dates of an entry, a line each.
    pub(crate) fn preview_dates(self, dates: &EntryDates) -> Vec<String> {
        let line = |key, date: Option<jiff::civil::Date>| {
            date.map(|date| self.get(key, &[("date", date.to_string().into())]))
        };
        let lines = [
            line("preview-valid-from", dates.valid_from),
            line("preview-valid-until", dates.valid_until),
            line("preview-review-by", dates.review_by),
        ];
        lines.into_iter().flatten().collect()
    }

    /// The heading of the list of wordings.
    pub(crate) fn preview_wordings_title(self, entry: &EntryId) -> String {
        self.get("preview-wordings-title", &[("entry", entry.as_str().into())])
    }

    /// The button that puts a change in force.
    pub(crate) fn button_apply(self) -> String {
        self.say("button-apply")
    }

    /// The button that drops a change.
    pub(crate) fn button_cancel(self) -> String {
        self.say("button-cancel")
    }

    /// The button that makes a wording a new entry.
    pub(crate) fn button_teach_new(self) -> String {
        self.say("button-teach-new")
    }

    /// The heading of the choice of an entry.
    pub(crate) fn teach_title(self) -> String {
        self.say("teach-title")
    }

    /// Asks which entry a wording belongs to.
    pub(crate) fn teach_choose(self, wording: &str) -> String {
        self.get("teach-choose", &[("wording", wording.into())])
    }

    /// No entry is near a wording.
    pub(crate) fn teach_nothing_near(self, wording: &str) -> String {
        self.get("teach-nothing-near", &[("wording", wording.into())])
    }

    /// Refused: a file of the edit was changed by somebody else.
    pub(crate) fn refused_conflict(self, file: &str) -> String {
        self.get("refused-conflict", &[("file", file.into())])
    }

    /// Refused: a file of the edit cannot be written.
    pub(crate) fn refused_write(self, reason: &str) -> String {
        self.get("refused-write", &[("reason", reason.into())])
    }
}
