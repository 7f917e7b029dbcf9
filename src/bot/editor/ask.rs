//! What moderators ask of the editor, what its buttons do, and the forms it opens. None of it carries any authority: the
//! permission is checked again at every step, and the ids only name what is kept in memory.

use crate::{ids::DraftId, knowledge::content::entry::EntryId};

/// Something a moderator asks of the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditorAsk {
    /// `/faq add`, or "Add to FAQ" on a message.
    Add {
        /// The message; empty for none.
        text: String,
    },
    /// `/faq edit`
    Edit {
        /// The entry: a completion that was chosen, or its id as typed.
        entry: String,
    },
    /// `/faq translate`
    Translate {
        /// The entry, as in `Edit`.
        entry: String,
    },
    /// `/faq remove`
    Remove {
        /// The entry, as in `Edit`.
        entry: String,
    },
    /// "Teach this wording" on a message: offers the nearest entries.
    Teach {
        /// The message.
        text: String,
    },
    /// The entry that was chosen for a wording.
    TeachTo {
        /// The draft that holds the wording.
        draft: DraftId,
        /// The entry.
        entry: EntryId,
    },
    /// The form, filled in from a draft.
    Form {
        /// The draft.
        draft: DraftId,
    },
    /// The form, sent.
    Submit {
        /// The draft that it was filled in from.
        draft: DraftId,
        /// The fields as typed.
        fields: EntryFields,
    },
    /// `/faq quote`
    Quote {
        /// What is searched, as typed.
        search: String,
    },
    /// `/faq coverage`
    Coverage,
    /// `/faq history`
    History,
    /// `/faq rollback`
    Rollback {
        /// The number of the revision, as typed.
        revision: String,
    },
    /// Puts a change in force that was shown.
    Apply {
        /// The change.
        change: DraftId,
    },
    /// Drops a change that was shown.
    Cancel {
        /// The change.
        change: DraftId,
    },
    /// Puts an edit in force that waits for another moderator.
    Approve {
        /// The edit.
        change: DraftId,
    },
    /// Drops an edit that waits for another moderator.
    Reject {
        /// The edit.
        change: DraftId,
    },
}

impl EditorAsk {
    /// Whether the reply is a form, which can only be the initial response to an interaction.
    pub fn opens_form(&self) -> bool {
        matches!(
            self,
            EditorAsk::Add { .. }
                | EditorAsk::Edit { .. }
                | EditorAsk::Translate { .. }
                | EditorAsk::Form { .. }
        )
    }

    /// Whether a generation may have to be built, which takes long.
    pub(in crate::bot) fn builds(&self) -> bool {
        matches!(
            self,
            EditorAsk::Remove { .. }
                | EditorAsk::TeachTo { .. }
                | EditorAsk::Submit { .. }
                | EditorAsk::Rollback { .. }
                | EditorAsk::Approve { .. }
                | EditorAsk::Apply { .. }
        )
    }

