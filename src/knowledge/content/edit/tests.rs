//! Edits round-trip any text, leave alone what they do not touch, and never overwrite another's change.

use std::fs;

use proptest::prelude::*;

use super::*;

const BOOKS: &str = "\u{feff}\n+++\n# The question of many.\nquestion = \"How many books?\" # asked daily\n\
quotes = [\n  \"over 300 books\", # counted\n]\nasks = [\"how many\"]\nvalid_until = 2027-01-01\n\n\
[also_asked]\nen = [\n  # short ones\n  \"books borrowed\",\n  \"number of books\"\n]\nfr = [\"combien de livres\"]\n+++\n\n\
Readers borrowed **over 300** books.  \n\n+++\n\nMore below.\n\n\n";

fn id(name: &str) -> EntryId {
    EntryId::new(name).unwrap()
}

fn bundle(files: &[(&str, &str)]) -> Bundle {
    let file =
        |(path, text): &(&str, &str)| SourceFile { path: (*path).into(), bytes: text.as_bytes().into() };
    Bundle::new(files.iter().map(file).collect(), Findings::new())
}

fn text_of(bundle: &Bundle, path: &str) -> Option<String> {
    let file = bundle.files.iter().find(|file| file.path == path)?;
    Some(String::from_utf8(file.bytes.clone()).unwrap())
}

fn changed(bundle: &Bundle, name: &str, lang: Lang, with: impl FnOnce(&mut EntryText)) -> Bundle {
    let mut text = open(bundle, &id(name), lang).unwrap();
    with(&mut text);
    apply(bundle, &change(bundle, &id(name), lang, &text).unwrap())
}

#[test]
fn an_edit_that_changes_nothing_changes_no_byte() {
    let before = bundle(&[("books.md", BOOKS), ("crlf.md", &BOOKS.replace('\n', "\r\n"))]);
    for name in ["books", "crlf"] {
        let text = open(&before, &id(name), Lang::En).unwrap();
        assert!(change(&before, &id(name), Lang::En, &text).unwrap().is_empty(), "{name}");
    }
}

#[test]
fn comments_order_and_an_untouched_body_stay() {
    let before = bundle(&[("books.md", BOOKS)]);
    let after = changed(&before, "books", Lang::En, |text| {
        text.question = "How \"many\" books?".into();
        text.wordings = vec!["number of books".into(), "how many volumes".into()];
        text.quotes.push("300 books".into());
    });
    let expected = "\u{feff}\n+++\n# The question of many.\nquestion = \"How \\\"many\\\" books?\" # asked daily\n\
        quotes = [\n  \"over 300 books\", # counted\n  \"300 books\",\n]\nasks = [\"how many\"]\nvalid_until = 2027-01-01\n\n\
        [also_asked]\nen = [\n  \"number of books\",\n  \"how many volumes\",\n]\nfr = [\"combien de livres\"]\n+++\n\n\
        Readers borrowed **over 300** books.  \n\n+++\n\nMore below.\n\n\n";
    assert_eq!(text_of(&after, "books.md").unwrap(), expected);
}

#[test]
fn a_changed_answer_leaves_the_front_matter_and_the_line_ends_alone() {
    let before = bundle(&[("books.md", &BOOKS.replace('\n', "\r\n"))]);
    let after = changed(&before, "books", Lang::En, |text| text.answer = "One.\n\nTwo.".into());
    let text = text_of(&after, "books.md").unwrap();
    let front = BOOKS.split_once("+++\n\nReaders").unwrap().0.replace('\n', "\r\n");
    assert_eq!(text, format!("{front}+++\r\nOne.\r\n\r\nTwo.\r\n"));
}

#[test]
fn wordings_of_another_language_stay_where_they_are() {
    let plain = "+++\nquestion = \"Why?\"\nalso_asked = [\"the reason\"]\n+++\nBecause.\n";
    let french = "+++\nquestion = \"Pourquoi ?\"\n+++\nParce que.\n";
    // With a table, the English file has the wordings of every language.
    let before = bundle(&[("books.md", BOOKS)]);
    let after = changed(&before, "books", Lang::Fr, |text| {
        assert_eq!(text.wordings, ["combien de livres"]);
        (text.question, text.answer) = ("Combien ?".into(), "Plus de 300.".into());
        text.wordings.push("le nombre de livres".into());
    });
    assert_eq!(text_of(&after, "fr/books.md").unwrap(), "+++\nquestion = \"Combien ?\"\n+++\nPlus de 300.\n");
    let main = text_of(&after, "books.md").unwrap();
    assert!(main.contains("fr = [\"combien de livres\", \"le nombre de livres\"]"), "{main}");
    // With a plain list, the version has its own.
    let before = bundle(&[("why.md", plain), ("fr/why.md", french)]);
    let after = changed(&before, "why", Lang::Fr, |text| text.wordings.push("la raison".into()));
    assert_eq!(text_of(&after, "why.md").unwrap(), plain);
    assert!(text_of(&after, "fr/why.md").unwrap().contains("also_asked = [\n  \"la raison\",\n]"));
    // A wording in a language without a version turns the list into a table.
    let taught = apply(&before, &teach(&before, &id("why"), Lang::Sw, "kwa nini").unwrap());
    assert_eq!(open(&taught, &id("why"), Lang::Sw).unwrap().wordings, ["kwa nini"]);
    assert_eq!(open(&taught, &id("why"), Lang::En).unwrap().wordings, ["the reason"]);
}

