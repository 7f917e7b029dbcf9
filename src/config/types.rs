//! Whether a value fits a setting, and what was expected if it does not.
//!
//! The types of the settings decide. Each value is deserialized on its own, so that every wrong value of a file is
//! reported and not just the first one.

use serde::Deserialize;
use toml::Value;

use crate::config::Config;

/// What was expected instead of `value`, if it does not fit the setting `path`.
pub(super) fn mismatch(path: &str, value: Value) -> Option<String> {
    let document = path.rsplit('.').fold(value, |inner, name| {
        let mut table = toml::Table::new();
        table.insert(name.to_owned(), inner);
        Value::Table(table)
    });
    let error = Config::deserialize(document).err()?;
    let expected = error.message().rsplit_once("expected ").map_or(error.message(), |(_, expected)| expected);
    Some(in_words(expected.trim()))
}

/// Serde's name for the expected type, in plain words.
fn in_words(expected: &str) -> String {
    match expected {
        "u16" => "a whole number from 0 to 65535".into(),
        "u32" => "a whole number from 0 to 4294967295".into(),
        "u64" => "a whole number, such as an id that Discord shows with \"Copy ID\"".into(),
        "a boolean" => "true or false".into(),
        "a string" | "path string" => "a text in quotation marks".into(),
        "a sequence" => "a list in square brackets".into(),
        "string only" | "string or table" => "a word in quotation marks".into(),
        other => other.replace('`', "\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_setting_says_what_it_expects() {
        let text = |text: &str| Value::String(text.into());
        assert_eq!(mismatch("media.smtp.port", Value::Integer(25)), None);
        assert_eq!(mismatch("media.smtp.port", text("x")).as_deref(), Some("a whole number from 0 to 65535"));
        assert_eq!(
            mismatch("media.smtp.port", Value::Integer(70_000)).as_deref(),
            Some("a whole number from 0 to 65535")
        );
        assert_eq!(mismatch("search.vectors", text("x")).as_deref(), Some("true or false"));
        assert_eq!(mismatch("faq.dir", Value::Integer(3)).as_deref(), Some("a text in quotation marks"));
        assert_eq!(mismatch("media.from", Value::Integer(3)).as_deref(), Some("a text in quotation marks"));
        assert_eq!(
            mismatch("discord.ask_channels", Value::Integer(3)).as_deref(),
            Some("a list in square brackets")
        );
        assert_eq!(
            mismatch("search.caution", text("x")).as_deref(),
            Some("one of \"low\", \"normal\", \"high\"")
        );
        assert_eq!(
            mismatch("search.caution", Value::Integer(3)).as_deref(),
            Some("a word in quotation marks")
        );
    }
}
