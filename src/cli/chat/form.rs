//! A form, asked field by field.

use std::{
    io::Write,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::{
    bot::{
        reply::{Field, Form},
        request::EnquiryFields,
    },
    cli::{chat::input::Input, exit::Failure},
};

/// What the person wrote into each field; `None` where they left.
pub(super) fn fill_in(
    form: &Form,
    input: &mut dyn Input,
    out: &mut dyn Write,
) -> Result<Option<EnquiryFields>, Failure> {
    writeln!(out, "{} (/cancel to leave)", form.title)?;
    let mut fields = EnquiryFields::default();
    for field in &form.fields {
        let Some(value) = ask(field, input, out)? else { return Ok(None) };
        let target = match field.key {
            "name" => &mut fields.name,
            "email" => &mut fields.email,
            "deadline" => &mut fields.deadline,
            "question" => &mut fields.question,
            _ => &mut fields.extra,
        };
        *target = value;
    }
    Ok(Some(fields))
}

/// Asks until the field holds what it may hold.
fn ask(field: &Field, input: &mut dyn Input, out: &mut dyn Write) -> Result<Option<String>, Failure> {
    let optional = if field.is_required { "" } else { " (may be left empty)" };
    writeln!(out, "{}{optional}, such as: {}", field.label, field.placeholder)?;
    if !field.value.is_empty() {
        writeln!(out, "Enter keeps: {}", field.value)?;
    }
    loop {
        let Some(typed) = input.next("  > ", out)? else { return Ok(None) };
        let typed = typed.trim();
        if typed == "/cancel" {
            return Ok(None);
        }
        let value = if typed.is_empty() { field.value.as_str() } else { typed };
        if value.is_empty() && field.is_required {
            writeln!(out, "This is needed.")?;
        } else if value.chars().count() > usize::from(field.max_chars) {
            writeln!(out, "This is too long: at most {} characters.", field.max_chars)?;
        } else {
            return Ok(Some(value.to_owned()));
        }
    }
}

/// A number for this submission, as Discord gives every one of its own: the same one twice would be one enquiry.
/// Microseconds stay far below Discord's ids.
pub(super) fn number() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}
