//! The chat with piped input, as a script runs it.

use super::workspace::Workspace;

#[test]
fn without_a_token_and_without_input_three_sample_questions_are_answered() {
    let ended = Workspace::new().run(&[]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.starts_with("No Discord token was found"), "{}", ended.out);
    assert!(ended.out.contains("DISCORD_TOKEN"), "{}", ended.out);
    for question in
        ["When was the office opened?", "How many families found a home?", "Whom does Harbour Aid thank?"]
    {
        assert!(ended.out.contains(&format!("> {question}")), "{}", ended.out);
    }
}

#[test]
fn a_chat_is_read_line_by_line_with_commands_as_on_discord() {
    let input = b"/help\n/bogus\n99\n/media\nopening year\n/quit\nnever read\n";
    let ended = Workspace::new().run_with(&["chat"], &[], input);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let out = &ended.out;
    assert!(out.contains("There is no command /bogus"), "{out}");
    assert!(out.contains("There is no choice 99"), "{out}");
    assert!(out.contains("press@harbour.example"), "{out}");
    assert!(out.contains("you> opening year") && !out.contains("never read"), "{out}");
}

#[test]
fn a_form_is_filled_in_field_by_field_and_cancelled_with_a_command() {
    let workspace = Workspace::new();
    let left = workspace.run_with(&["chat"], &[], b"/media\n1\n/cancel\n");
    assert_eq!(left.code, 0, "{}", left.err);
    assert!(left.out.contains("Nothing was sent"), "{}", left.out);

    let enquiry = b"/media\n1\nAnn Writer, The Quay\nann@quay.example\n\nWhen does the office close?\n\n/faq enquiries\n";
    let sent = workspace.run_with(&["chat"], &[], enquiry);
    assert_eq!(sent.code, 0, "{}", sent.err);
    assert!(sent.out.contains("M-"), "{}", sent.out);
}
