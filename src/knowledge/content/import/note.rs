//! What an import changed or left out, and where.

use std::fmt;

/// Where a row is in the imported file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowPlace {
    /// A line, counted from 1.
    Line(u64),
    /// An item of a list, or an entry of a table, counted from 1.
    Item(u64),
    /// A file of an imported folder.
    File(String),
}

impl fmt::Display for RowPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RowPlace::Line(line) => write!(f, "line {line}"),
            RowPlace::Item(item) => write!(f, "item {item}"),
            RowPlace::File(name) => f.write_str(name),
        }
    }
}

/// A change the importer made to a row.
#[derive(Debug, PartialEq, Eq)]
pub struct Note {
    /// The row.
    pub place: RowPlace,
    /// What was done to the row.
    pub message: String,
    /// Whether the row was left out.
    pub is_loss: bool,
}

impl Note {
    pub(super) fn change(place: &RowPlace, message: impl Into<String>) -> Note {
        Note { place: place.clone(), message: message.into(), is_loss: false }
    }

    pub(super) fn loss(place: &RowPlace, why: impl fmt::Display) -> Note {
        Note { place: place.clone(), message: format!("left out: {why}"), is_loss: true }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}
