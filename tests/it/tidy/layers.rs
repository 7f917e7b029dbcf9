//! Which part of the crate may use which: imports never point upwards, and no two files import each other.

use std::sync::LazyLock;

use super::{imports::Imports, sources};

/// Every part of the crate with the parts it may use. `knowledge` is listed by its own parts.
const ALLOWED: &[(&str, &[&str])] = &[
    ("ids", &[]),
    ("lang", &[]),
    ("email", &[]),
    ("failpoint", &[]),
    ("private_file", &[]),
    ("metrics", &[]),
    ("knowledge/wording_key", &[]),
    ("knowledge/content", &["knowledge/wording_key", "lang"]),
    // Of the content only the entries: see `the_matching_knows_only_the_entries_of_the_content`.
    ("knowledge/matching", &["knowledge/content", "knowledge/wording_key", "lang"]),
    ("knowledge/generation", &["knowledge/content", "knowledge/matching", "lang"]),
    ("knowledge/entry_tests", &["knowledge/content", "knowledge/matching", "knowledge/generation"]),
    ("config", &["knowledge/matching", "ids", "email"]),
    ("text", &["knowledge/content", "knowledge/matching", "knowledge/entry_tests", "store", "ids", "lang"]),
    ("store", &["config", "ids", "lang", "failpoint", "private_file"]),
    ("mail", &["store", "config", "text", "ids", "lang", "email", "failpoint", "private_file"]),
    (
        "bot",
        &[
            "knowledge/wording_key",
            "knowledge/content",
            "knowledge/matching",
            "knowledge/generation",
            "knowledge/entry_tests",
            "config",
            "text",
            "store",
            "mail",
            "ids",
            "lang",
            "email",
            "failpoint",
            "metrics",
        ],
    ),
    ("health_server", &["bot", "discord", "store", "metrics"]),
    ("discord", &["bot", "knowledge/content", "config", "text", "mail", "ids", "lang", "private_file"]),
    ("preview", &["config", "text", "ids", "lang"]),
    (
        "cli",
        &[
            "bot",
            "discord",
            "preview",
            "knowledge/content",
            "knowledge/matching",
            "knowledge/generation",
            "knowledge/entry_tests",
            "config",
            "text",
            "store",
            "mail",
            "ids",
            "lang",
            "email",
            "private_file",
            "health_server",
        ],
    ),
];

/// The only file of the content that the matching may use.
const ENTRY: &str = "knowledge::content::entry";

/// The use cases of the bot: none may use another. `reload` is not one of them: moderators, the watcher and signals all
/// call it.
const USE_CASES: &[&str] = &[
    "answer",
    "complete",
    "conversation",
    "corrections",
    "editor",
    "feedback",
    "gaps::subscriptions",
    "gaps::unanswered",
    "help",
    "media",
    "moderate",
    "press_desk",
    "privacy",
    "privacy::guild_removal",
    "show",
    "stats",
    "watch",
];

/// Files that import each other all the same. They are clap's argument tree: `args.rs` lists the arguments of
/// every subcommand, and each subcommand takes what `args.rs` defines for all of them.
const MUTUAL: &[(&str, &str)] = &[
    ("cli::args", "cli::command::history"),
    ("cli::args", "cli::command::outbox"),
    ("cli::args", "cli::command::purge"),
];

/// The part of the crate that a module belongs to; `None` for the roots that only list modules.
fn part(module: &[String]) -> Option<String> {
    match module {
        [] => None,
        [knowledge] if knowledge == "knowledge" => None,
        [knowledge, part, ..] if knowledge == "knowledge" => Some(format!("knowledge/{part}")),
        [part, ..] => Some(part.clone()),
    }
}

static IMPORTS: LazyLock<Imports> = LazyLock::new(|| Imports::read(&sources("src")));

#[test]
fn imports_never_point_upwards() {
    let mut forbidden = Vec::new();
    for (from, to, path) in IMPORTS.edges(true) {
        let (Some(from), Some(to)) = (part(&from), part(&to)) else { continue };
        let allowed = ALLOWED.iter().find(|(part, _)| *part == from);
        let Some((_, allowed)) = allowed else {
            forbidden.push(format!("{path}: {from} is not in the table"));
            continue;
        };
        if from != to && !allowed.contains(&to.as_str()) {
            forbidden.push(format!("{path}: {from} must not use {to}"));
        }
    }
    assert_eq!(forbidden, Vec::<String>::new());
}

#[test]
fn the_table_of_allowed_imports_has_no_circle() {
    let mut left: Vec<&(&str, &[&str])> = ALLOWED.iter().collect();
    // A part is taken away once nothing that it uses is left.
    while !left.is_empty() {
        let names: Vec<&str> = left.iter().map(|(part, _)| *part).collect();
        let (free, bound): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|(_, uses)| uses.iter().all(|part| !names.contains(part)));
        assert!(!free.is_empty(), "{names:?} use each other");
        left = bound;
    }
}

#[test]
fn the_table_of_allowed_imports_has_no_edge_that_nobody_uses() {
    let edges: Vec<_> =
        IMPORTS.edges(true).into_iter().map(|(from, to, _)| (part(&from), part(&to))).collect();
    let mut unused = Vec::new();
    for (from, allowed) in ALLOWED {
        for to in *allowed {
            if !edges.contains(&(Some((*from).to_owned()), Some((*to).to_owned()))) {
                unused.push(format!("{from} does not use {to}"));
            }
        }
    }
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn the_matching_knows_only_the_entries_of_the_content() {
    let mut found = Vec::new();
    for (from, to, path) in IMPORTS.edges(true) {
        let (from, to) = (from.join("::"), to.join("::"));
        if from.starts_with("knowledge::matching") && to.starts_with("knowledge::content") && to != ENTRY {
            found.push(format!("{path}: {to}"));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn no_use_case_uses_another() {
    let use_case = |module: &[String]| {
        let below = match module {
            [bot, below @ ..] if bot == "bot" => below,
            _ => return None,
        };
        let lengths = [2, 1].into_iter().filter(|length| *length <= below.len());
        let mut names = lengths.map(|length| below[..length].join("::"));
        names.find_map(|name| USE_CASES.iter().find(|case| **case == name).copied())
    };
    let mut found = Vec::new();
    for (from, to, path) in IMPORTS.edges(false) {
        if let (Some(from), Some(to)) = (use_case(&from), use_case(&to))
            && from != to
        {
            found.push(format!("{path}: {to}"));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

/// A file and the files in its own folder are one module, split for its length; between all others, uses go one way.
#[test]
fn no_two_files_import_each_other() {
    let edges = IMPORTS.edges(false);
    let is_own = |a: &[String], b: &[String]| a.starts_with(b) || b.starts_with(a);
    let mut found = Vec::new();
    for (from, to, _) in &edges {
        let is_mutual = from < to && edges.iter().any(|(back, forth, _)| back == to && forth == from);
        let pair = (from.join("::"), to.join("::"));
        let is_listed = MUTUAL.contains(&(pair.0.as_str(), pair.1.as_str()));
        if is_mutual && !is_own(from, to) && !is_listed {
            found.push(pair);
        }
    }
    assert_eq!(found, Vec::new());
}
