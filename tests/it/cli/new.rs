//! `faqbot new`: a folder that can be used at once.

use super::workspace::Workspace;

const ANNOUNCEMENT: &str = "# Harbour Aid Closes its Office\n\nHarbour Aid closes its office in Quayside. It was opened \
                            in 2008.\n\nWe thank the Ministry of Housing.\n";

#[test]
fn a_new_folder_has_no_findings_with_and_without_an_announcement() {
    let workspace = Workspace::new();
    workspace.put("note.txt", ANNOUNCEMENT);
    for (dir, announcement, contact) in [("full", "note.txt", "press@harbour.example"), ("bare", "", "")] {
        let made = workspace.run(&[
            "new",
            dir,
            "--name",
            "Harbour Aid",
            "--announcement",
            announcement,
            "--media-contact",
            contact,
            "--languages",
            "fr",
        ]);
        assert_eq!(made.code, 0, "{}", made.err);
        assert!(made.out.contains(&format!("cd {dir}")), "{}", made.out);
        let settings = format!("{dir}/bot.toml");
        let checked = workspace.run(&["--config", &settings, "check", "--quick", "--strict"]);
        assert!(
            checked.code == 0 && checked.out.starts_with("no findings"),
            "{}{}",
            checked.out,
            checked.err
        );
    }
    let read = |path: &str| std::fs::read_to_string(workspace.path().join(path)).unwrap();
    assert!(read("full/faq/announcement.md").contains("title = \"Harbour Aid Closes its Office\""));
    assert!(read("full/faq/what-is-it-about.md").contains("Harbour Aid closes its office in Quayside."));
    assert!(read("full/faq/fr/_routes/need.md").contains("police"));
    assert!(!read("bare/faq/_routes/need.md").contains("\nsw = ["));
}

#[test]
fn a_folder_with_files_is_left_alone_and_missing_answers_are_named() {
    let workspace = Workspace::new();
    workspace.put("old/note.txt", "mine");
    let refused = workspace.run(&["new", "old", "--name", "Harbour Aid"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("not empty"), "{}", refused.err);
    let refused = workspace.run(&["new", "young"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--name") && !workspace.path().join("young").exists(), "{}", refused.err);
}
