//! The mail to the media team, in words: plain lines, what the person typed last. In the sender's language, which the
//! question is most likely in too.

use super::fields::Checked;
use crate::{
    ids::Reference,
    lang::Lang,
    text::{Text, text},
};

/// The subject: the reference, and the deadline if there is one.
pub(super) fn subject(checked: &Checked, reference: &Reference, lang: Lang) -> String {
    let words = text(lang);
    match checked.deadline.shown() {
        Some(deadline) => words.desk_mail_subject_deadline(reference.as_str(), deadline),
        None => words.desk_mail_subject(reference.as_str()),
    }
}

/// The text.
pub(super) fn body(checked: &Checked, reference: &Reference, lang: Lang) -> String {
    let words = text(lang);
    let mut lines = vec![
        words.desk_mail_intro(),
        String::new(),
        words.desk_mail_reference(reference.as_str()),
        words.desk_mail_name(&checked.name),
        match &checked.email {
            Some(email) => words.desk_mail_email(email.as_str()),
            None => words.desk_mail_no_email(),
        },
        deadline(checked, words),
        words.desk_mail_language(lang.code()),
        String::new(),
        words.desk_mail_question(),
        String::new(),
        checked.question.clone(),
    ];
    if !checked.extra.is_empty() {
        lines.extend([String::new(), words.desk_mail_extra(), String::new(), checked.extra.clone()]);
    }
    lines.extend([String::new(), "--".to_owned(), words.desk_mail_footer(), String::new()]);
    lines.join("\n")
}

fn deadline(checked: &Checked, words: Text) -> String {
    let typed = &checked.deadline.typed;
    match &checked.deadline.understood {
        Some(understood) if understood == typed => words.desk_mail_deadline(understood),
        Some(understood) => words.desk_mail_deadline_typed(understood, typed),
        None if typed.is_empty() => words.desk_mail_no_deadline(),
        None => words.desk_mail_deadline(typed),
    }
}
