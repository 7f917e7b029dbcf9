//! The text of the mail to the media team: plain lines, and what the person typed comes last. It is in the sender's language,
//! which most likely is the language of the question too.

use super::fields::Checked;
use crate::{
    ids::Reference,
    lang::Lang,
    text::{Text, text},
};

/// The subject: the reference, and the deadline if there is one.
pub(super) fn subject(checked: &Checked, reference: &Reference, lang: Lang) -> String {
    let text = text(lang);
    match checked.deadline.shown() {
        Some(deadline) => text.press_desk_mail_subject_deadline(reference.as_str(), deadline),
        None => text.press_desk_mail_subject(reference.as_str()),
    }
}

/// The text.
pub(super) fn body(checked: &Checked, reference: &Reference, lang: Lang) -> String {
    let text = text(lang);
    let mut lines = vec![
        text.press_desk_mail_intro(),
        String::new(),
        text.press_desk_mail_reference(reference.as_str()),
        text.press_desk_mail_name(&checked.name),
        match &checked.email {
            Some(email) => text.press_desk_mail_email(email.as_str()),
            None => text.press_desk_mail_no_email(),
        },
        deadline(checked, text),
        text.press_desk_mail_language(lang.code()),
        String::new(),
        text.press_desk_mail_question(),
        String::new(),
        checked.question.clone(),
    ];
    if !checked.extra.is_empty() {
        lines.extend([String::new(), text.press_desk_mail_extra(), String::new(), checked.extra.clone()]);
    }
    lines.extend([String::new(), "--".to_owned(), text.press_desk_mail_footer(), String::new()]);
    lines.join("\n")
}

fn deadline(checked: &Checked, text: Text) -> String {
    let typed = &checked.deadline.typed;
    match &checked.deadline.understood {
        Some(understood) if understood == typed => text.press_desk_mail_deadline(understood),
        Some(understood) => text.press_desk_mail_deadline_typed(understood, typed),
        None if typed.is_empty() => text.press_desk_mail_no_deadline(),
        None => text.press_desk_mail_deadline(typed),
    }
}