    /// The entry or revision it is about, for the audit; empty where only what was typed would say.
    pub(in crate::bot) fn reference(&self) -> String {
        match self {
            EditorAsk::TeachTo { entry, .. } => entry.to_string(),
            EditorAsk::Edit { entry } | EditorAsk::Translate { entry } | EditorAsk::Remove { entry } => {
                let id = entry.trim().strip_prefix("entry:").and_then(EntryId::new);
                id.map(|id| id.to_string()).unwrap_or_default()
            }
            EditorAsk::Rollback { revision } => {
                revision.trim().parse::<u64>().map(|revision| format!("#{revision}")).unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    /// The name of the variant, for logs and metrics.
    pub(in crate::bot) fn name(&self) -> &'static str {
        match self {
            EditorAsk::Add { .. } => "editor_add",
            EditorAsk::Edit { .. } => "editor_edit",
            EditorAsk::Translate { .. } => "editor_translate",
            EditorAsk::Remove { .. } => "editor_remove",
            EditorAsk::Teach { .. } => "editor_teach",
            EditorAsk::TeachTo { .. } => "editor_teach_to",
            EditorAsk::Form { .. } => "editor_form",
            EditorAsk::Submit { .. } => "editor_submit",
            EditorAsk::Quote { .. } => "editor_quote",
            EditorAsk::Coverage => "editor_coverage",
            EditorAsk::History => "editor_history",
            EditorAsk::Rollback { .. } => "editor_rollback",
            EditorAsk::Apply { .. } => "editor_apply",
            EditorAsk::Cancel { .. } => "editor_cancel",
            EditorAsk::Approve { .. } => "editor_approve",
            EditorAsk::Reject { .. } => "editor_reject",
        }
    }
}

/// What a button of the editor does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditorAction {
    /// Opens the form, filled in from a draft.
    Form {
        /// The draft.
        draft: DraftId,
    },
    /// Adds the wording of a draft to an entry.
    TeachTo {
        /// The draft.
        draft: DraftId,
        /// The entry.
        entry: EntryId,
    },
    /// Shows what going back to a revision would change.
    Rollback {
        /// Its number.
        revision: u64,
    },
    /// Puts a change in force.
    Apply {
        /// The change.
        change: DraftId,
    },
    /// Drops a change.
    Cancel {
        /// The change.
        change: DraftId,
    },
    /// Puts an edit of another moderator in force.
    Approve {
        /// The edit.
        change: DraftId,
    },
    /// Drops an edit that waits for another moderator.
    Reject {
        /// The edit.
        change: DraftId,
    },
}

impl EditorAction {
    /// What a press asks.
    pub(in crate::bot) fn ask(self) -> EditorAsk {
        match self {
            EditorAction::Form { draft } => EditorAsk::Form { draft },
            EditorAction::TeachTo { draft, entry } => EditorAsk::TeachTo { draft, entry },
            EditorAction::Rollback { revision } => EditorAsk::Rollback { revision: revision.to_string() },
            EditorAction::Apply { change } => EditorAsk::Apply { change },
            EditorAction::Cancel { change } => EditorAsk::Cancel { change },
            EditorAction::Approve { change } => EditorAsk::Approve { change },
            EditorAction::Reject { change } => EditorAsk::Reject { change },
        }
    }
}

/// A form of the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditorForm {
    /// Question, answer, wordings and quotes of one entry in one language.
    Entry {
        /// The draft that it was filled in from.
        draft: DraftId,
    },
}

impl EditorForm {
    /// What a submission asks.
    pub(in crate::bot) fn ask(self, typed: Vec<(String, String)>) -> EditorAsk {
        match self {
            EditorForm::Entry { draft } => {
                let mut fields = EntryFields::default();
                typed.into_iter().for_each(|(key, value)| fields.set(&key, value));
                EditorAsk::Submit { draft, fields }
            }
        }
    }
}

/// The fields of the form of an entry, as typed. A field that the form does not show is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryFields {
    /// The question.
    pub question: Option<String>,
    /// The answer, in Markdown.
    pub answer: Option<String>,
    /// All other wordings, one per line.
    pub wordings: Option<String>,
    /// Wordings to add, one per line.
    pub add: Option<String>,
    /// Wordings to remove, one per line: their text or their number.
    pub remove: Option<String>,
    /// Quotes of the announcement, one per line.
    pub quotes: Option<String>,
}

impl EntryFields {
    /// Sets the field of that key; an unknown key changes nothing.
    fn set(&mut self, key: &str, value: String) {
        match key {
            "question" => self.question = Some(value),
            "answer" => self.answer = Some(value),
            "wordings" => self.wordings = Some(value),
            "add" => self.add = Some(value),
            "remove" => self.remove = Some(value),
            "quotes" => self.quotes = Some(value),
            _ => {}
        }
    }

    /// Everything that was typed, field by field, to be given back.
    pub(in crate::bot) fn typed(&self) -> String {
        let fields = [&self.question, &self.answer, &self.wordings, &self.add, &self.remove, &self.quotes];
        let typed = fields.into_iter().flatten().filter(|field| !field.trim().is_empty());
        typed.map(String::as_str).collect::<Vec<_>>().join("\n\n")
    }
}
