//! Faults in the settings: a closed list of codes, and a fault with its location and a hint.
//!
//! Faults are found in `file.rs`, `environment.rs`, `validate.rs` and `secrets.rs`, and rendered in `snippet.rs`.

use std::{ops::Range, path::PathBuf};

/// The kind of a fault. A published number never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The file is missing or cannot be read.
    Unreadable,
    /// The file, or a variable, is not UTF-8.
    NotUtf8,
    /// The file is not TOML.
    Syntax,
    /// No setting has this name.
    UnknownKey,
    /// The value has the wrong type or is not one of the allowed words.
    WrongType,
    /// This environment variable matches no setting.
    UnknownVariable,
    /// A number is too small or too large.
    OutOfRange,
    /// Not an id that Discord assigns.
    BadId,
    /// Not an email address.
    BadAddress,
    /// Not a web address that the bot may use.
    BadUrl,
    /// An unencrypted connection to another machine.
    Plaintext,
    /// A setting that another setting needs is not set.
    Missing,
    /// A path that cannot be used for this setting.
    BadPath,
    /// A text that is too long or contains invalid characters.
    BadText,
    /// A port that does not fit another setting.
    BadPort,
    /// A secret that cannot be read.
    SecretUnreadable,
    /// A secret with the wrong form.
    SecretMalformed,
    /// A secret's file that every user of the machine can read: a warning.
    SecretExposed,
    /// A token with the word "Bot" before it, which is ignored: a warning.
    SecretPrefixed,
}

impl Code {
    /// Every code, sorted by number.
    pub const ALL: [Code; 19] = [
        Code::Unreadable,
        Code::NotUtf8,
        Code::Syntax,
        Code::UnknownKey,
        Code::WrongType,
        Code::UnknownVariable,
        Code::OutOfRange,
        Code::BadId,
        Code::BadAddress,
        Code::BadUrl,
        Code::Plaintext,
        Code::Missing,
        Code::BadPath,
        Code::BadText,
        Code::BadPort,
        Code::SecretUnreadable,
        Code::SecretMalformed,
        Code::SecretExposed,
        Code::SecretPrefixed,
    ];

    /// `C001` and so on.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Unreadable => "C001",
            Code::NotUtf8 => "C002",
            Code::Syntax => "C003",
            Code::UnknownKey => "C004",
            Code::WrongType => "C005",
            Code::UnknownVariable => "C006",
            Code::OutOfRange => "C007",
            Code::BadId => "C008",
            Code::BadAddress => "C009",
            Code::BadUrl => "C010",
            Code::Plaintext => "C011",
            Code::Missing => "C012",
            Code::BadPath => "C013",
            Code::BadText => "C014",
            Code::BadPort => "C015",
            Code::SecretUnreadable => "C020",
            Code::SecretMalformed => "C021",
            Code::SecretExposed => "C022",
            Code::SecretPrefixed => "C023",
        }
    }

    /// Whether the bot starts anyway.
    pub(crate) fn is_warning(self) -> bool {
        matches!(self, Code::SecretExposed | Code::SecretPrefixed)
    }
}

/// Where a fault is. Faults are sorted by it: the file from top to bottom, then the environment, then secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// The file as a whole.
    File,
    /// These bytes of the file.
    Span(Range<usize>),
    /// This environment variable.
    Variable(String),
    /// This file, which holds a secret.
    Secret(PathBuf),
    /// A default value that does not fit another setting.
    Default,
}

impl Location {
    /// The sort key.
    pub(super) fn order(&self) -> (u8, usize, &str) {
        match self {
            Location::File => (0, 0, ""),
            Location::Span(span) => (1, span.start, ""),
            Location::Default => (2, 0, ""),
            Location::Variable(name) => (3, 0, name),
            Location::Secret(_) => (4, 0, ""),
        }
    }
}

/// One thing wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its kind.
    pub code: Code,
    /// Where it is.
    pub location: Location,
    /// What is wrong, without the location: "search.caution is …".
    pub message: String,
    /// How to correct it.
    pub hint: Option<String>,
}

impl Fault {
    /// A fault without a hint.
    pub fn new(code: Code, location: Location, message: impl Into<String>) -> Fault {
        Fault { code, location, message: message.into(), hint: None }
    }

    /// The same fault with a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Fault {
        self.hint = Some(hint.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_listed_once_and_in_order() {
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        let unique: BTreeSet<&str> = codes.iter().copied().collect();
        assert_eq!(codes, unique.into_iter().collect::<Vec<_>>());
        let source = include_str!("fault.rs");
        let named = source.matches("=> \"C0").count();
        assert_eq!(named, Code::ALL.len(), "a code is missing from Code::ALL");
    }
}
