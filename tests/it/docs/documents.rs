//! The README, the settings and the press desk's table of faults, checked against the program.

use std::collections::{BTreeMap, BTreeSet};

use faqbot::{
    bot::{Who, command_table},
    config::Config,
    discord::{INVITE_PERMISSIONS, invite_link},
    ids::ApplicationId,
};
use serde_json::Value;

use super::{documents, file, files_below, section, table};

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
fn the_documents_have_the_tables_of_commands() {
    assert_eq!(section(&file("README.md"), "COMMANDS"), command_table(Who::Everyone));
    assert_eq!(section(&file("docs/moderators.md"), "COMMANDS"), command_table(Who::Moderators));
}

#[test]
fn the_readme_is_at_most_150_lines_long() {
    let n_lines = file("README.md").lines().count();
    assert!((120..=150).contains(&n_lines), "{n_lines} lines");
}

#[test]
fn the_transcript_of_the_readme_has_the_wording_of_the_bot() {
    let (readme, locale) = (file("README.md"), file("locales/en/answer.ftl"));
    for key in ["footer-both", "button-why", "button-not-helpful"] {
        let message = locale.lines().find_map(|line| line.strip_prefix(&format!("{key} = "))).unwrap();
        assert!(readme.contains(message), "{message}");
    }
}

#[test]
fn the_reference_has_every_setting_with_its_default() {
    let reference = file("docs/configuration.md");
    let missing: Vec<String> = settings()
        .into_iter()
        .map(|(path, default)| format!("| `{path}` | {default} | "))
        .filter(|row| !reference.contains(row.as_str()))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_setting_that_a_document_names_exists() {
    let settings = settings();
    let sections: BTreeSet<&str> = settings.keys().filter_map(|path| path.split('.').next()).collect();
    // A file name such as `store.rs` is not a setting.
    let is_setting = |span: &str| {
        let name = span.split(' ').next().unwrap_or_default();
        let is_word = name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == '.');
        let is_file = [".rs", ".md", ".toml", ".ftl"].iter().any(|ending| name.ends_with(ending));
        is_word && !is_file && name.split_once('.').is_some_and(|(section, _)| sections.contains(section))
    };
    let mut unknown = Vec::new();
    for (path, text) in documents() {
        for span in super::code_spans(&text).into_iter().filter(|span| is_setting(span)) {
            let name = span.split(' ').next().unwrap_or_default();
            if !settings.contains_key(name) {
                unknown.push(format!("{path}: {name}"));
            }
        }
    }
    assert_eq!(unknown, Vec::<String>::new());
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
    assert!(readme.contains(&invite_link(ApplicationId::new(0)).replace("client_id=0", "client_id=ID")));
    assert!(readme.contains(&format!("(`{}`)", INVITE_PERMISSIONS)));
}

#[test]
fn every_test_that_the_table_of_faults_names_exists() {
    let sources: String =
        files_below("tests/it").iter().filter(|path| path.ends_with(".rs")).map(|path| file(path)).collect();
    let desk = file("docs/press-desk.md");
    let mut missing = Vec::new();
    let mut tested = BTreeSet::new();
    for row in section(&desk, "TESTS").lines().skip(2) {
        let (faults, test) = row.trim_matches('|').split_once('|').unwrap();
        let test = test.trim().trim_matches('`');
        if !sources.contains(&format!("fn {test}(")) {
            missing.push(test.to_owned());
        }
        tested.extend(faults.split(',').map(|number| number.trim().to_owned()));
    }
    assert_eq!(missing, Vec::<String>::new());
    let faults: BTreeSet<String> = table(&desk, "## Faults").iter().map(|row| row[0].to_owned()).collect();
    assert!(faults.len() >= 30, "{faults:?}");
    assert_eq!(tested, faults);
}
