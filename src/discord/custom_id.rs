//! The custom ids of buttons and forms: stateless, so that they work after a restart, and versioned, so that an old one
//! gets a friendly message and is never misread.
//!
//! `<version><letter><fixed-width base-36 digits>[:<text>]`, at most 100 characters, which is Discord's limit.

mod conversation;
mod editor;
mod gaps;

use crate::{
    bot::{
        reply::{Action, FormId},
        request::Why,
    },
    ids::{DraftId, TicketId, UserId},
    knowledge::content::entry::EntryId,
};

/// The version of the format below; a change of any field's meaning or width requires a new one.
const VERSION: char = '1';

/// The custom id of the media form.
const MEDIA_FORM: &str = "1F";
/// The letter after the version in the ids of the editor's forms.
const EDITOR_FORM: char = 'E';

/// The longest custom id in characters.
pub(super) const MAX_LEN: usize = 100;

/// The custom id of an action; `None` for a link.
pub fn encode(action: &Action) -> Option<String> {
    let id = match action {
        Action::Show { entry, asker: Some(asker) } => {
            format!("{VERSION}p{}:{entry}", digits(asker.get(), 13))
        }
        Action::Show { entry, asker: None } => format!("{VERSION}s:{entry}"),
        Action::Why(why) => format!(
            "{VERSION}{}{}{}{}{}{}{}{}:{}",
            if why.after.is_some() { 'c' } else { 'w' },
            digits(why.confidence.into(), 2),
            digits(why.margin.into(), 2),
            digits(why.threshold.into(), 2),
            digits(why.wording.into(), 4),
            digits(why.matched.into(), 7),
            digits(why.generation, 13),
            why.after.map(|after| digits(after.into(), 3)).unwrap_or_default(),
            why.entry,
        ),
        Action::NotHelpful(None) => format!("{VERSION}n"),
        Action::NotHelpful(Some(entry)) => format!("{VERSION}n:{entry}"),
        Action::Media => format!("{VERSION}m"),
        Action::MediaForm(None) => format!("{VERSION}f"),
        Action::MediaForm(Some(draft)) => format!("{VERSION}f{}", digits(draft.get(), 13)),
        Action::MediaExplained => format!("{VERSION}x"),
        Action::MediaNotify(reference) => {
            let reference: String = reference.chars().filter(char::is_ascii_graphic).take(64).collect();
            format!("{VERSION}t:{reference}")
        }
        Action::NeedHelp => format!("{VERSION}h"),
        Action::ReloadShrunk => format!("{VERSION}r"),
        Action::Editor(action) => format!("{VERSION}e{}", editor::encode(action)),
        Action::Gaps(ask) => format!("{VERSION}g{}", gaps::encode(*ask)),
        Action::Corrections(ask) => format!("{VERSION}d{}", gaps::encode_corrections(*ask)),
        Action::Subscribe(ticket) => format!("{VERSION}u{}", digits(ticket.get(), 13)),
        Action::Conversation(action) => format!("{VERSION}k{}", conversation::encode(action)),
        Action::Link(_) => return None,
    };
    debug_assert!(id.len() <= MAX_LEN);
    Some(id)
}

