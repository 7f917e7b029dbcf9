//! Every problem that a content folder can have, each with its code, place and hint.
//!
//! Each test starts from a valid folder, breaks one thing, and compares what the checker prints with a snapshot.

use std::{
    fs::{self, File},
    path::Path,
};

use faqbot::knowledge::{Code, Colour, Findings, Limits, read_with, shrunk, validate};

pub(crate) const ANNOUNCEMENT: &str = r#"+++
title = "Harbour Aid Closes its Office"
url = "https://harbour.example/closing"
media_contact = "press@harbour.example"
publisher = "Harbour Aid"
+++
After 8 years, Harbour Aid closes its office in Quayside. It was opened in 2008.

Over 70 families found a home. We are grateful to the Ministry of Housing.
"#;

pub(crate) const ENTRY: &str = r#"+++
question = "Why does it close?"
quotes = ["Harbour Aid closes its office"]
asks = ["how come it shuts"]
also_asked = ["reasons", "why stop", "why now", "why leave", "why go", "what for"]
+++
Harbour Aid closes its office after eight years.
"#;

const NEED: &str = r#"+++
question = "Who can help?"
route = "need"
asks = ["he hurts me"]
also_asked = ["help me", "i am in danger", "he hit me", "i need help now", "somebody hurts me", "please help"]
+++
Please go to the police.
"#;

type Setup<'a> = &'a dyn Fn(&Path);

pub(crate) fn put(dir: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().expect("every file lies in the folder"))
        .expect("the folder can be made");
    fs::write(path, bytes).expect("the file can be written");
}

/// The findings of a valid folder after `setup` has changed it.
pub(crate) fn findings(setup: Setup<'_>, limits: &Limits) -> Findings {
    let dir = tempfile::tempdir().expect("a temporary folder can be created");
    put(dir.path(), "announcement.md", ANNOUNCEMENT);
    put(dir.path(), "why.md", ENTRY);
    put(dir.path(), "_routes/need.md", NEED);
    setup(dir.path());
    let bundle = match read_with(&dir.path().join("."), limits, &mut |_| ()) {
        Ok(bundle) => bundle,
        Err(findings) => return findings,
    };
    match validate(&bundle, jiff::civil::date(2026, 8, 1)) {
        Ok(loaded) => loaded.warnings,
        Err(findings) => findings,
    }
}

/// The entry with `from` replaced.
pub(crate) fn entry(from: &str, to: &str) -> String {
    assert!(ENTRY.contains(from), "{from}");
    ENTRY.replacen(from, to, 1)
}

#[track_caller]
fn shows(name: &str, codes: &[Code], setup: Setup<'_>) {
    shows_within(&Limits::default(), name, codes, setup);
}

#[track_caller]
fn shows_within(limits: &Limits, name: &str, codes: &[Code], setup: Setup<'_>) {
    let findings = findings(setup, limits);
    let rendered = findings.render(Colour::Off, None);
    let found: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(found, codes, "{rendered}");
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, rendered));
}

/// One test per item: its name, the expected codes, and the file that is added to the folder.
macro_rules! bad_files {
    ($($name:ident: $($code:ident),+; $path:literal => $text:expr;)*) => {
        $(#[test]
        fn $name() {
            shows(stringify!($name), &[$(Code::$code),+], &|dir| put(dir, $path, $text));
        })*
    };
}

