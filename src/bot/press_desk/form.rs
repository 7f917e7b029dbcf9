//! The form itself: five fields, filled in with the text of an enquiry that was not accepted.

use super::{deadline, fields};
use crate::{
    bot::{
        reply::{Field, Form, FormId},
        request::EnquiryFields,
    },
    lang::Lang,
    text::text,
};

/// The form, filled with `draft`.
pub(super) fn form(draft: &EnquiryFields, lang: Lang, keep_days: u16) -> Form {
    let text = text(lang);
    let cap = |chars: usize| u16::try_from(chars).unwrap_or(4000);
    let field = |key, label, placeholder, value: &str, max: usize| Field {
        key,
        label,
        placeholder,
        value: value.chars().take(max).collect(),
        is_required: false,
        is_long: false,
        max_chars: cap(max),
    };
    let name =
        field("name", text.media_form_name(), text.media_form_name_example(), &draft.name, fields::NAME_CAP);
    let email = field(
        "email",
        text.media_form_email(),
        text.media_form_email_example(),
        &draft.email,
        fields::EMAIL_CAP,
    );
    let until = field(
        "deadline",
        text.media_form_deadline(),
        text.media_form_deadline_example(),
        &draft.deadline,
        deadline::CAP,
    );
    let question = field(
        "question",
        text.media_form_question(),
        text.media_form_question_example(keep_days.into()),
        &draft.question,
        fields::QUESTION_CAP,
    );
    let extra = field(
        "extra",
        text.media_form_extra(),
        text.media_form_extra_example(),
        &draft.extra,
        fields::EXTRA_CAP,
    );
    Form {
        id: FormId::Media,
        title: text.media_form_title(),
        fields: vec![
            Field { is_required: true, ..name },
            email,
            until,
            Field { is_required: true, is_long: true, ..question },
            Field { is_long: true, ..extra },
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_and_example_fits_into_discords_form() {
        for (lang, keep_days) in [(Lang::En, 1), (Lang::En, 365), (Lang::Fr, 1), (Lang::Fr, 365)] {
            let form = form(&EnquiryFields::default(), lang, keep_days);
            assert!(form.title.chars().count() <= 45);
            assert_eq!(form.fields.len(), 5);
            for field in form.fields {
                assert!(field.label.chars().count() <= 45, "{}", field.label);
                assert!(field.placeholder.chars().count() <= 100, "{}", field.placeholder);
            }
        }
    }
}
