//! Another FAQ: import, eval, suggest.

use serde_json::Value;

use super::workspace::Workspace;

const FAQ: &str = r#"{"id":"card","question":"how do i get a new card","alternates":["replace my card","order another card","card is lost"],"answer":"Order it in the app."}
{"id":"rate","question":"what is the exchange rate","alternates":["rate for euros","currency rate today","conversion rate"],"answer":"It is shown in the app."}
"#;

const QUESTIONS: &str = r#"{"q":"how do i get a new card","expected":"card","kind":"plain","lang":"en"}
{"q":"currency rate today","expected":"rate","kind":"plain","lang":"en"}
{"q":"who won the football game","expected":null,"kind":"off-topic","lang":"en"}
"#;

fn imported() -> Workspace {
    let workspace = Workspace::new();
    workspace.put("faq.jsonl", FAQ);
    workspace.put("questions.jsonl", QUESTIONS);
    let ended = workspace.run(&["import", "faq.jsonl", "--to", "other"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("2 entries"), "{}", ended.out);
    workspace
}

#[test]
fn an_imported_faq_is_checked_and_measured() {
    let workspace = imported();
    assert_eq!(workspace.run(&["--faq", "other", "check", "--quick"]).code, 0);
    let ended = workspace.run(&["eval", "questions.jsonl", "--faq", "other", "--json", "--svg", "plot.svg"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(report["questions"], 3);
    assert_eq!(report["score"]["by_kind"]["plain"]["n"], 2);
    assert!(report["latency"]["p50_us"].is_u64());
    let all = &report["score"]["all"];
    let sum = |names: [&str; 3]| names.iter().map(|name| all[*name].as_u64().unwrap()).sum::<u64>();
    assert_eq!(sum(["right", "wrong", "abstained"]), 2);
    assert!(std::fs::read_to_string(workspace.path().join("plot.svg")).unwrap().starts_with("<svg"));
}

#[test]
fn the_scorecard_is_readable_and_lists_failures() {
    let ended = imported().run(&["eval", "questions.jsonl", "--faq", "other", "--failures"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    for figure in ["accuracy at 1", "precision", "recall", "false-answer rate", "AUROC", "p99", "off-topic"] {
        assert!(ended.out.contains(figure), "{}", ended.out);
    }
}

#[test]
fn mistakes_in_the_file_of_questions_end_with_2() {
    let workspace = imported();
    let eval = |questions: &str| {
        workspace.put("bad.jsonl", questions);
        workspace.run(&["eval", "bad.jsonl", "--faq", "other"])
    };
    let unknown = eval("{\"q\":\"x\",\"expected\":\"nothing-like-it\"}\n");
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("nothing-like-it"), "{}", unknown.err);
    let broken = eval("{\"q\":\"x\",\"expected\":null}\nplain words\n{\"q\":\"x\"}\n");
    assert_eq!(broken.code, 2);
    assert!(broken.err.contains("bad.jsonl:2:") && broken.err.contains("bad.jsonl:3:"), "{}", broken.err);
    assert_eq!(workspace.run(&["eval", "no-such-file", "--faq", "other"]).code, 2);
}

#[test]
fn an_import_that_loses_rows_ends_with_1_and_prints_no_control_character() {
    let workspace = Workspace::new();
    workspace.put("faq.csv", "Frage\u{1b}[2J,Antwort\nWann?,Jetzt.\nWo\u{7}?,\n");
    let refused = workspace.run(&["import", "faq.csv", "--to", "other"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("`Frage[2J`, `Antwort`"), "{}", refused.err);
    workspace.put("faq.csv", "Frage,Antwort\nWann?,Jetzt.\nWo\u{7}?,\n");
    let columns = "question=Frage,answer=Antwort";
    let ended = workspace.run(&["import", "faq.csv", "--columns", columns, "--to", "other"]);
    assert_eq!(ended.code, 1, "{}", ended.err);
    assert!(ended.out.contains("faq.csv: line 3: left out: the answer is empty"), "{}", ended.out);
    for text in [refused.err, ended.out, ended.err] {
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    }
}

#[test]
fn an_import_into_a_folder_that_is_not_empty_changes_nothing() {
    let workspace = imported();
    let ended = workspace.run(&["import", "faq.jsonl", "--to", "other"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("not empty"), "{}", ended.err);
}

#[test]
fn wordings_are_suggested_only_for_an_entry_that_exists() {
    let workspace = Workspace::new();
    let ended = workspace.run(&["suggest", "opened-wen"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("opened-when"), "{}", ended.err);
    let ended = workspace.run(&["suggest", "opened-when"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("opened-when"), "{}", ended.out);
}
