//! A form, asked field by field.

use std::{
    io::Write,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::{
    bot::reply::{Field, Form},
    cli::{command::chat::input::Input, exit::CommandError},
};

/// What the person wrote into each field, with its key; `None` where they left.
pub(super) fn fill_in(
    form: &Form,
    input: &mut dyn Input,
    out: &mut dyn Write,
) -> Result<Option<Vec<(String, String)>>, CommandError> {
    writeln!(out, "{} (/cancel to leave)", form.title)?;
    let mut fields = Vec::new();
    for field in &form.fields {
        let Some(value) = ask(field, input, out)? else { return Ok(None) };
        fields.push((field.key.to_owned(), value));
    }
    Ok(Some(fields))
}

/// Asks until the field holds what it may hold.
fn ask(field: &Field, input: &mut dyn Input, out: &mut dyn Write) -> Result<Option<String>, CommandError> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bot::reply::FormId;

    /// Lines prepared beforehand.
    struct Prepared(Vec<&'static str>);

    impl Input for Prepared {
        fn next(&mut self, _prompt: &str, _out: &mut dyn Write) -> Result<Option<String>, CommandError> {
            Ok((!self.0.is_empty()).then(|| self.0.remove(0).to_owned()))
        }
    }

    fn field(key: &'static str, is_required: bool, value: &str) -> Field {
        let text = |text: &str| text.to_owned();
        let (label, placeholder, value) = (text("Label"), text("example"), text(value));
        Field { key, label, placeholder, value, is_required, is_long: false, max_chars: 10 }
    }

    fn fill(lines: &[&'static str]) -> Option<Vec<(String, String)>> {
        let fields =
            vec![field("name", true, ""), field("email", true, "a@b.org"), field("deadline", false, "")];
        let form = Form { id: FormId::Media, title: "Write".into(), fields };
        fill_in(&form, &mut Prepared(lines.to_vec()), &mut Vec::new()).unwrap()
    }

    #[test]
    fn a_field_is_asked_again_until_it_holds_what_it_may_hold() {
        let fields = fill(&["", "much too long a name", "Ann", "", ""]).unwrap();
        let values: Vec<&str> = fields.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["Ann", "a@b.org", ""]);
    }

    #[test]
    fn whoever_leaves_or_stops_typing_sends_nothing() {
        assert!(fill(&["Ann", "/cancel"]).is_none());
        assert!(fill(&["Ann"]).is_none());
    }
}
