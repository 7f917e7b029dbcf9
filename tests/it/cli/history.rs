//! `faqbot history`, `rollback` and `export`: the operator's way back, also without the bot.

use std::{collections::BTreeMap, fs, path::Path};

use faqbot::{
    ids::UserId,
    store::{NewRevision, RevisionOrigin, Store},
};

use super::workspace::{Ended, Workspace};

/// Every file below a folder, by its path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for item in fs::read_dir(folder).unwrap().map(|item| item.unwrap()) {
        let name = item.file_name().into_string().unwrap();
        match item.file_type().unwrap().is_dir() {
            true => {
                found.extend(files(&item.path()).into_iter().map(|(path, b)| (format!("{name}/{path}"), b)))
            }
            false => drop(found.insert(name, fs::read(item.path()).unwrap())),
        }
    }
    found
}

/// Keeps the files of the workspace as a revision, as the bot does when it applies them.
async fn keep(workspace: &Workspace, origin: RevisionOrigin, actor: Option<u64>, subject: &str) {
    let store = Store::open(&workspace.path().join("data/faqbot.db")).await.unwrap();
    let revision = NewRevision {
        actor: actor.map(UserId::new),
        origin,
        content_hash: subject.to_owned(),
        counts: [1, 0, 2],
        subject: subject.to_owned(),
        files: files(&workspace.path().join("faq")).into_iter().collect(),
    };
    store.keep_revision(revision).await.unwrap();
    store.close().await;
}

/// A workspace with two revisions, the second in the folder; and the files of the first.
async fn two_revisions() -> (Workspace, BTreeMap<String, Vec<u8>>) {
    let workspace = Workspace::new();
    workspace.put("faq/fr/thanks-to.md", "+++\nquestion = \"Qui remerciez-vous ?\"\n+++\nLe ministère.\n");
    keep(&workspace, RevisionOrigin::Start, None, "").await;
    let first = files(&workspace.path().join("faq"));
    let homes = fs::read_to_string(workspace.path().join("faq/homes-number.md")).unwrap();
    workspace.put("faq/homes-number.md", homes.replace("+++\nOver 70", "+++\nMore than 70"));
    workspace
        .put("faq/pets.md", "+++\nquestion = \"Pets?\"\nkind = \"not_covered\"\n+++\nIt does not say.\n");
    fs::remove_file(workspace.path().join("faq/fr/thanks-to.md")).unwrap();
    keep(&workspace, RevisionOrigin::Edit, Some(77), "homes-number, pets").await;
    (workspace, first)
}

fn refused(ended: &Ended, why: &str) {
    assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{}", ended.err);
    assert!(ended.err.contains(why), "{}", ended.err);
}

#[tokio::test]
async fn the_history_lists_when_how_and_by_whom_the_newest_first() {
    let (workspace, _) = two_revisions().await;
    let ended = workspace.run(&["history"]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ended.out);
    assert!(lines[0].starts_with("2  2"), "{}", ended.out);
    assert!(lines[0].ends_with("Z  edit  +1 -2 ~0  homes-number, pets  by 77"), "{}", ended.out);
    assert!(lines[1].starts_with("1  2") && lines[1].ends_with("Z  start  +1 -2 ~0"), "{}", ended.out);
}

#[tokio::test]
async fn a_rollback_makes_the_folder_that_of_the_revision_file_by_file() {
    let (workspace, first) = two_revisions().await;
    let second = files(&workspace.path().join("faq"));
    let ended = workspace.run(&["rollback", "1"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(ended.out, "Changed to revision 1: 3 files of faq.\n");
    assert_eq!(files(&workspace.path().join("faq")), first);
    // Going back is undone in the same way, and what is there already changes nothing.
    assert_eq!(workspace.run(&["rollback", "2"]).code, 0);
    assert_eq!(files(&workspace.path().join("faq")), second);
    let again = workspace.run(&["rollback", "2"]);
    assert_eq!((again.code, again.out.as_str()), (0, "The files of faq are those of revision 2 already.\n"));
    refused(&workspace.run(&["rollback", "99"]), "that revision is not kept");
    assert_eq!(files(&workspace.path().join("faq")), second);
}

#[tokio::test]
async fn an_export_writes_the_files_of_a_revision_into_an_empty_folder() {
    let (workspace, first) = two_revisions().await;
    let ended = workspace.run(&["export", "1", "--to", "out/first"]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert!(ended.out.contains("5 files of revision 1 were written to out/first"), "{}", ended.out);
    assert_eq!(files(&workspace.path().join("out/first")), first);
    // Without a number it is the last revision, whatever is in the folder of the FAQ.
    let second = files(&workspace.path().join("faq"));
    fs::remove_dir_all(workspace.path().join("faq")).unwrap();
    assert_eq!(workspace.run(&["export", "--to", "out/last"]).code, 0);
    assert_eq!(files(&workspace.path().join("out/last")), second);
    // A folder that holds something is left alone.
    refused(&workspace.run(&["export", "1", "--to", "out/last"]), "out/last is not empty");
    assert_eq!(files(&workspace.path().join("out/last")), second);
    refused(&workspace.run(&["export", "99", "--to", "out/none"]), "that revision is not kept");
    assert!(!workspace.path().join("out/none").exists());
}

#[tokio::test]
async fn without_a_database_or_a_revision_the_commands_say_so() {
    let workspace = Workspace::new();
    for args in [&["history"][..], &["rollback", "1"], &["export", "--to", "out"]] {
        refused(&workspace.run(args), "there is no database at");
    }
    assert!(!workspace.path().join("data").exists());
    Store::open(&workspace.path().join("data/faqbot.db")).await.unwrap().close().await;
    assert_eq!(workspace.run(&["history"]).out, "No revision has been applied yet.\n");
    refused(&workspace.run(&["export", "--to", "out"]), "that revision is not kept");
}
