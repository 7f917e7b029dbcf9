//! What can be wrong with the settings: one closed list of codes, and a fault that says where it is and how to mend it.
//!
//! Does not find faults (`file.rs`, `environment.rs`, `meaning.rs`, `secrets.rs`) and does not draw them (`snippet.rs`).

use std::{fmt, ops::Range, path::PathBuf};

use crate::config::snippet;

/// The kind of a fault. A number, once given, keeps its meaning.
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
    /// The value has the wrong type, or is none of the words allowed.
    WrongType,
    /// No setting belongs to this environment variable.
    UnknownVariable,
    /// A number is too small or too large.
    OutOfRange,
    /// An id that Discord never gives.
    BadId,
    /// Not an e-mail address.
    BadAddress,
    /// Not a web address that the bot may use.
    BadUrl,
    /// A connection to another machine without encryption.
    Plaintext,
    /// A setting that another one needs is not set.
    Missing,
    /// A folder or file that cannot be used as such.
    BadPath,
    /// A text that is too long or holds control characters.
    BadText,
    /// A secret that cannot be read.
    SecretUnreadable,
    /// A secret that cannot be one.
    SecretMalformed,
    /// A file with a secret that every user of the machine may read: a warning.
    SecretExposed,
}

impl Code {
    /// Every code, in the order of their numbers.
    pub const ALL: [Code; 17] = [
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
        Code::SecretUnreadable,
        Code::SecretMalformed,
        Code::SecretExposed,
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
            Code::SecretUnreadable => "C020",
            Code::SecretMalformed => "C021",
            Code::SecretExposed => "C022",
        }
    }

    /// Whether the bot starts in spite of it.
    pub fn is_warning(self) -> bool {
        self == Code::SecretExposed
    }
}

/// Where a fault is, from the top of the file to the bottom and then the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// These bytes of the file.
    Span(Range<usize>),
    /// This environment variable.
    Variable(String),
    /// This file of a secret.
    Secret(PathBuf),
    /// A default value: the fault is that another setting makes it impossible.
    Default,
}

impl Place {
    /// What faults are sorted by.
    pub(super) fn order(&self) -> (u8, usize, &str) {
        match self {
            Place::File => (0, 0, ""),
            Place::Span(span) => (1, span.start, ""),
            Place::Default => (2, 0, ""),
            Place::Variable(name) => (3, 0, name),
            Place::Secret(_) => (4, 0, ""),
        }
    }
}

/// One thing wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its kind.
    pub code: Code,
    /// Where it is.
    pub place: Place,
    /// What is wrong, after the place: "search.caution is …".
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}

impl Fault {
    /// A fault without a hint.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Fault {
        Fault { code, place, message: message.into(), hint: None }
    }

    /// The same fault with a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Fault {
        self.hint = Some(hint.into());
        self
    }
}

/// Everything wrong with the settings, sorted by place.
#[derive(Debug, Clone)]
pub struct Faults {
    file: PathBuf,
    text: String,
    all: Vec<Fault>,
}

impl Faults {
    /// The faults of `file`, whose text is shown beside them.
    pub fn new(file: PathBuf, text: String, mut all: Vec<Fault>) -> Faults {
        all.sort_by(|a, b| a.place.order().cmp(&b.place.order()).then(a.code.cmp(&b.code)));
        Faults { file, text, all }
    }

    /// In order.
    pub fn all(&self) -> &[Fault] {
        &self.all
    }

    /// As a person reads them, each with its line and a caret, separated by blank lines.
    pub fn render(&self, is_coloured: bool) -> String {
        snippet::render(&self.file, &self.text, &self.all, is_coloured)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Faults {}

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
