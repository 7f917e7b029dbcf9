//! Writes entries as files: all of them or none.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{ImportError, ImportedEntry};

/// Writes `entries` into `to`, which must not exist or be empty.
pub(super) fn folder(entries: &[ImportedEntry], to: &Path) -> Result<(), ImportError> {
    match fs::read_dir(to).map(|mut inside| inside.next().is_some()) {
        Ok(true) => return Err(ImportError::NotEmpty(to.into())),
        Ok(false) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(ImportError::Write { path: to.into(), source }),
    }
    // Renamed at the end, so that an interrupted import does not leave half a folder under the final name.
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = to.with_file_name(name);
    let written = fill(entries, &part).and_then(|()| {
        fs::rename(&part, to).map_err(|source| ImportError::Write { path: to.into(), source })
    });
    if written.is_err() {
        // The first error is the one to report.
        let _ = fs::remove_dir_all(&part);
    }
    written
}

fn fill(entries: &[ImportedEntry], dir: &Path) -> Result<(), ImportError> {
    let refused = |path: PathBuf| move |source| ImportError::Write { path, source };
    fs::create_dir_all(dir).map_err(refused(dir.into()))?;
    for entry in entries {
        let path = dir.join(format!("{}.md", entry.id));
        fs::write(&path, render(entry)).map_err(refused(path))?;
    }
    Ok(())
}

#[derive(serde::Serialize)]
struct Front<'a> {
    question: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    also_asked: &'a [String],
}

/// The file of an entry.
fn render(entry: &ImportedEntry) -> String {
    let front = Front { question: &entry.question, also_asked: &entry.wordings };
    let front = toml::to_string_pretty(&front).expect("two fields of text are always TOML");
    format!("+++\n{front}+++\n{}\n", entry.answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::content::{
        entry::EntryId,
        finding::Findings,
        import::{one_line, tidy},
        parse::parse,
        source::{Bundle, SourceFile},
    };
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rendered_entries_are_parsed_unchanged(
            question in "\\PC{1,60}|[\"'\\\\+#\\[\\]= a]{1,20}",
            wordings in prop::collection::vec("\\PC{1,60}|[\"'\\\\+#\\[\\]= a]{1,20}", 0..5),
            answer in "[\\PC\n\r\"'+]{1,200}",
        ) {
            let wordings: Vec<String> =
                wordings.iter().map(|w| one_line(w)).filter(|w| !w.is_empty()).collect();
            let written = ImportedEntry {
                id: EntryId::new("an-entry").unwrap(),
                question: one_line(&question),
                wordings,
                answer: tidy(&answer),
            };
            prop_assume!(!written.question.is_empty() && !written.answer.is_empty());
            let file = SourceFile { path: "an-entry.md".into(), bytes: render(&written).into_bytes() };
            let (parsed, findings) = parse(&Bundle::new(vec![file], Findings::new()));
            prop_assert!(findings.is_empty(), "{findings:?}");
            let entry = &parsed.entries[0];
            let read = ImportedEntry {
                id: entry.id.clone(),
                question: entry.main.question.text.clone(),
                wordings: entry.main.wordings.iter().map(|(w, _)| w.text.clone()).collect(),
                answer: entry.main.answer.text.clone(),
            };
            prop_assert_eq!(read, written);
        }
    }
}
