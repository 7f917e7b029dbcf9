//! What moderators read while they edit an entry. The messages are in `locales/<lang>/editor.ftl`.

use crate::{knowledge::content::entry::EntryId, lang::Lang, text::Text};

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
}
