//! The form of an entry: filled in from a draft, and read back into one.

use crate::{
    bot::{
        editor::ask::{EditorForm, EntryFields},
        entry_draft::EntryDraft,
        reply::{Field, Form, FormId},
    },
    ids::DraftId,
    knowledge::wording_key::wording_key,
    lang::Lang,
    text::text,
};

/// The longest question in characters.
const QUESTION_CAP: u16 = 300;
/// What Discord lets a field hold.
const LONG_CAP: u16 = 4000;
/// A list of wordings up to this length is edited as a whole. A longer one is edited by adding and removing, so that
/// there is always room to write.
const WHOLE_LIST_CHARS: usize = 2500;

/// Whether the form shows all wordings, or asks which to add and to remove.
fn is_whole(draft: &EntryDraft) -> bool {
    joined(&draft.wordings).chars().count() <= WHOLE_LIST_CHARS
}

/// The form, filled in with `draft`.
pub(super) fn form(id: DraftId, draft: &EntryDraft, locale: Lang) -> Form {
    let text = text(locale);
    let long = |key, (label, placeholder): (String, String), value: String| Field {
        key,
        label,
        placeholder,
        value,
        is_required: false,
        is_long: true,
        max_chars: LONG_CAP,
    };
    let question = Field {
        is_required: true,
        is_long: false,
        max_chars: QUESTION_CAP,
        ..long("question", text.editor_form_question(), draft.question.clone())
    };
    let answer =
        Field { is_required: true, ..long("answer", text.editor_form_answer(), draft.answer.clone()) };
    let mut fields = vec![question, answer];
    if is_whole(draft) {
        fields.push(long("wordings", text.editor_form_wordings(), joined(&draft.wordings)));
    } else {
        fields.push(long("add", text.editor_form_add(), String::new()));
        fields.push(long("remove", text.editor_form_remove(), String::new()));
    }
    // Translations have no quotes of their own.
    if draft.lang == Lang::En {
        fields.push(long("quotes", text.editor_form_quotes(), joined(&draft.quotes)));
    }
    if let Some(english) = &draft.beside {
        let shown: String = english.chars().take(LONG_CAP.into()).collect();
        fields.push(long("english", text.editor_form_english(), shown));
    }
    let title = text.editor_form_title(draft.entry.as_ref(), draft.lang);
    Form { id: FormId::Editor(EditorForm::Entry { draft: id }), title, fields }
}

/// The draft with what was typed.
pub(super) fn filled(mut draft: EntryDraft, fields: &EntryFields) -> EntryDraft {
    let set = |old: &mut String, new: &Option<String>| {
        if let Some(new) = new {
            *old = new.trim().to_owned();
        }
    };
    set(&mut draft.question, &fields.question);
    set(&mut draft.answer, &fields.answer);
    if let Some(wordings) = &fields.wordings {
        draft.wordings = lines(wordings);
    }
    if let Some(remove) = &fields.remove {
        draft.wordings = without(&draft.wordings, &lines(remove));
    }
    if let Some(add) = &fields.add {
        draft.wordings.extend(lines(add));
    }
    if let Some(quotes) = &fields.quotes {
        draft.quotes = lines(quotes);
    }
    draft
}

/// The wordings without those named by their text, or by their number counted from 1.
fn without(wordings: &[String], removed: &[String]) -> Vec<String> {
    let is_removed = |at: usize, wording: &String| {
        let number = (at + 1).to_string();
        removed.iter().any(|removed| {
            removed.trim_end_matches('.') == number || wording_key(removed) == wording_key(wording)
        })
    };
    let kept = wordings.iter().enumerate().filter(|(at, wording)| !is_removed(*at, wording));
    kept.map(|(_, wording)| wording.clone()).collect()
}

fn joined(lines: &[String]) -> String {
    lines.join("\n")
}

/// The lines of a field without the empty ones.
fn lines(typed: &str) -> Vec<String> {
    typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(wordings: &[&str]) -> EntryDraft {
        let wordings = wordings.iter().map(|wording| (*wording).to_owned()).collect();
        EntryDraft::new(Lang::En, "Why?".into(), wordings)
    }

    fn keys(draft: &EntryDraft) -> Vec<&'static str> {
        form(DraftId::new(1), draft, Lang::En).fields.iter().map(|field| field.key).collect()
    }

    #[test]
    fn a_long_list_of_wordings_is_edited_by_adding_and_removing() {
        assert_eq!(keys(&draft(&["why is that"])), ["question", "answer", "wordings", "quotes"]);
        let long = draft(&["why is that"; 300]);
        assert_eq!(keys(&long), ["question", "answer", "add", "remove", "quotes"]);
        let french = EntryDraft { lang: Lang::Fr, beside: Some("Why?".into()), ..draft(&[]) };
        assert_eq!(keys(&french), ["question", "answer", "wordings", "english"]);
    }

    #[test]
    fn wordings_are_removed_by_their_text_or_number() {
        let fields = EntryFields {
            add: Some("four\n\n".into()),
            remove: Some("TWO?\n3.".into()),
            ..EntryFields::default()
        };
        let filled = filled(draft(&["one", "two", "three", "3 days"]), &fields);
        assert_eq!(filled.wordings, ["one", "3 days", "four"]);
        assert_eq!(filled.question, "Why?", "a field that was not shown changes nothing");
    }

    #[test]
    fn every_label_and_example_fits_into_discords_form() {
        let long = draft(&["why is that"; 300]);
        for (lang, draft) in
            [(Lang::En, &long), (Lang::Fr, &long), (Lang::En, &draft(&[])), (Lang::Fr, &draft(&[]))]
        {
            let form = form(DraftId::new(1), draft, lang);
            assert!(form.title.chars().count() <= 45, "{}", form.title);
            for field in form.fields {
                assert!(field.label.chars().count() <= 45, "{}", field.label);
                assert!(field.placeholder.chars().count() <= 100, "{}", field.placeholder);
            }
        }
    }
}