#[test]
fn removing_an_entry_removes_every_version_and_the_english_file_last() {
    let version = "+++\nquestion = \"?\"\n+++\n…\n";
    let before =
        bundle(&[("why.md", version), ("fr/why.md", version), ("sw/why.md", version), ("a.md", version)]);
    let changes = remove(&before, &id("why")).unwrap();
    assert_eq!(changes.last().unwrap().path, "why.md");
    let left = apply(&before, &changes);
    assert_eq!(left.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["a.md"]);
    assert!(matches!(remove(&left, &id("why")), Err(EditError::Missing)));
    assert_eq!(between(&before, &left).len(), 3);
    assert_eq!(apply(&left, &between(&left, &before)).hash, before.hash);
}

#[test]
fn a_file_that_was_changed_meanwhile_is_a_conflict_and_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let (faq, journal) = (folder.path().join("faq"), folder.path().join("journal.bin"));
    fs::create_dir(&faq).unwrap();
    fs::write(faq.join("books.md"), BOOKS).unwrap();
    let read = disk::read_entry(&faq, &id("books")).unwrap();
    let mut text = open(&read, &id("books"), Lang::Fr).unwrap();
    (text.question, text.answer) = ("Combien ?".into(), "300.".into());
    text.wordings.push("le nombre".into());
    let changes = change(&read, &id("books"), Lang::Fr, &text).unwrap();
    assert_eq!(changes.len(), 2);
    fs::write(faq.join("books.md"), BOOKS.replace("300", "301")).unwrap();
    let refused = disk::write(&faq, &journal, &changes, &mut || ());
    assert!(matches!(refused, Err(disk::WriteError::Conflict { path }) if path == "books.md"));
    assert!(!faq.join("fr").exists() && !journal.exists());
    // Without the other's change it is written, and nothing temporary stays behind.
    fs::write(faq.join("books.md"), BOOKS).unwrap();
    disk::write(&faq, &journal, &changes, &mut || ()).unwrap();
    assert_eq!(disk::read_entry(&faq, &id("books")).unwrap().hash, apply(&read, &changes).hash);
    assert_eq!(fs::read_dir(&faq).unwrap().count() + fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn what_a_killed_process_began_is_finished_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let (faq, journal) = (folder.path().join("faq"), folder.path().join("journal.bin"));
    fs::create_dir_all(faq.join("fr")).unwrap();
    let version = "+++\nquestion = \"?\"\n+++\n…\n";
    fs::write(faq.join("why.md"), version).unwrap();
    fs::write(faq.join("fr/why.md"), version).unwrap();
    let changes = remove(&disk::read_entry(&faq, &id("why")).unwrap(), &id("why")).unwrap();
    let killed = std::panic::catch_unwind(|| disk::write(&faq, &journal, &changes, &mut || panic!("killed")));
    assert!(killed.is_err() && journal.exists() && faq.join("why.md").exists());
    assert!(disk::recover(&faq, &journal).unwrap());
    assert!(!faq.join("why.md").exists() && !faq.join("fr/why.md").exists() && !journal.exists());
    assert!(!disk::recover(&faq, &journal).unwrap());
}

/// Texts that may break a file: quotes, escapes, `+++`, line ends, control characters, marks of direction.
fn any_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("+++"),
        Just("\n+++\n"),
        Just("\""),
        Just("'''"),
        Just("\"\"\""),
        Just("\\"),
        Just("\\u0041"),
        Just("\r\n"),
        Just("\r"),
        Just("\n"),
        Just("\t"),
        Just("\u{0}"),
        Just("\u{7}"),
        Just("\u{202e}"),
        Just("\u{200b}"),
        Just("\u{feff}"),
        Just("مرحبا"),
        Just("é"),
        Just("👨‍👩‍👧"),
        Just("# no comment"),
        Just("]"),
        Just("= 1"),
        Just(" "),
        Just("why"),
        Just("\u{2028}"),
        Just("\u{85}"),
        Just("{{"),
        Just("```")
    ];
    prop_oneof![
        proptest::collection::vec(part, 0..8).prop_map(|parts| parts.concat()),
        proptest::collection::vec(any::<char>(), 0..20).prop_map(String::from_iter),
    ]
}

fn entry_text() -> impl Strategy<Value = EntryText> {
    let list = || proptest::collection::vec(any_text(), 0..5);
    (any_text(), any_text(), list(), list()).prop_map(|(question, answer, wordings, quotes)| EntryText {
        question: format!("q{question}"),
        answer: format!("a{answer}"),
        wordings,
        quotes,
    })
}

/// What was kept is in the order of the file, and what was added comes after it.
fn sorted(mut text: EntryText) -> EntryText {
    text.wordings.sort();
    text.quotes.sort();
    text
}

proptest! {
    #[test]
    fn any_text_is_added_changed_and_removed_without_loss(first in entry_text(), second in entry_text()) {
        let other = bundle(&[("other.md", BOOKS)]);
        let name = id("new");
        let added = apply(&other, &add(&name, &first, true));
        // The one text that the format itself refuses is that of an unresolved merge.
        prop_assert_eq!(open(&added, &name, Lang::En).unwrap(), tidied(&first));
        let changes = change(&added, &name, Lang::En, &second).unwrap();
        let edited = apply(&added, &changes);
        prop_assert_eq!(sorted(open(&edited, &name, Lang::En).unwrap()), sorted(tidied(&second)));
        // The other language.
        let french = EntryText { quotes: Vec::new(), ..first };
        let translated = apply(&edited, &change(&edited, &name, Lang::Fr, &french).unwrap());
        prop_assert_eq!(sorted(open(&translated, &name, Lang::Fr).unwrap()), sorted(tidied(&french)));
        prop_assert_eq!(sorted(open(&translated, &name, Lang::En).unwrap()), sorted(tidied(&second)));
        let removed = apply(&translated, &remove(&translated, &name).unwrap());
        prop_assert_eq!(removed.hash, other.hash);
    }
}
