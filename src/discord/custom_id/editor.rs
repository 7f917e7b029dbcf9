//! The ids of the editor's buttons and forms, without version and area.

use super::{Digits, digits};
use crate::{
    bot::{EditorAction, EditorForm},
    ids::DraftId,
    knowledge::content::entry::EntryId,
};

pub(super) fn encode(action: &EditorAction) -> String {
    match action {
        EditorAction::Form { draft } => format!("f{}", digits(draft.get(), 13)),
        EditorAction::TeachTo { draft, entry } => format!("t{}:{entry}", digits(draft.get(), 13)),
        EditorAction::Rollback { revision } => format!("b{}", digits(*revision, 13)),
        EditorAction::Apply { change } => format!("a{}", digits(change.get(), 13)),
        EditorAction::Cancel { change } => format!("c{}", digits(change.get(), 13)),
        EditorAction::Approve { change } => format!("y{}", digits(change.get(), 13)),
        EditorAction::Reject { change } => format!("n{}", digits(change.get(), 13)),
    }
}

pub(super) fn decode(id: &str) -> Option<EditorAction> {
    let letter = id.chars().next()?;
    let rest = id.strip_prefix(letter)?;
    let (numbers, text) = match rest.split_once(':') {
        Some((numbers, text)) => (numbers, Some(text)),
        None => (rest, None),
    };
    let mut numbers = Digits(numbers.chars());
    let number = numbers.take(13)?;
    let id = DraftId::new(number);
    let action = match (letter, text) {
        ('f', None) => EditorAction::Form { draft: id },
        ('t', Some(entry)) => EditorAction::TeachTo { draft: id, entry: EntryId::new(entry)? },
        ('b', None) => EditorAction::Rollback { revision: number },
        ('a', None) => EditorAction::Apply { change: id },
        ('c', None) => EditorAction::Cancel { change: id },
        ('y', None) => EditorAction::Approve { change: id },
        ('n', None) => EditorAction::Reject { change: id },
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
