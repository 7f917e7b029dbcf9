//! What a stream can show: colour on a terminal, plain text anywhere else.

use std::io::IsTerminal;

use crate::knowledge::content::finding::Colour;

/// Whether `stream` is a terminal whose owner did not decline colour (see no-color.org).
pub(crate) fn is_coloured(stream: &impl IsTerminal) -> bool {
    let is_declined = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    stream.is_terminal() && !is_declined && !is_dumb
}

/// The same for findings.
pub(crate) fn colour(is_coloured: bool) -> Colour {
    if is_coloured { Colour::On } else { Colour::Off }
}

/// Text in bold, if it is to be coloured.
pub(crate) fn bold(text: &str, is_coloured: bool) -> String {
    if is_coloured { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Text that steps back, if it is to be coloured.
pub(crate) fn dim(text: &str, is_coloured: bool) -> String {
    if is_coloured { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
}
