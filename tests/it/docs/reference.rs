//! The reference of the command line and of the findings, checked against the program.

use std::{collections::BTreeSet, fs};

use clap::CommandFactory;
use faqbot::{cli::Cli, knowledge::Code};

use super::{file, root, section, table};

/// `FIELD` for each "FIELD" between double quotes.
fn quoted(text: &str) -> BTreeSet<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The names between backticks in the first column.
fn first_column(rows: &[Vec<&str>]) -> BTreeSet<String> {
    rows.iter().map(|row| row[0].trim_matches('`').to_owned()).collect()
}

#[test]
fn the_table_of_findings_is_the_programs() {
    let mut rows = "| code | severity | what is wrong |\n|---|---|---|\n".to_owned();
    for code in Code::ALL {
        rows.push_str(&format!("| {} | {} | {} |\n", code.number(), code.severity(), code.meaning()));
    }
    let document = file("docs/faq-format.md");
    let written = section(&document, "FINDINGS");
    if std::env::var_os("UPDATE").is_some() {
        let (before, after) = document.split_once("<!-- FINDINGS -->\n").unwrap();
        let (_, after) = after.split_once("<!-- /FINDINGS -->").unwrap();
        let renewed = format!("{before}<!-- FINDINGS -->\n{rows}<!-- /FINDINGS -->{after}");
        fs::write(root().join("docs/faq-format.md"), renewed).unwrap();
        return;
    }
    assert_eq!(written, rows, "`UPDATE=1 cargo test --test it docs` renews the table");
}

#[test]
fn the_exit_codes_are_those_of_the_help() {
    let help = Cli::command().get_after_help().unwrap().to_string();
    let (_, codes) = help.split_once("Exit codes:").unwrap();
    let in_help: BTreeSet<String> =
        codes.split_whitespace().filter(|word| word.parse::<u8>().is_ok()).map(str::to_owned).collect();
    assert_eq!(first_column(&table(&file("docs/cli.md"), "## Exit codes")), in_help);
}

#[test]
fn the_json_fields_and_outcomes_are_those_of_the_help() {
    let command = Cli::command();
    let json = command.find_subcommand("ask").unwrap().get_arguments().find(|arg| arg.get_id() == "json");
    let help = json.unwrap().get_long_help().unwrap().to_string();
    let (_, answer) = help.split_once("exactly one line:").unwrap();
    let (answer, _) = answer.split_once("\nor, ").unwrap();
    let document = file("docs/cli.md");
    let mut fields = first_column(&table(&document, "## `ask --json`"));
    // The help spells out what is in `sources`.
    fields.extend(["paragraph".to_owned(), "quote".to_owned()]);
    assert_eq!(fields, quoted(answer));
    let (_, outcomes) = answer.split_once("\"outcome\": ").unwrap();
    let outcomes = outcomes.split(',').next().unwrap().split('|').map(str::to_owned);
    let (_, rest) = document.split_once("| outcome | meaning |").unwrap();
    let rows = rest.lines().skip(2).take_while(|line| line.starts_with('|'));
    let written = rows.filter_map(|row| row.split('`').nth(1)).map(str::to_owned);
    assert_eq!(written.collect::<BTreeSet<_>>(), outcomes.collect());
}

#[test]
fn every_subcommand_is_in_the_reference() {
    let document = file("docs/cli.md");
    let command = Cli::command();
    let mut missing = Vec::new();
    for sub in command.get_subcommands() {
        let inner: Vec<&str> = sub.get_subcommands().map(|inner| inner.get_name()).collect();
        let names = if inner.is_empty() { vec![""] } else { inner };
        for inner in names {
            let name = format!("`faqbot {} {inner}", sub.get_name());
            if !document.contains(name.trim_end()) {
                missing.push(name);
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}
