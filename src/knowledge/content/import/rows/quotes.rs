//! Finds double quotes in a CSV file that a strict reader would misunderstand without a word.

use std::collections::BTreeSet;

/// A CSV text whose quotes a strict reader understands.
pub(super) struct Mended {
    /// The text, with quotes within a cell doubled.
    pub(super) text: String,
    /// The lines of records in which a quote within a cell was not doubled.
    pub(super) undoubled: BTreeSet<u64>,
    /// The lines of records that escape quotes with backslashes, so that the end of their cells is unclear.
    pub(super) escaped: BTreeSet<u64>,
}

/// Doubles the quotes within cells; fails with the line of a quote that begins a cell and is never closed.
pub(super) fn correct(text: &str, separator: u8) -> Result<Mended, u64> {
    let separator = char::from(separator);
    let ends_cell = |c: Option<char>| c.is_none_or(|c| c == separator || c == '\n');
    let mut corrected = Mended {
        text: String::with_capacity(text.len()),
        undoubled: BTreeSet::new(),
        escaped: BTreeSet::new(),
    };
    let (mut line, mut record, mut opened) = (1, 1, None);
    let (mut begins_cell, mut before) = (true, ' ');
    // Whether the cell is to be closed before the next separator, because its only other quote is part of the text.
    let mut lacks_close = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if lacks_close && ends_cell(Some(c)) {
            corrected.text.push('"');
            (opened, lacks_close) = (None, false);
        }
        corrected.text.push(c);
        let next = chars.peek().map(|(_, next)| *next);
        match (c, opened) {
            ('"', Some(_)) if next == Some('"') => corrected.text.extend(chars.next().map(|(_, c)| c)),
            ('"', Some(_)) if ends_cell(next) && !lacks_close => {
                opened = None;
                if before == '\\' {
                    corrected.escaped.insert(record);
                }
            }
            ('"', Some(start)) => {
                // A quote in a later line more likely opens another cell: then the first one was never closed.
                if start != line {
                    return Err(start);
                }
                let faults = if before == '\\' { &mut corrected.escaped } else { &mut corrected.undoubled };
                faults.insert(record);
                corrected.text.push('"');
                let rest = text.get(at + 1..).unwrap_or_default().lines().next().unwrap_or_default();
                lacks_close |= !rest
                    .match_indices('"')
                    .any(|(at, _)| ends_cell(rest.get(at + 1..).and_then(|behind| behind.chars().next())));
            }
            ('"', None) if begins_cell => opened = Some(line),
            ('\n', _) => {
                line += 1;
                if opened.is_none() {
                    record = line;
                }
            }
            _ => {}
        }
        begins_cell = opened.is_none() && (c == separator || c == '\n');
        before = c;
    }
    match opened {
        Some(_) if lacks_close => corrected.text.push('"'),
        Some(start) => return Err(start),
        None => {}
    }
    Ok(corrected)
}
