//! `faqbot ask`, above all its output for scripts.

use std::io::{BufRead, BufReader, Read, Write};

use serde_json::{Value, json};

use super::workspace::Workspace;

fn objects(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_line_produces_one_object_in_order_and_invalid_lines_do_not_stop_it() {
    let input = b"When was the office opened?\n{\"id\":\"b\",\"q\":\"how many families found a home\"}\n{oops\n\xff\n\n{\"id\":\"z\",\"q\":\"hi\"}";
    let ended = Workspace::new().run_with(&["ask", "--json"], &[], input);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let objects = objects(&ended.out);
    assert_eq!(objects.len(), 6);
    assert_eq!(
        (&objects[0]["id"], &objects[1]["id"], &objects[5]["id"]),
        (&Value::Null, &json!("b"), &json!("z"))
    );
    let first = &objects[0];
    assert_eq!((&first["outcome"], &first["entry"]), (&json!("answer"), &json!("opened-when")), "{first}");
    assert!(first["reply"].as_str().unwrap().contains("opened in 2008"), "{first}");
    assert_eq!(first["sources"], json!([{ "paragraph": 1, "quote": "It was opened in 2008" }]));
    for bad in &objects[2..5] {
        assert!(bad["error"].is_string() && bad.get("reply").is_none(), "{bad}");
    }
    for good in [&objects[0], &objects[1], &objects[5]] {
        let outcome = good["outcome"].as_str().unwrap();
        assert!(
            ["answer", "suggest", "unknown", "media", "sensitive", "smalltalk"].contains(&outcome),
            "{good}"
        );
        assert!((0.0..=1.0).contains(&good["confidence"].as_f64().unwrap()), "{good}");
        assert!(!good["reply"].as_str().unwrap().is_empty(), "{good}");
        assert!(good["sources"].is_array() && good["private"].is_boolean(), "{good}");
        assert!(good["generation"].as_u64() == Some(1) && good["took_us"].is_u64(), "{good}");
    }
}

#[test]
fn a_line_is_answered_before_the_next_one_is_written() {
    let workspace = Workspace::new();
    let mut child = workspace.start(&["ask", "--json"], &[]);
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for id in ["one", "two", "three"] {
        writeln!(stdin, "{}", json!({ "id": id, "q": "opening year" })).unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["id"], json!(id));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_closes_the_pipe_early_is_not_an_error() {
    let workspace = Workspace::new();
    let mut child = workspace.start(&["ask", "--json"], &[]);
    let mut stdin = child.stdin.take().unwrap();
    let mut line = String::new();
    writeln!(stdin, "opening year").unwrap();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    // The reader is gone, so these answers go nowhere.
    let _ = stdin.write_all("opening year\n".repeat(10).as_bytes());
    drop(stdin);
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{err}");
    assert!(!err.contains("panicked"), "{err}");
}

#[test]
fn one_question_is_answered_as_text_and_explained_with_scores() {
    let workspace = Workspace::new();
    let answered = workspace.run(&["ask", "When was the office opened?"]);
    assert_eq!(answered.code, 0, "{}", answered.err);
    assert!(!answered.out.trim().is_empty());
    let explained = workspace.run(&["ask", "When was the office opened?", "--explain"]);
    assert_eq!(explained.code, 0, "{}", explained.err);
    for part in ["decision", "confidence", "threshold", "margin"] {
        assert!(explained.out.contains(part), "{}", explained.out);
    }
}