/// The action of the button with that id; `None` if it is of another version or malformed.
pub(super) fn decode(id: &str) -> Option<Action> {
    let rest = id.strip_prefix(VERSION)?;
    let letter = rest.chars().next()?;
    let rest = rest.strip_prefix(letter)?;
    match letter {
        'e' => return editor::decode(rest).map(Action::Editor),
        'k' => return conversation::decode(rest).map(Action::Conversation),
        'd' => return gaps::decode_corrections(rest).map(Action::Corrections),
        'g' => return gaps::decode(rest).map(Action::Gaps),
        _ => {}
    }
    let (numbers, text) = match rest.split_once(':') {
        Some((numbers, text)) => (numbers, Some(text)),
        None => (rest, None),
    };
    let mut numbers = Digits(numbers.chars());
    let entry = || text.and_then(EntryId::new);
    let action = match letter {
        'p' => Action::Show { asker: Some(UserId::new(numbers.take(13)?)), entry: entry()? },
        's' => Action::Show { entry: entry()?, asker: None },
        'w' | 'c' => Action::Why(Why {
            confidence: numbers.take(2)?.try_into().ok()?,
            margin: numbers.take(2)?.try_into().ok()?,
            threshold: numbers.take(2)?.try_into().ok()?,
            wording: numbers.take(4)?.try_into().ok()?,
            matched: numbers.take(7)?.try_into().ok()?,
            generation: numbers.take(13)?,
            after: match letter {
                'c' => Some(numbers.take(3)?.try_into().ok()?),
                _ => None,
            },
            entry: entry()?,
        }),
        'n' if text.is_none() => Action::NotHelpful(None),
        'n' => Action::NotHelpful(Some(entry()?)),
        'm' => Action::Media,
        'f' if numbers.is_empty() => Action::MediaForm(None),
        'f' => Action::MediaForm(Some(DraftId::new(numbers.take(13)?))),
        'x' => Action::MediaExplained,
        't' => Action::MediaNotify(text?.to_owned()),
        'h' => Action::NeedHelp,
        'r' => Action::ReloadShrunk,
        'u' => Action::Subscribe(TicketId::new(numbers.take(13)?)),
        _ => return None,
    };
    numbers.is_empty().then_some(action)
}

/// The custom id of a form.
pub(super) fn encode_form(form: FormId) -> String {
    match form {
        FormId::Media => MEDIA_FORM.to_owned(),
        FormId::Editor(form) => format!("{VERSION}{EDITOR_FORM}{}", editor::encode_form(form)),
    }
}

/// The form with that id; `None` if it is of another version or malformed.
pub(super) fn decode_form(id: &str) -> Option<FormId> {
    if id == MEDIA_FORM {
        return Some(FormId::Media);
    }
    let rest = id.strip_prefix(VERSION)?.strip_prefix(EDITOR_FORM)?;
    editor::decode_form(rest).map(FormId::Editor)
}

/// `value` in base 36, padded with zeros to `width`.
fn digits(mut value: u64, width: usize) -> String {
    let mut digits = vec!['0'; width];
    for place in digits.iter_mut().rev() {
        let digit = u32::try_from(value % 36).expect("a remainder of 36");
        *place = char::from_digit(digit, 36).expect("a digit of base 36");
        value /= 36;
    }
    debug_assert_eq!(value, 0, "the width holds every value of the field's type");
    digits.into_iter().collect()
}

/// Fixed-width numbers, read from the front.
struct Digits<'a>(std::str::Chars<'a>);

