//! Splits a cell of other wordings, as people write lists into one cell.

use super::super::{Note, RowPlace};

/// The wordings in `cell`: a JSON list, or texts between `|` or, without any `|`, between semicolons.
pub(super) fn split(cell: &str, place: &RowPlace, notes: &mut Vec<Note>) -> Vec<String> {
    let owned = |parts: Vec<&str>| parts.into_iter().map(str::to_owned).collect();
    if cell.trim_start().starts_with('[')
        && let Ok(list) = serde_json::from_str::<Vec<String>>(cell)
    {
        return list;
    }
    // `pipe|what is a | b` holds two wordings, one of which has a `|` of its own.
    let is_spaced = |at: usize| {
        let (before, after) = (cell.get(..at).unwrap_or_default(), cell.get(at + 1..).unwrap_or_default());
        before.ends_with(' ') && after.starts_with(' ')
    };
    let bars: Vec<usize> = cell.match_indices('|').map(|(at, _)| at).collect();
    if bars.iter().any(|at| is_spaced(*at)) && !bars.iter().all(|at| is_spaced(*at)) {
        let mut parts = Vec::new();
        let mut from = 0;
        for at in bars.into_iter().filter(|at| !is_spaced(*at)).chain([cell.len()]) {
            parts.push(cell.get(from..at).unwrap_or_default());
            from = at + 1;
        }
        notes.push(Note::change(place, "a ` | ` between spaces was kept as part of a wording"));
        return owned(parts);
    }
    if bars.is_empty() && cell.contains(';') {
        let parts: Vec<&str> = cell.split(';').filter(|part| !part.trim().is_empty()).collect();
        let message =
            format!("the alternates are separated by semicolons; they were read as {}", parts.len());
        notes.push(Note::change(place, message));
        return owned(parts);
    }
    owned(cell.split('|').collect())
}