bad_files! {
    an_expired_entry: Expired;
        "why.md" => entry("asks =", "valid_until = 2026-07-31\nasks =");
    a_bad_file_name: BadFileName; "Why Now.md" => ENTRY;
    a_copy_of_a_sync_tool: BadFileName; "why (conflicted copy 2026-07-10).md" => ENTRY;
    markers_of_a_merge_in_the_answer: MergeConflict;
        "why.md" => entry("Harbour Aid closes its office after", "<<<<<<< HEAD\nIt stays.\n=======\nIt closes after\n>>>>>>> summer\n");
    markers_of_a_merge_in_the_front_matter: MergeConflict;
        "why.md" => entry("asks =", "<<<<<<< HEAD\nasks = []\n=======\n>>>>>>> summer\nasks =");
    an_unknown_folder_is_reported_once: UnknownFolder; "de/why.md" => ENTRY;
    a_folder_for_english: UnknownFolder; "en/why.md" => ENTRY;
    a_file_that_is_not_markdown: NotRead; "notes.txt" => "notes";
    bytes_that_are_not_utf8: NotUtf8; "why.md" => [ENTRY.as_bytes(), b"caf\xe9"].concat();
    a_nul_byte: Nul; "why.md" => format!("{ENTRY}\0");
    no_front_matter: NoFrontMatter; "why.md" => "Just text.\n";
    front_matter_without_an_end: NoFrontMatter; "why.md" => "+++\nquestion = \"Why?\"\n\nText.\n";
    an_empty_file: NoFrontMatter; "why.md" => "";
    bad_toml: BadToml; "why.md" => entry("\"Why does it close?\"", "\"Why does it close?");
    a_key_given_twice: BadToml; "why.md" => entry("asks =", "question = \"Again?\"\nasks =");
    an_unknown_key: UnknownKey; "why.md" => entry("asks =", "quote = []\nasks =");
    keys_after_a_table: NoTests, UnknownKey;
        "why.md" => entry("asks = [\"how come it shuts\"]\nalso_asked = [", "[also_asked]\nasks = [\"how come\"]\nen = [");
    a_route_outside_its_folder: UnknownKey; "why.md" => entry("asks =", "route = \"media\"\nasks =");
    wrong_types: WrongType, WrongType, WrongType, WrongType;
        "why.md" => "+++\nquestion = 3\nquotes = \"text\"\nasks = [\"a\", 1]\nvalid_until = \"2026\"\n+++\nText.\n";
    no_question: MissingKey; "why.md" => entry("question = \"Why does it close?\"\n", "");
    a_route_without_its_kind: MissingKey; "_routes/hello.md" => "+++\nquestion = \"Hello!\"\n+++\nHello!\n";
    no_answer: MissingBody; "why.md" => entry("Harbour Aid closes its office after eight years.\n", "");
    an_unknown_kind: BadValue; "why.md" => entry("asks =", "kind = \"not covered\"\nasks =");
    an_unknown_route: BadValue; "_routes/hello.md" => "+++\nquestion = \"Hello!\"\nroute = \"greeting\"\n+++\nHello!\n";
    an_id_taken_twice: DuplicateId; "_routes/why.md" => entry("asks =", "route = \"media\"\nasks =");
    a_wording_written_twice: DuplicateWording; "why.md" => entry("\"what for\"", "\"what for\", \"WHY,  stop?!\"");
    a_wording_of_two_entries: DuplicateWording;
        "zoo.md" => entry("Why does it close?", "What of the zoo?").replace("how come it shuts", "zoo")
            .replace("\"reasons\", \"why stop\", \"why now\", \"why leave\", \"why go\", \"what for\"", "\"Why now?\", \"a\", \"b\", \"c\", \"d\", \"e\"");
    a_version_without_its_entry: VersionWithoutEntry; "fr/whi.md" => "+++\nquestion = \"Pourquoi ?\"\n+++\nParce que.\n";
    a_quote_that_is_not_there: QuoteNotFound; "why.md" => entry("Aid closes its office", "Aid closed its offices");
    a_quote_over_two_paragraphs: QuoteCrossesParagraph;
        "why.md" => entry("Harbour Aid closes its office\"", "opened in 2008. Over 70 families\"");
    an_answer_without_a_quote: NoQuotes; "why.md" => entry("quotes = [\"Harbour Aid closes its office\"]\n", "");
    a_number_made_up: UnprovenNumber, UnprovenNumber;
        "why.md" => entry("after eight years", "after nine years, with 120 families");
    a_name_made_up: UnprovenName; "why.md" => entry("office after", "office near Lake Kivu after");
    a_name_made_up_in_french: UnprovenName;
        "fr/why.md" => "+++\nquestion = \"Pourquoi ?\"\n+++\nL’annonce le dit. Après huit ans, Harbour Aid quitte Paris.\n";
    an_address_made_up: UnprovenAddress; "why.md" => entry("eight years.", "eight years: see https://harbor.example/closing.");
    texts_that_are_too_long: TooLong, TooLong, TooLong;
        "why.md" => entry("Why does it close?", &"Why ".repeat(70)).replace("what for", &"why ".repeat(80))
            .replace("eight years.", &"eight years. It closes. ".repeat(160));
    an_empty_wording: EmptyText; "why.md" => entry("\"what for\"", "\"what for\", \" \"");
    mentions: Mention, Mention; "why.md" => entry("eight years.", "eight years, @everyone and @here.");
    a_masked_link: MaskedLink; "why.md" => entry("eight years.", "eight years: [more](https://harbour.example/closing).");
    characters_nobody_sees: HiddenCharacter, HiddenCharacter;
        "why.md" => entry("its office after", "its\u{200b} office after").replace("what for", "what\u{202e} for");
    few_wordings: FewWordings; "why.md" => entry(", \"why go\", \"what for\"", "");
    no_tests: NoTests; "why.md" => entry("asks = [\"how come it shuts\"]\n", "");
    a_test_that_is_a_wording: TestRepeats, TestRepeats;
        "why.md" => entry("asks = [", "not = [\"How come it shuts?\"]\nasks = [\"Reasons!\", ");
}

