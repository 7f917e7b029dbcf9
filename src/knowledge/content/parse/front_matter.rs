//! Splits a file into front matter and body: decodes it, finds the `+++` lines, and parses the TOML with all its errors.

use std::ops::Range;

use toml::de::DeTable;

use crate::knowledge::content::{
    finding::{Code, Finding, Findings, SourceText},
    source::SourceFile,
};

/// A file, split.
pub(super) struct Parts {
    /// The whole text.
    pub(super) source: SourceText,
    /// The byte range of the front matter, without its `+++` lines.
    pub(super) front: Range<usize>,
    /// The byte range of the body, without surrounding white space.
    pub(super) body: Range<usize>,
}

impl Parts {
    /// The keys of the front matter; `None`, with a finding for each syntax error, if it is not TOML.
    pub(super) fn table(&self, findings: &mut Findings) -> Option<DeTable<'_>> {
        let front = self.source.text().get(self.front.clone()).unwrap_or_default();
        let (table, errors) = DeTable::parse_recoverable(front);
        if errors.is_empty() {
            return Some(table.into_inner());
        }
        for error in errors {
            let span = error.span().unwrap_or(front.len()..front.len());
            let place = self.source.place(span.start + self.front.start..span.end + self.front.start);
            let finding =
                Finding::new(Code::BadToml, place, format!("this is not valid TOML: {}", error.message()));
            findings.push(match toml_hint(error.message()) {
                Some(hint) => finding.hint(hint),
                None => finding,
            });
        }
        None
    }
}

/// Splits `file`; `None`, with a finding, if that is not possible.
pub(super) fn split(file: &SourceFile, findings: &mut Findings) -> Option<Parts> {
    let text = match decode(file) {
        Ok(text) => text,
        Err(finding) => {
            findings.push(finding);
            return None;
        }
    };
    let source = SourceText::new(&file.path, text);
    if let Some(at) = merge_marker(source.text()) {
        let finding =
            Finding::new(Code::MergeConflict, source.place(at), "this is the marker of an unresolved merge");
        findings
            .push(finding.hint(
                "keep one of the two versions and remove the `<<<<<<<`, `=======` and `>>>>>>>` lines",
            ));
        return None;
    }
    match delimit(source.text()) {
        Ok((front, body)) => Some(Parts { source, front, body }),
        Err((at, message)) => {
            let hint = "a file consists of a `+++` line, the keys, another `+++` line, and then the text";
            findings.push(Finding::new(Code::NoFrontMatter, source.place(at), message).hint(hint));
            None
        }
    }
}

/// The text without its byte-order mark, with line feeds only.
fn decode(file: &SourceFile) -> Result<String, Finding> {
    let text = match std::str::from_utf8(&file.bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let good = file.bytes.get(..at).map(String::from_utf8_lossy).unwrap_or_default();
            let place = SourceText::new(&file.path, good.clone()).place(good.len()..good.len());
            let byte = file.bytes.get(at).copied().unwrap_or_default();
            let message = format!("the file is not UTF-8: byte {at} is 0x{byte:02X}");
            return Err(Finding::new(Code::NotUtf8, place, message).hint("save the file as UTF-8"));
        }
    };
    if let Some(at) = text.find('\0') {
        let place = SourceText::new(&file.path, text).place(at..at + 1);
        return Err(Finding::new(Code::Nul, place, format!("the file contains a NUL byte at byte {at}")));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

type Span = Range<usize>;

/// The first line that version control leaves where two versions clash.
fn merge_marker(text: &str) -> Option<Span> {
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), line.trim_end())
    });
    let is_marker = |line: &str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    lines.find(|(_, line)| is_marker(line)).map(|(start, line)| start..start + line.len())
}

/// The ranges of front matter and body, or what is missing and where.
fn delimit(text: &str) -> Result<(Span, Span), (Span, &'static str)> {
    let mut at = 0;
    let mut front_start = None;
    for line in text.split_inclusive('\n') {
        let here = at..at + line.trim_end().len();
        at += line.len();
        match (line.trim_end(), front_start) {
            ("+++", None) => front_start = Some(at),
            ("+++", Some(start)) => {
                let body = text.get(at..).unwrap_or_default();
                let body_start = at + (body.len() - body.trim_start().len());
                return Ok((start..here.start, body_start..body_start + body.trim().len()));
            }
            ("", None) | (_, Some(_)) => {}
            (_, None) => return Err((here, "the file does not begin with a `+++` line")),
        }
    }
    match front_start {
        None => Err((0..0, "the file is empty")),
        Some(_) => Err((0..3, "the `+++` line that ends the front matter is missing")),
    }
}

fn toml_hint(message: &str) -> Option<&'static str> {
    let message = message.to_lowercase();
    [
        ("duplicate key", "use each key once; put the items of a list into one pair of brackets"),
        (
            "invalid basic string",
            "put text in double quotes, on one line, and write `\\\"` for a quote inside it",
        ),
        ("string values must be quoted", "put text in double quotes"),
        ("unclosed array", "end the list with `]`"),
        ("missing comma", "separate the items of a list with commas"),
    ]
    .into_iter()
    .find_map(|(part, hint)| message.contains(part).then_some(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(bytes: &[u8]) -> Result<(String, String), Code> {
        let mut findings = Findings::new();
        let file = SourceFile { path: "a.md".into(), bytes: bytes.to_vec() };
        match split(&file, &mut findings) {
            Some(parts) => {
                let text = parts.source.text();
                Ok((text.get(parts.front).unwrap().to_owned(), text.get(parts.body).unwrap().to_owned()))
            }
            None => Err(findings.iter().next().unwrap().code),
        }
    }

    #[test]
    fn front_matter_and_body_are_split() {
        let both = ("a = 1\n".to_owned(), "Text\n\nmore".to_owned());
        assert_eq!(parts(b"+++\na = 1\n+++\nText\n\nmore\n"), Ok(both));
        assert_eq!(parts(b"\n+++\n+++"), Ok((String::new(), String::new())));
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_are_accepted() {
        let both = ("a = 1\n".to_owned(), "Text\nmore".to_owned());
        assert_eq!(parts(b"\xEF\xBB\xBF+++\r\na = 1\r\n+++\r\nText\r\nmore\r\n"), Ok(both));
    }

    #[test]
    fn a_missing_line_of_pluses_is_reported() {
        for text in ["", "Text", "+++\na = 1\nText", "a = 1\n+++\nText", "+++ \na = 1\n++\n"] {
            assert_eq!(parts(text.as_bytes()), Err(Code::NoFrontMatter), "{text:?}");
        }
    }
}
