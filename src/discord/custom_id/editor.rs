//! The ids of the editor's buttons and forms, without version and area.

use super::{Digits, digits};
use crate::{
    bot::{EditorAction, EditorForm},
    ids::DraftId,
};

pub(super) fn encode(action: &EditorAction) -> String {
    match action {
        EditorAction::Form { draft } => format!("f{}", digits(draft.get(), 13)),
    }
}

pub(super) fn decode(id: &str) -> Option<EditorAction> {
    let letter = id.chars().next()?;
    let mut numbers = Digits(id.strip_prefix(letter)?.chars());
    let action = match letter {
        'f' => EditorAction::Form { draft: DraftId::new(numbers.take(13)?) },
        _ => return None,
    };
    numbers.is_empty().then_some(action)
}

pub(super) fn encode_form(form: EditorForm) -> String {
    match form {
        EditorForm::Entry { draft } => format!("e{}", digits(draft.get(), 13)),
    }
}

pub(super) fn decode_form(id: &str) -> Option<EditorForm> {
    let mut numbers = Digits(id.strip_prefix('e')?.chars());
    let form = EditorForm::Entry { draft: DraftId::new(numbers.take(13)?) };
    numbers.is_empty().then_some(form)
}
