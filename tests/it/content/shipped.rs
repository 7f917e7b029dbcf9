//! Valid content: how it is read, cited and imported.

use std::{fs, path::Path};

use faqbot::knowledge::{Code, Columns, ImportError, Limits, import, read_with, validate};

use crate::content::bad_content::{ANNOUNCEMENT, ENTRY, content, entry, findings, put};

#[test]
fn a_faq_without_an_announcement_needs_no_quotes_tests_or_many_wordings() {
    assert_eq!(content(3).entries.len(), 3);
}

#[test]
fn quotes_become_citations_in_the_announcements_characters() {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "announcement.md", ANNOUNCEMENT.replace("its office in", "its  “office”\nin"));
    put(dir.path(), "why.md", entry("closes its office", "closes its \\\"office\\\" in"));
    let bundle = read_with(dir.path(), &Limits::default(), &mut |_| ()).unwrap();
    let loaded = validate(&bundle, jiff::civil::date(2026, 8, 1)).unwrap();
    let citation = &loaded.content.entries[0].citations[0];
    assert_eq!(citation.paragraph, Some(1));
    assert_eq!(citation.quote, "Harbour Aid closes its  “office” in");
}

#[test]
fn files_from_windows_with_a_byte_order_mark_are_read() {
    let windows = |dir: &Path| put(dir, "why.md", format!("\u{feff}{}", ENTRY.replace('\n', "\r\n")));
    assert!(findings(&windows, &Limits::default()).is_empty());
}

#[test]
fn an_imported_file_becomes_a_folder_that_can_be_used() {
    let dir = tempfile::tempdir().unwrap();
    let rows = [
        r#"{"id": "card_arrival", "question": "Where is my card?", "alternates": ["card?", "Card!"], "answer": "On its way."}"#,
        r#"{"id": "top_up", "question": "How do I top up?", "alternates": ["card", "add money"], "answer": "In the app.\n\n+++"}"#,
        "not a row",
    ];
    let file = dir.path().join("faq.jsonl");
    fs::write(&file, rows.join("\n")).unwrap();
    let to = dir.path().join("imported");
    let imported = import(&file, &Columns::default(), &to).unwrap();
    assert_eq!((imported.n_entries, imported.n_wordings), (2, 4));
    insta::assert_snapshot!(
        "notes_of_an_import",
        imported.notes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    );
    insta::assert_snapshot!("an_imported_entry", fs::read_to_string(to.join("top-up.md")).unwrap());

    let bundle = read_with(&to, &Limits::default(), &mut |_| ()).unwrap();
    let loaded = validate(&bundle, jiff::civil::date(2026, 8, 1)).unwrap();
    let codes: Vec<Code> = loaded.warnings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::NoNeedRoute], "a file of questions and answers has no routes");
    assert_eq!(loaded.content.entries[1].version(faqbot::Lang::En).answer, "In the app.\n\n+++");
}

#[test]
fn an_import_never_writes_into_a_folder_with_files() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("faq.csv");
    fs::write(&file, "question,answer\nWhy?,So.\n").unwrap();
    let refused = import(&file, &Columns::default(), dir.path()).unwrap_err();
    assert!(matches!(refused, ImportError::NotEmpty(_)), "{refused}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}
