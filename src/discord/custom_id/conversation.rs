//! The ids of the buttons that belong to a conversation, without version and area.

use super::{Digits, digits};
use crate::{
    bot::{ConversationAction, Passages},
    ids::UserId,
    knowledge::content::entry::EntryId,
};

pub(super) fn encode(action: &ConversationAction) -> String {
    match action {
        ConversationAction::Passages(Passages::Entry(entry)) => format!("p:{entry}"),
        ConversationAction::Passages(Passages::Paragraphs(numbers)) => {
            let numbers: String = numbers.iter().map(|number| digits((*number).into(), 4)).collect();
            format!("q{numbers}")
        }
        ConversationAction::Remove { asker } => format!("r{}", digits(asker.get(), 13)),
    }
}

pub(super) fn decode(id: &str) -> Option<ConversationAction> {
    let letter = id.chars().next()?;
    let rest = id.strip_prefix(letter)?;
    if letter == 'p' {
        let entry = EntryId::new(rest.strip_prefix(':')?)?;
        return Some(ConversationAction::Passages(Passages::Entry(entry)));
    }
    let mut numbers = Digits(rest.chars());
    let action = match letter {
        'q' => {
            let mut paragraphs = Vec::new();
            while !numbers.is_empty() && paragraphs.len() < 8 {
                paragraphs.push(numbers.take(4)?.try_into().ok()?);
            }
            ConversationAction::Passages(Passages::Paragraphs(paragraphs))
        }
        'r' => ConversationAction::Remove { asker: UserId::new(numbers.take(13)?) },
        _ => return None,
    };
    numbers.is_empty().then_some(action)
}
