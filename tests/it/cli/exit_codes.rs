//! Exit codes, for scripts and service managers, and messages, for people.

use super::workspace::Workspace;

#[test]
fn wrong_arguments_end_with_2_and_show_the_usage() {
    let workspace = Workspace::new();
    let ended = workspace.run(&["bogus"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("Usage: faqbot"), "{}", ended.err);
    assert_eq!(workspace.run(&["import", "x.jsonl"]).code, 2);
}

#[test]
fn help_and_version_and_completions_end_with_0() {
    let workspace = Workspace::new();
    for args in [&["--help"][..], &["--version"], &["version"], &["help", "ask"], &["completions", "bash"]] {
        let ended = workspace.run(args);
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{args:?}");
        assert!(!ended.out.is_empty(), "{args:?}");
    }
    insta::assert_snapshot!(workspace.run(&["--help"]).out);
}

#[test]
fn an_error_in_the_settings_ends_every_command_with_78_and_a_caret() {
    let workspace = Workspace::new();
    workspace.put("bot.toml", "[search]\ncaution = \"wild\"\n\n[discrod]\n");
    for args in [&["run"][..], &["ask", "why"], &["check"], &["index"], &["doctor"], &["chat"]] {
        let ended = workspace.run(args);
        assert_eq!((ended.code, ended.out.as_str()), (78, ""), "{args:?}");
    }
    insta::assert_snapshot!(workspace.run(&["run"]).err);
}

#[test]
fn a_variable_that_names_no_setting_ends_with_78() {
    let ended = Workspace::new().run_with(&["check"], &[("FAQBOT__SEARCH__CAUTIN", "low")], b"");
    assert_eq!(ended.code, 78);
    assert!(ended.err.contains("FAQBOT__SEARCH__CAUTION"), "{}", ended.err);
}

#[test]
fn a_settings_file_that_was_named_must_exist() {
    let ended = Workspace::new().run(&["--config", "other.toml", "check", "--quick"]);
    assert_eq!(ended.code, 78);
    assert!(ended.err.contains("error[C001]: other.toml: cannot be read"), "{}", ended.err);
}

#[test]
fn a_malformed_token_ends_with_78_and_is_not_shown() {
    let workspace = Workspace::new();
    for (name, value) in
        [("DISCORD_TOKEN", "\"hush\""), ("DISCORD_TOKEN", "hush hush"), ("DISCORD_TOKEN_FILE", "none")]
    {
        let ended = workspace.run_with(&["run"], &[(name, value)], b"");
        assert_eq!(ended.code, 78, "{name}={value}");
        assert!(ended.err.contains("error[C02") && !ended.err.contains("hush"), "{}", ended.err);
    }
}

#[test]
fn content_with_an_error_is_a_finding_to_a_person_and_lasting_to_a_service() {
    let workspace = Workspace::new();
    workspace.put("faq/broken.md", "+++\nquestion = \n+++\nNo.\n");
    let checked = workspace.run(&["check", "--quick"]);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("broken.md:2:"), "{}", checked.out);
    assert_eq!(workspace.run(&["ask", "when"]).code, 1);
    let served = workspace.run(&["run"]);
    assert_eq!(served.code, 78);
    assert!(served.err.contains("broken.md:2:"), "{}", served.err);
}

#[test]
fn a_missing_folder_is_temporary_for_a_service() {
    let workspace = Workspace::new();
    std::fs::remove_dir_all(workspace.path().join("faq")).unwrap();
    assert_eq!(workspace.run(&["run"]).code, 75);
    assert_eq!(workspace.run(&["check", "--quick"]).code, 1);
}

#[test]
fn the_chat_uses_the_last_good_faq_and_the_check_does_not() {
    let workspace = Workspace::new();
    assert_eq!(workspace.run(&["chat"]).code, 0);
    workspace.put("faq/broken.md", "+++\nquestion = \n+++\nNo.\n");
    let chat = workspace.run_with(&["chat"], &[], b"When was the office opened?\n");
    assert_eq!(chat.code, 0, "{}", chat.err);
    assert!(chat.out.contains("opened in 2008") && chat.err.contains("broken.md:2"), "{chat:?}");
    assert_eq!(workspace.run(&["check", "--quick"]).code, 1);
    assert_eq!(workspace.run(&["ask", "when"]).code, 1);
}

#[test]
fn a_valid_faq_is_checked_at_every_level_of_caution() {
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
fn nothing_is_coloured_without_a_terminal() {
    let workspace = Workspace::new();
    workspace.put("faq/broken.md", "+++\nquestion = \n+++\nNo.\n");
    for args in [&["check", "--quick"][..], &["run"], &["--help"]] {
        let ended = workspace.run(args);
        assert!(!ended.out.contains('\u{1b}') && !ended.err.contains('\u{1b}'), "{args:?}");
    }
}

#[test]
fn the_doctor_checks_every_part_and_fails_if_one_does() {
    let workspace = Workspace::new();
    let healthy = workspace.run(&["doctor"]);
    assert_eq!(healthy.code, 0, "{}", healthy.out);
    for part in ["settings", "content", "index", "token", "data", "mail"] {
        assert!(
            healthy.out.lines().any(|line| line.get(6..).is_some_and(|rest| rest.starts_with(part))),
            "{part}"
        );
    }
    workspace.put("blocked", "a file where a folder should be");
    let failed = workspace.run_with(&["doctor"], &[("FAQBOT__STORE__PATH", "blocked/faqbot.db")], b"");
    assert_eq!(failed.code, 1);
    assert!(failed.out.contains("fail  data"), "{}", failed.out);
}
