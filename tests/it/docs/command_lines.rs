//! Every command line in the documents is one that the program accepts.

use clap::Parser;
use faqbot::cli::Cli;

use super::{code_spans, documents};

/// The command lines of a document: in code blocks, alone or behind a pipe, and between backticks.
fn command_lines(text: &str) -> Vec<String> {
    let mut is_code = false;
    let mut found: Vec<&str> = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if is_code {
            found.extend(line.split('|').map(str::trim));
        }
    }
    found.extend(code_spans(text));
    let found = found.into_iter().map(|line| line.replace("cargo run --release --", "faqbot"));
    found.filter(|line| line == "faqbot" || line.starts_with("faqbot ")).collect()
}

/// The arguments of a command line: a quoted question is one of them.
fn arguments(line: &str) -> Vec<String> {
    let line = line.split('#').next().unwrap_or(line).replace('…', "why").replace(" ID", " 1");
    let (plain, quoted) = line.split_once('"').unwrap_or((&line, ""));
    let quoted = quoted.trim().trim_end_matches('"');
    let arguments = plain.split_whitespace().chain((!quoted.is_empty()).then_some(quoted));
    arguments.map(str::to_owned).collect()
}

#[test]
fn every_command_line_in_the_documents_is_accepted() {
    // Groups of subcommands, named as such.
    const GROUPS: [&str; 1] = ["faqbot outbox"];
    let (mut seen, mut refused) = (0, Vec::new());
    for (path, text) in documents() {
        for line in command_lines(&text) {
            if GROUPS.contains(&line.as_str()) || line == "faqbot help COMMAND" {
                continue;
            }
            // A command that is only mentioned may leave out its required arguments.
            let is_named = line.split_whitespace().count() == 2;
            match Cli::try_parse_from(arguments(&line)) {
                Err(error) if is_named && error.kind() == clap::error::ErrorKind::MissingRequiredArgument => {
                }
                Err(error) => refused.push(format!("{path}: {line}: {error}")),
                Ok(_) => {}
            }
            seen += 1;
        }
    }
    assert_eq!(refused, Vec::<String>::new());
    assert!(seen > 40, "only {seen} command lines were found");
}
