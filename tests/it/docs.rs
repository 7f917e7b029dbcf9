//! Documents and locales checked against the code.

mod command_lines;
mod documents;
mod links;
mod locales;
mod reference;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository.
fn file(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// The documents for people: their paths in the repository, and their texts.
fn documents() -> Vec<(String, String)> {
    let mut names: Vec<String> = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"].map(String::from).into();
    names.extend(["index/README.md", "model/README.md"].map(String::from));
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|item| item.unwrap().path());
    let docs = docs.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    names.extend(docs.map(|path| format!("docs/{}", path.file_name().unwrap().display())));
    names.sort();
    names.into_iter().map(|name| (name.clone(), file(&name))).collect()
}

/// Every file below `folder`, as paths in the repository.
fn files_below(folder: &str) -> Vec<String> {
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let path = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                files.push(path);
            }
        }
    }
    files
}

/// The part of `text` between `<!-- NAME -->` and `<!-- /NAME -->`.
fn section<'a>(text: &'a str, name: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("<!-- {name} -->\n")).unwrap();
    rest.split_once(&format!("<!-- /{name} -->")).unwrap().0
}

/// The cells of the rows of the first table below the heading `heading`, without its head.
fn table<'a>(text: &'a str, heading: &str) -> Vec<Vec<&'a str>> {
    let (_, rest) = text.split_once(&format!("\n{heading}\n")).unwrap();
    let rows =
        rest.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    rows.skip(2).map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// What is between backticks in `text`, outside code blocks.
fn code_spans(text: &str) -> Vec<&str> {
    let mut is_code = false;
    let mut spans = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            spans.extend(line.split('`').skip(1).step_by(2));
        }
    }
    spans
}
