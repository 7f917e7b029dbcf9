//! A folder with nothing but the announcement: its paragraphs are offered word for word, and nothing is answered.

use std::fs;

use serde_json::Value;

use super::workspace::Workspace;

/// A workspace whose FAQ is only the announcement.
fn announcement_alone() -> Workspace {
    let workspace = Workspace::new();
    for file in ["opened-when.md", "homes-number.md", "thanks-to.md"] {
        fs::remove_file(workspace.path().join("faq").join(file)).unwrap();
    }
    workspace
}

fn asked(workspace: &Workspace, question: &str) -> Value {
    let ended = workspace.run_with(&["ask", "--json"], &[], question.as_bytes());
    assert_eq!(ended.code, 0, "{}", ended.err);
    serde_json::from_str(&ended.out).unwrap()
}

#[test]
fn the_nearest_paragraph_is_offered_word_for_word_and_not_as_an_answer() {
    let workspace = announcement_alone();
    for (question, quoted) in [
        ("how many homeless people got a home", "> Over 70 families found a home."),
        ("is the office going to close", "> After 8 years, Harbour Aid closes its office in Quayside."),
        ("whom do they thank, the Ministry of Housing?", "> Over 70 families found a home. We are grateful"),
    ] {
        let reply = asked(&workspace, question);
        assert_eq!(reply["outcome"], "unknown", "{reply}");
        assert!(reply["reply"].as_str().unwrap().contains(quoted), "{reply}");
    }
}

#[test]
fn a_question_about_something_else_is_offered_no_paragraph() {
    let reply = asked(&announcement_alone(), "what is the meaning of life");
    assert_eq!(reply["outcome"], "unknown", "{reply}");
    let shown = reply["reply"].as_str().unwrap();
    assert!(!shown.contains('>'), "{reply}");
    assert!(shown.contains("The announcement does not say.") && !shown.contains("FAQ"), "{reply}");
}

#[test]
fn check_says_what_to_expect_of_it() {
    let ended = announcement_alone().run(&["check"]);
    assert_eq!(ended.code, 0, "{} {}", ended.out, ended.err);
    assert!(ended.out.contains("no entries: nothing is answered"), "{}", ended.out);
}