#[test]
fn a_missing_folder() {
    let gone = |dir: &Path| fs::remove_dir_all(dir).unwrap();
    shows("a_missing_folder", &[Code::FolderMissing], &gone);
}

#[test]
fn an_empty_folder() {
    shows("an_empty_folder", &[Code::FolderEmpty], &|dir| {
        ["why.md", "_routes/need.md", "announcement.md"]
            .into_iter()
            .for_each(|file| fs::remove_file(dir.join(file)).unwrap());
    });
}

#[test]
fn quotes_without_an_announcement() {
    let lost = |dir: &Path| fs::remove_file(dir.join("announcement.md")).unwrap();
    shows("quotes_without_an_announcement", &[Code::NoAnnouncement], &lost);
}

#[test]
fn a_broken_announcement_is_not_reported_again_for_every_quote() {
    let broken = |dir: &Path| put(dir, "announcement.md", ANNOUNCEMENT.replace("title", "titel"));
    shows("a_broken_announcement", &[Code::MissingKey, Code::UnknownKey], &broken);
}

#[test]
fn a_file_of_a_gigabyte_is_refused_unread() {
    let large = |dir: &Path| File::create(dir.join("large.md")).unwrap().set_len(1 << 30).unwrap();
    shows("a_file_of_a_gigabyte", &[Code::FileTooLarge], &large);
}

#[test]
fn too_many_files() {
    let limits = Limits { files: 3, ..Limits::default() };
    shows_within(&limits, "too_many_files", &[Code::TooManyFiles], &|dir| {
        ["b", "c"].into_iter().for_each(|id| put(dir, &format!("{id}.md"), ENTRY));
    });
}

#[test]
fn files_too_large_together() {
    let limits = Limits { total_bytes: 500, ..Limits::default() };
    shows_within(&limits, "files_too_large_together", &[Code::FolderTooLarge], &|_| ());
}

#[test]
fn folders_nested_too_deep() {
    shows("folders_nested_too_deep", &[Code::TooDeep], &|dir| put(dir, "a/b/c/d/e/f/g/h/i/why.md", ENTRY));
}

