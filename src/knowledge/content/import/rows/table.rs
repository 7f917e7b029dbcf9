//! Reads CSV files as spreadsheets write them: other separators, other encodings, blank rows.

use super::super::{ImportError, Note};
use super::Row;

/// The rows of a table, and a note for each that cannot be used.
pub(super) fn rows(bytes: &[u8], separator: Option<u8>) -> Result<(Vec<Row>, Vec<Note>), ImportError> {
    let mut notes = Vec::new();
    let (text, encoding) = decode(bytes);
    if let Some(encoding) = encoding {
        notes.push(Note::change(1, format!("the file is not UTF-8; it was read as {encoding}")));
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (text, named, n_skipped) = match text.split_once('\n') {
        Some((first, rest)) if first.len() == 5 && first.to_lowercase().starts_with("sep=") => {
            (rest, first.bytes().last(), 1)
        }
        _ => (text.as_str(), None, 0),
    };
    let separator = separator.or(named).unwrap_or_else(|| likely_separator(text));
    if let Some(line) = unclosed_quote(text, separator) {
        return Err(ImportError::UnclosedQuote(line + n_skipped));
    }
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let headings: Vec<String> = match reader.headers() {
        Ok(headings) => headings.iter().map(|heading| heading.trim().to_lowercase()).collect(),
        Err(_) => Vec::new(),
    };
    let column = |name: &str| headings.iter().position(|heading| heading == name);
    let (Some(question), Some(answer)) = (column("question"), column("answer")) else {
        return Err(ImportError::Columns(headings.join(", ")));
    };
    let (id, alternates) = (column("id"), column("alternates"));
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line) + n_skipped;
                notes.push(Note::loss(line, error.to_string()));
                continue;
            }
        };
        let line = record.position().map_or(0, |position| line_of(text, position)) + n_skipped;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.iter().skip(headings.len()).any(|cell| !cell.trim().is_empty()) {
            let (n, most) = (record.len(), headings.len());
            let why = format!("it has {n} cells, but there are {most} headings");
            notes.push(Note::loss(
                line,
                format!("{why}; put text that contains the separator in double quotes"),
            ));
            continue;
        }
        let cell = |at: usize| record.get(at).unwrap_or_default();
        rows.push(Row {
            line,
            id: id.map(cell).filter(|id| !id.trim().is_empty()).map(str::to_owned),
            question: cell(question).to_owned(),
            alternates: alternates.map(cell).unwrap_or_default().split('|').map(str::to_owned).collect(),
            answer: cell(answer).to_owned(),
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

/// The text, and the name of its encoding if it is not UTF-8.
fn decode(bytes: &[u8]) -> (String, Option<&'static str>) {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks(2).map(|pair| unit([pair[0], pair.get(1).copied().unwrap_or_default()]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => (wide(rest, u16::from_le_bytes), Some("UTF-16")),
        [0xfe, 0xff, rest @ ..] => (wide(rest, u16::from_be_bytes), Some("UTF-16")),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (text.trim_start_matches('\u{feff}').to_owned(), None),
            Err(_) => (bytes.iter().map(|byte| windows_1252(*byte)).collect(), Some("Windows-1252")),
        },
    }
}

/// The character of a byte in Windows-1252, in which Excel saves plain CSV in western Europe.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// The separator that the first line has most often.
fn likely_separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    // Of several with the same count, `max_by_key` returns the last: the comma.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// The line of a double quote that begins a cell and is never closed.
fn unclosed_quote(text: &str, separator: u8) -> Option<u64> {
    let (mut line, mut opened) = (1, None);
    let mut begins_cell = true;
    for byte in text.bytes() {
        match byte {
            b'"' if opened.is_some() => opened = None,
            // A quote after a closing quote is a doubled one and opens the cell again.
            b'"' if begins_cell => opened = Some(line),
            _ => {}
        }
        if byte == b'\n' {
            line += 1;
        }
        begins_cell = byte == separator || byte == b'\n' || (byte == b'"' && opened.is_none());
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Vec<Row>, Vec<Note>) {
        rows(bytes, None).unwrap()
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
        let error = rows(b"id,text\n1,2\n", None).unwrap_err().to_string();
        assert!(
            error.contains("`question`") && error.contains("`answer`") && error.ends_with("id, text"),
            "{error}"
        );
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
        assert_eq!(notes[0].line, 4);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_an_error_with_its_line() {
        let error = rows(b"question,answer\nWhy?,\"So\nWhen?,Now\n", None).unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
        assert!(rows(b"question,answer\nWhy?,\"a \"\"b\"\" c\"\nWhat?,24\" wide\n", None).is_ok());
    }
}
