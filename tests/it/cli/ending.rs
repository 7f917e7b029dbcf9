//! Exit codes and messages: a script and a service manager go by the first, a person by the second.

use super::workspace::Workspace;

#[test]
fn wrong_arguments_end_with_2_and_say_what_is_possible() {
    let desk = Workspace::new();
    let ended = desk.run(&["bogus"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("Usage: faqbot"), "{}", ended.err);
    assert_eq!(desk.run(&["import", "x.jsonl"]).code, 2);
}

#[test]
fn help_and_version_and_completions_end_with_0() {
    let desk = Workspace::new();
    for args in [&["--help"][..], &["--version"], &["version"], &["help", "ask"], &["completions", "bash"]] {
        let ended = desk.run(args);
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{args:?}");
        assert!(!ended.out.is_empty(), "{args:?}");
    }
    insta::assert_snapshot!(desk.run(&["--help"]).out);
}

#[test]
fn a_fault_of_the_settings_ends_every_command_with_78_and_a_caret() {
    let desk = Workspace::new();
    desk.put("bot.toml", "[search]\ncaution = \"wild\"\n\n[discrod]\n");
    for args in [&["run"][..], &["ask", "why"], &["check"], &["index"], &["doctor"], &["chat"]] {
        let ended = desk.run(args);
        assert_eq!((ended.code, ended.out.as_str()), (78, ""), "{args:?}");
    }
    insta::assert_snapshot!(desk.run(&["run"]).err);
}

#[test]
fn a_variable_that_names_no_setting_ends_with_78() {
    let ended = Workspace::new().run_with(&["check"], &[("FAQBOT__SEARCH__CAUTIN", "low")], b"");
    assert_eq!(ended.code, 78);
    assert!(ended.err.contains("FAQBOT__SEARCH__CAUTION"), "{}", ended.err);
}

#[test]
fn a_file_of_settings_that_was_named_must_be_there() {
    let ended = Workspace::new().run(&["--config", "other.toml", "check", "--quick"]);
    assert_eq!(ended.code, 78);
    assert!(ended.err.contains("error[C001]: other.toml: cannot be read"), "{}", ended.err);
}

#[test]
fn a_token_that_cannot_be_one_ends_with_78_and_is_not_shown() {
    let desk = Workspace::new();
    for (name, value) in
        [("DISCORD_TOKEN", "\"hush\""), ("DISCORD_TOKEN", "hush hush"), ("DISCORD_TOKEN_FILE", "none")]
    {
        let ended = desk.run_with(&["run"], &[(name, value)], b"");
        assert_eq!(ended.code, 78, "{name}={value}");
        assert!(ended.err.contains("error[C02") && !ended.err.contains("hush"), "{}", ended.err);
    }
}

#[test]
fn content_with_an_error_is_a_finding_to_a_person_and_lasting_to_a_service() {
    let desk = Workspace::new();
    desk.put("faq/broken.md", "+++\nquestion = \n+++\nNo.\n");
    let checked = desk.run(&["check", "--quick"]);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("broken.md:2:"), "{}", checked.out);
    assert_eq!(desk.run(&["ask", "when"]).code, 1);
    let served = desk.run(&["run"]);
    assert_eq!(served.code, 78);
    assert!(served.err.contains("broken.md:2:"), "{}", served.err);
}

#[test]
fn a_clean_faq_is_checked_with_the_price_of_each_caution() {
    let ended = Workspace::new().run(&["check"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("3 entries"), "{}", ended.out);
    assert!(
        ended.out.contains("3 to answer and 1 to leave alone") && ended.out.contains("normal *"),
        "{}",
        ended.out
    );
}

#[test]
fn nothing_is_coloured_where_no_terminal_is() {
    let desk = Workspace::new();
    desk.put("faq/broken.md", "+++\nquestion = \n+++\nNo.\n");
    for args in [&["check", "--quick"][..], &["run"], &["--help"]] {
        let ended = desk.run(args);
        assert!(!ended.out.contains('\u{1b}') && !ended.err.contains('\u{1b}'), "{args:?}");
    }
}

#[test]
fn the_doctor_looks_at_each_part_and_fails_where_one_does() {
    let desk = Workspace::new();
    let well = desk.run(&["doctor"]);
    assert_eq!(well.code, 0, "{}", well.out);
    for part in ["settings", "content", "index", "token", "data", "mail"] {
        assert!(
            well.out.lines().any(|line| line.get(6..).is_some_and(|rest| rest.starts_with(part))),
            "{part}"
        );
    }
    desk.put("blocked", "a file where a folder should be");
    let ill = desk.run_with(&["doctor"], &[("FAQBOT__STORE__PATH", "blocked/faqbot.db")], b"");
    assert_eq!(ill.code, 1);
    assert!(ill.out.contains("fail  data"), "{}", ill.out);
}
