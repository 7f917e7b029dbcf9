//! What moderators ask of the editor, what its buttons do, and the forms it opens. None of it carries any authority: the
//! permission is checked again at every step, and the ids only name what is kept in memory.

use crate::ids::DraftId;

/// Something a moderator asks of the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditorAsk {
    /// `/faq add`
    Add,
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
}

impl EditorAsk {
    /// Whether the reply is a form, which can only be the initial response to an interaction.
    pub fn opens_form(&self) -> bool {
        matches!(self, EditorAsk::Add | EditorAsk::Form { .. })
    }

    /// The name of the variant, for logs and metrics.
    pub(in crate::bot) fn name(&self) -> &'static str {
        match self {
            EditorAsk::Add => "editor_add",
            EditorAsk::Form { .. } => "editor_form",
            EditorAsk::Submit { .. } => "editor_submit",
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
}

impl EditorAction {
    /// What a press asks.
    pub(in crate::bot) fn ask(self) -> EditorAsk {
        match self {
            EditorAction::Form { draft } => EditorAsk::Form { draft },
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
