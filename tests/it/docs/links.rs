//! Documents as documents: links lead somewhere, files that are named exist, lines are wrapped.

use std::path::Path;

use super::{code_spans, documents, file, files_below, root};

/// The anchor that a heading gets.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().trim().replace(' ', "-")
}

fn has_anchor(text: &str, wanted: &str) -> bool {
    text.lines()
        .filter(|line| line.starts_with('#'))
        .any(|line| anchor(line.trim_start_matches('#')) == wanted)
}

#[test]
fn every_link_between_documents_resolves() {
    let (mut seen, mut broken) = (0, Vec::new());
    for (path, text) in documents() {
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("https://") {
                continue;
            }
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let folder = root().join(Path::new(&path).parent().unwrap());
            let target = if target.is_empty() { root().join(&path) } else { folder.join(target) };
            let is_good = target.is_file()
                && (anchor.is_empty() || has_anchor(&std::fs::read_to_string(&target).unwrap(), anchor));
            if !is_good {
                broken.push(format!("{path}: {link}"));
            }
            seen += 1;
        }
    }
    assert_eq!(broken, Vec::<String>::new());
    assert!(seen > 15, "only {seen} links were found");
}

#[test]
fn every_document_is_linked_from_the_readme() {
    let readme = file("README.md");
    let unlinked: Vec<String> = documents()
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| path != "README.md" && !path.ends_with("/README.md"))
        .filter(|path| !readme.contains(&format!("]({path})")))
        .collect();
    assert_eq!(unlinked, Vec::<String>::new());
}

#[test]
fn every_file_that_a_document_names_exists() {
    let sources: Vec<String> =
        ["src", "tests", "benches", "locales"].into_iter().flat_map(files_below).collect();
    let folders = ["src/", "tests/", "locales/", "contrib/", "benches/", ".ci/"];
    let mut missing = Vec::new();
    for (path, text) in documents() {
        for span in code_spans(&text) {
            let is_plain = !span.contains(['<', '*', ' ', '…']);
            let is_path = folders.iter().any(|folder| span.starts_with(folder));
            let is_source = span.ends_with(".rs");
            let exists = root().join(span).exists()
                || is_source && sources.iter().any(|file| file.ends_with(&format!("/{span}")));
            if is_plain && (is_path || is_source) && !exists {
                missing.push(format!("{path}: {span}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn text_is_wrapped_at_100_columns() {
    let mut long = Vec::new();
    for (path, text) in documents() {
        let mut is_code = false;
        for (at, line) in text.lines().enumerate() {
            is_code ^= line.trim_start().starts_with("```");
            // A table row cannot be wrapped, nor can an address.
            let is_free = is_code || line.starts_with('|') || line.contains("https://");
            if !is_free && line.chars().count() > 100 {
                long.push(format!("{path}:{}", at + 1));
            }
        }
    }
    assert_eq!(long, Vec::<String>::new());
}
