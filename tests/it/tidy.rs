//! Rules of the architecture and of the files, checked on the sources themselves.

mod imports;
mod layers;
mod words;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A library or macro that only some files may use.
struct Only {
    word: &'static str,
    places: &'static [&'static str],
}

const ONLY: &[Only] = &[
    Only { word: "serenity", places: &["src/discord"] },
    Only { word: "tantivy", places: &["src/knowledge/matching/index"] },
    Only { word: "lettre", places: &["src/mail", "src/email"] },
    Only { word: "sqlx", places: &["src/store"] },
    Only { word: "axum", places: &["src/preview", "src/health_server"] },
    Only { word: "prometheus_client", places: &["src/metrics"] },
    Only { word: "println", places: &["src/cli"] },
    Only { word: "eprintln", places: &["src/cli"] },
    Only { word: "print", places: &["src/cli"] },
    Only { word: "eprint", places: &["src/cli"] },
];

impl Only {
    /// Whether a line of code uses it: a library by a path, a macro by a call.
    fn is_used(&self, line: &str) -> bool {
        let uses = [format!("{}::", self.word), format!("use {};", self.word), format!("{}!(", self.word)];
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let is_whole = |at: usize| line.get(..at).is_some_and(|before| !before.ends_with(is_part));
        uses.iter().any(|usage| line.match_indices(usage.as_str()).any(|(at, _)| is_whole(at)))
    }
}

/// `knowledge` gives the same verdict for the same content, day and question, wherever it runs.
const NOT_IN_KNOWLEDGE: &[&str] =
    &["tokio", "SystemTime", "Instant", "Timestamp::now", "ZonedDateTime::now", "std::env", "std::net"];

#[test]
fn each_library_is_named_only_in_its_own_place() {
    let mut found = Vec::new();
    for (path, code) in sources("src") {
        for only in ONLY.iter().filter(|only| !only.places.iter().any(|place| path.starts_with(place))) {
            let mut hits = code.lines().enumerate().filter(|(_, line)| only.is_used(line));
            found.extend(hits.next().map(|(at, line)| format!("{path}:{}: {}", at + 1, line.trim())));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_knowledge_knows_no_clock_no_environment_no_network_and_no_runtime() {
    let mut found = Vec::new();
    // `source.rs` looks at the times of files to see whether somebody is still writing them.
    let is_pure =
        |path: &str| path.starts_with("src/knowledge") && !path.starts_with("src/knowledge/content/source");
    for (path, code) in sources("src").into_iter().filter(|(path, _)| is_pure(path)) {
        for (at, line) in code.lines().enumerate() {
            let word = NOT_IN_KNOWLEDGE.iter().find(|word| line.contains(**word));
            found.extend(word.map(|word| format!("{path}:{}: {word}", at + 1)));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_file_begins_by_saying_what_it_owns() {
    let silent: Vec<String> =
        every_file().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path).collect();
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let long: Vec<String> = every_file()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > 400)
        .map(|(path, text)| format!("{path}: {}", text.lines().count()))
        .collect();
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn there_is_no_tab_and_no_mod_rs() {
    let untidy: Vec<String> = every_file()
        .into_iter()
        .filter(|(path, text)| text.contains('\t') || path.ends_with("/mod.rs"))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(untidy, Vec::<String>::new());
}

/// Every source of the program, the tests and the benches, as written.
fn every_file() -> Vec<(String, String)> {
    ["src", "tests", "benches"].into_iter().flat_map(read).collect()
}

/// The sources in `folder` without comments and without their tests.
fn sources(folder: &str) -> Vec<(String, String)> {
    let files = read(folder).into_iter().filter(|(path, _)| !path.ends_with("/tests.rs"));
    files.map(|(path, text)| (path, code(&text))).collect()
}

/// The code of a file up to its tests, comments blanked.
fn code(text: &str) -> String {
    let is_comment = |line: &str| line.trim_start().starts_with("//");
    let lines = text.lines().take_while(|line| line.trim() != "#[cfg(test)]" || line.starts_with(' '));
    lines.map(|line| if is_comment(line) { "" } else { line }).collect::<Vec<_>>().join("\n")
}

fn read(folder: &str) -> Vec<(String, String)> {
    every_file_in(folder, "rs")
}

/// Every file below `folder` with the extension `wanted`: its path and its text.
fn every_file_in(folder: &str, wanted: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder).into_iter().flatten() {
            let path = item.unwrap().path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(extension) if extension == wanted => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    let relative = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    files.iter().map(|path| (relative(path), fs::read_to_string(path).unwrap())).collect()
}