impl Digits<'_> {
    fn take(&mut self, width: usize) -> Option<u64> {
        (0..width).try_fold(0u64, |value, _| {
            let digit = self.0.next()?.to_digit(36)?;
            value.checked_mul(36)?.checked_add(digit.into())
        })
    }

    fn is_empty(&self) -> bool {
        self.0.as_str().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::bot::{ConversationAction, CorrectionsAsk, EditorAction, EditorForm, GapsAsk, Passages};

    use super::*;

    fn entry() -> impl Strategy<Value = EntryId> {
        "[a-z0-9][a-z0-9-]{0,63}".prop_map(|name| EntryId::new(&name).unwrap())
    }

    fn why() -> impl Strategy<Value = Why> {
        let after = proptest::option::of(0..=Why::MAX_PLACE);
        (entry(), 0..=100u8, 0..=100u8, any::<u8>(), any::<u16>(), any::<u32>(), any::<u64>(), after)
            .prop_map(|(entry, confidence, margin, threshold, wording, matched, generation, after)| Why {
                entry,
                confidence,
                margin,
                threshold,
                wording,
                matched,
                generation,
                after,
            })
    }

    fn conversation() -> impl Strategy<Value = ConversationAction> {
        prop_oneof![
            entry().prop_map(|entry| ConversationAction::Passages(Passages::Entry(entry))),
            proptest::collection::vec(any::<u16>(), 1..4)
                .prop_map(|numbers| ConversationAction::Passages(Passages::Paragraphs(numbers))),
            any::<u64>().prop_map(|id| ConversationAction::Remove { asker: UserId::new(id) }),
        ]
    }

    fn action() -> impl Strategy<Value = Action> {
        prop_oneof![
            (entry(), proptest::option::of(any::<u64>()))
                .prop_map(|(entry, asker)| Action::Show { entry, asker: asker.map(UserId::new) }),
            why().prop_map(Action::Why),
            proptest::option::of(entry()).prop_map(Action::NotHelpful),
            Just(Action::Media),
            proptest::option::of(any::<u64>()).prop_map(|draft| Action::MediaForm(draft.map(DraftId::new))),
            Just(Action::MediaExplained),
            "M-[0-9A-Z]{4,8}".prop_map(Action::MediaNotify),
            Just(Action::NeedHelp),
            Just(Action::ReloadShrunk),
            conversation().prop_map(Action::Conversation),
            any::<u64>().prop_map(|ticket| Action::Subscribe(TicketId::new(ticket))),
            Just(Action::Corrections(CorrectionsAsk::Offer)),
            Just(Action::Corrections(CorrectionsAsk::Mark)),
            any::<u16>().prop_map(|page| Action::Gaps(GapsAsk::List { page })),
            any::<i64>().prop_map(|gap| Action::Gaps(GapsAsk::AddTo { gap })),
            any::<i64>().prop_map(|gap| Action::Gaps(GapsAsk::Dismiss { gap })),
            editor_action().prop_map(Action::Editor),
        ]
    }

    fn editor_action() -> impl Strategy<Value = EditorAction> {
        let id = || any::<u64>().prop_map(DraftId::new);
        prop_oneof![
            id().prop_map(|draft| EditorAction::Form { draft }),
            (id(), entry()).prop_map(|(draft, entry)| EditorAction::TeachTo { draft, entry }),
            any::<u64>().prop_map(|revision| EditorAction::Rollback { revision }),
            id().prop_map(|change| EditorAction::Apply { change }),
            id().prop_map(|change| EditorAction::Cancel { change }),
            id().prop_map(|change| EditorAction::Approve { change }),
            id().prop_map(|change| EditorAction::Reject { change }),
        ]
    }

    proptest! {
        #[test]
        fn every_action_survives_a_round_trip(action in action()) {
            let id = encode(&action).unwrap();
            prop_assert!(id.len() <= MAX_LEN, "{}", id);
            prop_assert_eq!(decode(&id), Some(action));
        }

        #[test]
        fn any_text_is_read_without_a_panic(id in ".{0,120}") {
            let _ = (decode(&id), decode_form(&id));
        }
    }

    #[test]
    fn every_form_survives_a_round_trip() {
        let entry = FormId::Editor(EditorForm::Entry { draft: DraftId::new(u64::MAX) });
        for form in [FormId::Media, entry] {
            let id = encode_form(form);
            assert_eq!(decode_form(&id), Some(form), "{id}");
            assert_eq!(decode(&id), None, "no button has the id of a form");
        }
        assert_eq!(decode_form("1Ee0"), None);
    }

    #[test]
    fn a_button_of_another_version_or_with_a_malformed_id_is_stale() {
        for id in [
            "",
            "0s:why",
            "2s:why",
            "s:why",
            "1",
            "1q",
            "1s",
            "1s:",
            "1s:NOT AN ID",
            "1w00:why",
            "1f0",
            "1mm",
            MEDIA_FORM,
        ] {
            assert_eq!(decode(id), None, "{id}");
        }
    }

    #[test]
    fn the_form_of_an_id_does_not_change_within_a_version() {
        let entry = EntryId::new("why-leaving").unwrap();
        let why = Why {
            entry: entry.clone(),
            confidence: 93,
            margin: 20,
            threshold: 61,
            wording: 7,
            matched: 0b1011,
            generation: 3,
            after: None,
        };
        let ids = [
            Action::Show { entry: entry.clone(), asker: None },
            Action::Show { entry: entry.clone(), asker: Some(UserId::new(7)) },
            Action::Why(Why { after: Some(7), ..why.clone() }),
            Action::Why(why),
            Action::NotHelpful(Some(entry)),
            Action::MediaForm(Some(DraftId::new(41))),
            Action::MediaNotify("M-7K4Q2".into()),
        ];
        let ids: Vec<String> = ids.iter().filter_map(encode).collect();
        insta::assert_snapshot!(ids.join("\n"));
    }
}