#[cfg(unix)]
#[test]
fn links_pipes_and_sockets_are_named_and_refused() {
    let refused = [Code::NotRegular, Code::NotRegular, Code::NotRegular, Code::NotRegular];
    shows("links_pipes_and_sockets", &refused, &|dir| {
        std::os::unix::fs::symlink("/etc/hostname", dir.join("a-link.md")).unwrap();
        std::os::unix::fs::symlink("..", dir.join("folder-link")).unwrap();
        std::os::unix::net::UnixListener::bind(dir.join("socket.md")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(dir.join("pipe.md")).status().unwrap();
        assert!(made.success());
    });
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_opened() {
    let dir = tempfile::tempdir().unwrap();
    let looped = dir.path().join("looped");
    std::os::unix::fs::symlink(&looped, &looped).unwrap();
    let findings = read_with(&looped, &Limits::default(), &mut |_| ()).unwrap_err();
    assert_eq!(findings.iter().next().unwrap().code, Code::Unreadable);
}

#[test]
fn a_folder_whose_files_keep_changing() {
    let dir = tempfile::tempdir().unwrap();
    let mut n = 0;
    let changed = read_with(dir.path(), &Limits::default(), &mut |_| {
        n += 1;
        put(dir.path(), &format!("{n}.md"), ENTRY);
    });
    insta::assert_snapshot!(
        "a_folder_whose_files_keep_changing",
        changed.unwrap_err().render(Colour::Off, None)
    );
}

#[test]
fn all_findings_of_all_files_are_reported_at_once() {
    let codes =
        [Code::BadToml, Code::QuoteNotFound, Code::UnprovenNumber, Code::UnknownKey, Code::MissingBody];
    shows("all_findings_at_once", &codes, &|dir| {
        put(dir, "a.md", "+++\nquestion = Why?\n+++\nText.\n");
        put(
            dir,
            "b.md",
            entry("Aid closes", "Aid shuts")
                .replace("eight", "ten")
                .replace("why", "b")
                .replace("Why does", "How does")
                .replace("how come", "b")
                .replace("reasons", "b b")
                .replace("what for", "b c"),
        );
        put(dir, "c.md", "+++\nquestion = \"C?\"\nask = []\n+++\n");
    });
}

pub(crate) fn content(n: usize) -> faqbot::knowledge::Content {
    let dir = tempfile::tempdir().expect("a temporary folder can be created");
    for at in 0..n {
        put(dir.path(), &format!("e{at}.md"), format!("+++\nquestion = \"Question {at}?\"\n+++\nText.\n"));
    }
    let bundle = read_with(dir.path(), &Limits::default(), &mut |_| ()).expect("the folder can be read");
    validate(&bundle, jiff::civil::date(2026, 8, 1)).expect("the folder is valid").content
}

#[test]
fn a_folder_without_a_route_for_people_in_need() {
    shows("no_need_route", &[Code::NoNeedRoute], &|dir| {
        fs::remove_file(dir.join("_routes/need.md")).unwrap()
    });
}

#[test]
fn content_that_shrinks_to_less_than_half_is_held_back() {
    let finding = shrunk(&content(5), &content(2)).unwrap();
    insta::assert_snapshot!("content_that_shrinks", finding.plain());
    assert!(shrunk(&content(4), &content(2)).is_none());
    assert!(shrunk(&content(2), &content(5)).is_none());
}

#[test]
fn every_code_is_shown_by_a_test_of_this_file() {
    let tests = include_str!("bad_content.rs");
    let untested: Vec<&Code> = Code::ALL
        .iter()
        .filter(|code| !matches!(code, Code::StillChanging | Code::Shrunk))
        .filter(|code| {
            let name = format!("{code:?}");
            !tests.contains(&format!("Code::{name}")) && !tests.contains(&format!(": {name}"))
        })
        .collect();
    assert!(untested.is_empty(), "{untested:?}");
}
