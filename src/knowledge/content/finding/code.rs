//! The codes of findings: one enum, one table. A code never changes its meaning; new ones go to the end.

use std::fmt;

/// Whether the content can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The whole folder is refused.
    Error,
    /// The folder is used; someone should take a look.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// Declares the codes once: variant, number, severity, meaning.
macro_rules! codes {
    ($($variant:ident $number:literal $severity:ident $meaning:literal;)*) => {
        /// The kind of problem that a finding reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// As printed: `F001`.
            pub fn number(self) -> &'static str {
                match self { $(Code::$variant => $number,)* }
            }

            /// Its severity.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// Its description in one line, for the table of codes.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning,)* }
            }
        }
    };
}

codes! {
    FolderMissing "F001" Error "the content folder does not exist or is not a folder";
    FolderEmpty "F002" Error "the folder contains neither an entry nor an announcement";
    Unreadable "F003" Error "a file or folder cannot be read";
    NotRegular "F004" Error "the folder contains a link, device, pipe or socket";
    FileTooLarge "F005" Error "a file is larger than 1 MiB";
    TooManyFiles "F006" Error "the folder contains more than 10,000 files";
    FolderTooLarge "F007" Error "the files are larger than 64 MiB together";
    TooDeep "F008" Error "folders are nested more than eight deep";
    StillChanging "F009" Error "the files kept changing while they were read";
    BadFileName "F010" Error "a file name is not a valid entry id";
    UnknownFolder "F011" Error "a folder is neither a language nor `_routes`";
    NotRead "F012" Warning "a file is not Markdown and is not read";
    NotUtf8 "F013" Error "a file is not UTF-8";
    Nul "F014" Error "a file contains a NUL byte";
    NoFrontMatter "F015" Error "a `+++` line is missing";
    BadToml "F016" Error "the front matter is not valid TOML";
    UnknownKey "F017" Error "a key has no meaning here";
    WrongType "F018" Error "a value has the wrong type";
    MissingKey "F019" Error "a key is missing";
    MissingBody "F020" Error "the text below the front matter is missing";
    BadValue "F021" Error "a value is not one of those allowed";
    DuplicateId "F022" Error "two files have the same id";
    DuplicateWording "F023" Error "two wordings are the same";
    VersionWithoutEntry "F024" Error "a translation has no English entry";
    QuoteNotFound "F025" Error "a quote is not in the announcement";
    QuoteCrossesParagraph "F026" Error "a quote runs over the end of a paragraph";
    NoQuotes "F027" Error "no quote proves an answer";
    NoAnnouncement "F028" Error "there are quotes but no announcement";
    UnprovenNumber "F029" Error "an answer states a number that the announcement does not";
    UnprovenName "F030" Error "an answer states a name that the announcement does not";
    UnprovenAddress "F031" Error "an answer gives an address that the announcement does not";
    TooLong "F032" Error "a text is too long for Discord";
    EmptyText "F033" Error "a text in a list is empty";
    Expired "F034" Warning "an entry is past its last day and is not shown";
    Mention "F035" Warning "a text looks like a mention";
    MaskedLink "F036" Warning "a link text hides the address";
    HiddenCharacter "F037" Warning "a text contains invisible or direction-changing characters, which are removed";
    FewWordings "F038" Warning "an entry has fewer than six wordings";
    NoTests "F039" Warning "an entry has no `asks`";
    TestRepeats "F040" Warning "a test question repeats a wording or another test question";
    Shrunk "F041" Error "the new content has less than half of the current entries";
    MergeConflict "F042" Error "a file contains the markers of an unresolved merge";
    NoNeedRoute "F043" Warning "no route recognises people in need";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_counted_without_a_gap() {
        for (at, code) in Code::ALL.iter().enumerate() {
            assert_eq!(code.number(), format!("F{:03}", at + 1), "{code:?}");
        }
    }

    #[test]
    fn every_code_has_a_meaning_of_its_own() {
        let mut meanings: Vec<&str> = Code::ALL.iter().map(|code| code.meaning()).collect();
        meanings.sort_unstable();
        meanings.dedup();
        assert_eq!(meanings.len(), Code::ALL.len());
    }
}
