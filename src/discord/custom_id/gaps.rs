//! The ids of buttons under questions that were asked in vain and of those for corrections, without version and area.

use super::{Digits, digits};
use crate::bot::{CorrectionsAsk, GapsAsk};

pub(super) fn encode(ask: GapsAsk) -> String {
    match ask {
        GapsAsk::List { page } => format!("l{}", digits(page.into(), 4)),
        GapsAsk::AddTo { gap } => format!("a{}", digits(gap.cast_unsigned(), 13)),
        GapsAsk::Dismiss { gap } => format!("d{}", digits(gap.cast_unsigned(), 13)),
    }
}

pub(super) fn decode(id: &str) -> Option<GapsAsk> {
    let letter = id.chars().next()?;
    let mut numbers = Digits(id.strip_prefix(letter)?.chars());
    let ask = match letter {
        'l' => GapsAsk::List { page: numbers.take(4)?.try_into().ok()? },
        'a' => GapsAsk::AddTo { gap: numbers.take(13)?.cast_signed() },
        'd' => GapsAsk::Dismiss { gap: numbers.take(13)?.cast_signed() },
        _ => return None,
    };
    numbers.is_empty().then_some(ask)
}

pub(super) fn encode_corrections(ask: CorrectionsAsk) -> &'static str {
    match ask {
        CorrectionsAsk::Offer => "o",
        CorrectionsAsk::Mark => "m",
    }
}

pub(super) fn decode_corrections(id: &str) -> Option<CorrectionsAsk> {
    match id {
        "o" => Some(CorrectionsAsk::Offer),
        "m" => Some(CorrectionsAsk::Mark),
        _ => None,
    }
}
