//! What the README and the commented `bot.toml` promise, held against the program.

use faqbot::ids::ApplicationId;
use std::{collections::BTreeMap, fs, path::Path};

use clap::Parser;
use faqbot::{
    cli::args::Cli,
    config::Config,
    discord::{commands, invite},
};
use serde_json::Value;

/// A file of the repository.
fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Every setting with its default as TOML writes it; `none` where it has none.
fn settings() -> BTreeMap<String, String> {
    fn collect(value: &Value, path: &str, into: &mut BTreeMap<String, String>) {
        let Value::Object(table) = value else {
            let default = if value.is_null() { "none".to_owned() } else { format!("`{value}`") };
            into.insert(path.to_owned(), default);
            return;
        };
        for (key, value) in table {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            collect(value, &path, into);
        }
    }
    let mut found = BTreeMap::new();
    collect(&serde_json::to_value(Config::default()).unwrap(), "", &mut found);
    found
}

#[test]
fn the_readme_has_the_table_of_commands() {
    let readme = file("README.md");
    let (_, rest) = readme.split_once("<!-- COMMANDS -->\n").unwrap();
    let (table, _) = rest.split_once("<!-- /COMMANDS -->").unwrap();
    assert_eq!(table, commands::readme_table());
}

#[test]
fn the_readme_has_every_setting_with_its_default() {
    let readme = file("README.md");
    let missing: Vec<String> = settings()
        .into_iter()
        .map(|(path, default)| format!("| `{path}` | {default} | "))
        .filter(|row| !readme.contains(row.as_str()))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
    let rows = readme.lines().filter(|line| line.starts_with("| `") && line.contains('.'));
    let named = rows.filter_map(|line| line.split('`').nth(1));
    let sections = ["faq", "index", "search", "discord", "media", "store", "safety", "limits", "log"];
    let unknown: Vec<&str> = named
        .filter(|name| sections.iter().any(|section| name.starts_with(&format!("{section}."))))
        .filter(|name| !settings().contains_key(*name))
        .collect();
    assert_eq!(unknown, Vec::<&str>::new());
}

#[test]
fn the_commented_settings_are_the_defaults_and_all_of_them() {
    let text = file("bot.toml");
    let given: Config = toml::from_str(&text).unwrap();
    assert_eq!(given, Config::default());
    let mut section = String::new();
    let mut named = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name.to_owned();
        } else if let Some((key, _)) = line.trim_start_matches("# ").split_once(" = ") {
            named.push(format!("{section}.{key}"));
        }
    }
    let missing: Vec<String> = settings().into_keys().filter(|path| !named.contains(path)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn the_readme_invites_with_the_permissions_that_the_bot_needs() {
    let readme = file("README.md");
    assert!(readme.contains(&invite::link(ApplicationId::new(0)).replace("client_id=0", "client_id=ID")));
    assert!(readme.contains(&format!("(`{}`)", invite::PERMISSIONS)));
}

#[test]
fn every_command_line_of_the_readme_is_one_that_the_bot_understands() {
    let readme = file("README.md");
    let (mut seen, mut is_code) = (0, false);
    // In code blocks, alone or behind a pipe, and in the table of commands.
    for line in readme.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        }
        if !is_code && !line.starts_with("| `") {
            continue;
        }
        let line = line.strip_prefix("| `").and_then(|row| row.split('`').next()).unwrap_or(line);
        let line = line.replace("cargo run --release --", "faqbot");
        let Some(command) = line.split('|').map(str::trim).find(|part| part.starts_with("faqbot ")) else {
            continue;
        };
        let command = command.split('#').next().unwrap_or(command).replace('…', "why").replace("ID", "1");
        // A quoted question is one argument.
        let (plain, quoted) = command.split_once('"').unwrap_or((&command, ""));
        let quoted = quoted.trim().trim_end_matches('"');
        let words = plain.split_whitespace().chain((!quoted.is_empty()).then_some(quoted));
        if let Err(error) = Cli::try_parse_from(words) {
            panic!("{command}: {error}");
        }
        seen += 1;
    }
    assert!(seen > 10, "only {seen} command lines were found");
}

#[test]
fn every_test_that_the_readme_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let folders = fs::read_dir(root).unwrap().map(|item| item.unwrap().path()).filter(|path| path.is_dir());
    let sources: String = folders
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|item| item.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let readme = file("README.md");
    let (_, table) = readme.split_once("| fault | the sender sees |").unwrap();
    let named = table.lines().skip(2).take_while(|line| line.starts_with('|')).flat_map(|row| {
        let last = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        last.split('`').skip(1).step_by(2)
    });
    let named: Vec<&str> = named.collect();
    assert!(named.len() > 20, "{named:?}");
    let missing: Vec<&&str> = named.iter().filter(|name| !sources.contains(&format!("fn {name}("))).collect();
    assert_eq!(missing, Vec::<&&str>::new());
}
