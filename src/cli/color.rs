//! Colour: used on a terminal, and nowhere else.

use std::io::IsTerminal;

use crate::knowledge::content::finding::Colour;

/// Whether `stream` is a terminal that wants colour (see <https://no-color.org>).
pub(crate) fn is_coloured(stream: &impl IsTerminal) -> bool {
    let is_declined = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    stream.is_terminal() && !is_declined && !is_dumb
}

/// The setting for rendering findings.
pub(crate) fn colour(is_coloured: bool) -> Colour {
    if is_coloured { Colour::On } else { Colour::Off }
}

/// `text` in bold if `is_coloured`.
pub(crate) fn bold(text: &str, is_coloured: bool) -> String {
    if is_coloured { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// `text` dimmed if `is_coloured`.
pub(crate) fn dim(text: &str, is_coloured: bool) -> String {
    if is_coloured { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
}
