//! Reads CSV files as spreadsheets write them: other separators, other encodings, blank rows.

use super::super::{Columns, ImportError, Note, RowPlace};
use super::{Row, alternates, quotes, text::decode};

/// The rows of a table, and a note for each that cannot be used.
pub(super) fn rows(
    bytes: &[u8],
    separator: Option<u8>,
    columns: &Columns,
) -> Result<(Vec<Row>, Vec<Note>), ImportError> {
    let mut notes = Vec::new();
    let (text, encoding) = decode(bytes);
    if let Some(encoding) = encoding {
        let message = format!("the file is not UTF-8; it was read as {encoding}");
        notes.push(Note::change(&RowPlace::Line(1), message));
    }
    let (text, named, n_skipped) = match text.split_once('\n') {
        Some((first, rest)) if first.len() == 5 && first.to_lowercase().starts_with("sep=") => {
            (rest, first.bytes().last(), 1)
        }
        _ => (text.as_str(), None, 0),
    };
    let separator = separator.or(named).unwrap_or_else(|| likely_separator(text));
    let corrected =
        quotes::correct(text, separator).map_err(|line| ImportError::UnclosedQuote(line + n_skipped))?;
    let text = corrected.text.as_str();
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let headings: Vec<String> = match reader.headers() {
        Ok(headings) => headings.iter().map(str::to_owned).collect(),
        Err(_) => Vec::new(),
    };
    let found = columns.find(&headings, &RowPlace::Line(1 + n_skipped), &mut notes)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line) + n_skipped;
                notes.push(Note::loss(&RowPlace::Line(line), error));
                continue;
            }
        };
        let line = record.position().map_or(0, |position| line_of(text, position));
        let place = RowPlace::Line(line + n_skipped);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if corrected.escaped.contains(&line) {
            notes.push(Note::loss(
                &place,
                "it has `\\\"`; in CSV a double quote within a cell is written twice",
            ));
            continue;
        }
        if corrected.undoubled.contains(&line) {
            notes.push(Note::change(
                &place,
                "a double quote within a cell is not doubled; it was kept as text",
            ));
        }
        if record.iter().skip(headings.len()).any(|cell| !cell.trim().is_empty()) {
            let (n, most) = (record.len(), headings.len());
            let why = format!("it has {n} cells, but there are {most} headings");
            let how = "put text that contains the separator in double quotes";
            notes.push(Note::loss(&place, format!("{why}; {how}")));
            continue;
        }
        let cell = |at: usize| record.get(at).unwrap_or_default();
        rows.push(Row {
            id: found.id.map(cell).filter(|id| !id.trim().is_empty()).map(str::to_owned),
            question: cell(found.question).to_owned(),
            alternates: alternates::split(found.alternates.map(cell).unwrap_or_default(), &place, &mut notes),
            answer: cell(found.answer).to_owned(),
            place,
        });
    }
    Ok((rows, notes))
}

/// The line of a record. The reader counts blank lines before a record as part of it.
fn line_of(text: &str, position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.get(start..).unwrap_or_default();
    (rest.len() - rest.trim_start_matches('\n').len()) as u64 + position.line()
}

/// The separator that the first line has most often.
fn likely_separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    // Of several with the same count, `max_by_key` returns the last: the comma.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Vec<Row>, Vec<Note>) {
        rows(bytes, None, &Columns::default()).unwrap()
    }

    #[test]
    fn columns_are_found_by_name_and_alternates_are_split() {
        let (rows, notes) = read(b"Answer,Question,alternates\n\"So,\nsaid\",Why?,how come|what for\n");
        assert_eq!(rows[0].answer, "So,\nsaid");
        assert_eq!(rows[0].alternates, ["how come", "what for"]);
        assert!(notes.is_empty());
    }

    #[test]
    fn missing_columns_are_listed_with_those_that_are_there() {
        let error = rows(b"id,text\n1,2\n", None, &Columns::default()).unwrap_err().to_string();
        assert!(error.contains("`id`, `text`") && error.contains("--columns question=…,answer=…"), "{error}");
    }

    #[test]
    fn semicolons_tabs_and_a_named_separator_are_understood() {
        for text in [
            "question;answer\nWhy?;So, there.\n",
            "question\tanswer\nWhy?\tSo, there.\n",
            "sep=;\r\nquestion;answer\r\nWhy?;So, there.\r\n",
            "question,answer\nWhy?,\"So, there.\"\n",
        ] {
            assert_eq!(read(text.as_bytes()).0[0].answer, "So, there.", "{text}");
        }
    }

    #[test]
    fn other_encodings_are_read_with_a_note() {
        let (rows, notes) = read(b"question,answer\nO\xf9 ?,\xc0 Paris \x96 c\x9cur\n");
        assert_eq!((rows[0].question.as_str(), rows[0].answer.as_str()), ("Où ?", "À Paris – cœur"));
        assert!(notes[0].to_string().contains("Windows-1252"));
        let utf16: Vec<u8> =
            "\u{feff}question,answer\nOù ?,Là\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16).0[0].answer, "Là");
    }

    #[test]
    fn blank_rows_are_skipped_and_surplus_cells_are_reported_by_line() {
        let (rows, notes) = read(b"question,answer\r\n,\r\n\r\nWhy?,Monday, Tuesday\r\nWhen?,Now,,\r\n");
        assert_eq!(rows.iter().map(|row| row.question.as_str()).collect::<Vec<_>>(), ["When?"]);
        assert_eq!(notes.len(), 1);
        assert!(notes[0].is_loss && notes[0].to_string().contains("3 cells"), "{}", notes[0]);
        assert_eq!(notes[0].place, RowPlace::Line(4));
    }

    #[test]
    fn a_quote_that_is_never_closed_is_an_error_with_its_line() {
        let error = rows(b"question,answer\nWhy?,\"So\nWhen?,Now\n", None, &Columns::default()).unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
        assert!(
            rows(b"question,answer\nWhy?,\"a \"\"b\"\" c\"\nWhat?,24\" wide\n", None, &Columns::default())
                .is_ok()
        );
    }
}
