//! Turns the files of a bundle into a [`ParsedContent`], with a finding
//! for every violation of the format.
//!
//! ```text
//! announcement.md       the announcement: title, url, media_contact, publisher; paragraphs separated by blank lines
//! <id>.md               an entry, English
//! _routes/<id>.md       a route: `route` instead of `kind`
//! <lang>/<id>.md        question and answer in another language; <lang>/_routes/<id>.md likewise
//! ```
//!
//! Whether the content makes sense is for `check.rs`. A file that cannot be used is left out with its findings, and
//! parsing continues with the next.

mod clean;
mod entry;
mod fields;
mod front_matter;
mod layout;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use clean::without_hidden;

use self::{
    entry::{announcement, main_entry, version},
    front_matter::split,
    layout::{Role, role},
};
use crate::knowledge::content::{
    entry::EntryId,
    finding::{Code, Finding, Findings, Place},
    parsed::{ParsedContent, ParsedEntry},
    source::Bundle,
};

/// Parses every file of `bundle`.
pub(crate) fn parse(bundle: &Bundle) -> (ParsedContent, Findings) {
    let mut findings = Findings::new();
    let mut announcement_found = None;
    let mut entries: BTreeMap<EntryId, ParsedEntry> = BTreeMap::new();
    let mut paths: BTreeMap<EntryId, &str> = BTreeMap::new();
    let mut versions = Vec::new();
    let mut unknown_folders = BTreeSet::new();

    for file in &bundle.files {
        let role = match role(&file.path) {
            Ok(role) => role,
            Err(finding) => {
                // One finding per folder, not one per file in it.
                if finding.code != Code::UnknownFolder || unknown_folders.insert(finding.place.file.clone()) {
                    findings.push(finding);
                }
                continue;
            }
        };
        if let Role::Main { id, .. } = &role
            && let Some(first) = paths.insert(id.clone(), &file.path)
        {
            let finding = Finding::new(
                Code::DuplicateId,
                Place::file(&file.path),
                format!("the id `{id}` is already used by {first}"),
            );
            findings.push(finding.hint("rename one of the two files"));
            continue;
        }
        let Some(parts) = split(file, &mut findings) else { continue };
        match role {
            Role::Announcement => announcement_found = announcement(parts, &mut findings),
            Role::Main { id, is_route } => {
                if let Some(parsed) = main_entry(id.clone(), is_route, parts, &mut findings) {
                    entries.insert(id, parsed);
                }
            }
            Role::Version { id, is_route, lang } => {
                versions.push((id, is_route, lang, file.path.as_str(), version(lang, parts, &mut findings)));
            }
        }
    }

    for (id, is_route, lang, path, version) in versions {
        let main_path = if is_route { format!("_routes/{id}.md") } else { format!("{id}.md") };
        if paths.get(&id).is_none_or(|path| *path != main_path) {
            findings.push(without_entry(path, &main_path, &id, &paths));
        } else if let (Some(entry), Some(version)) = (entries.get_mut(&id), version) {
            entry.others.insert(lang, version);
        }
    }
    let announcement_is_broken =
        announcement_found.is_none() && bundle.files.iter().any(|file| file.path == "announcement.md");
    (
        ParsedContent {
            announcement: announcement_found,
            announcement_is_broken,
            entries: entries.into_values().collect(),
        },
        findings,
    )
}

fn without_entry(path: &str, main_path: &str, id: &EntryId, paths: &BTreeMap<EntryId, &str>) -> Finding {
    let finding = Finding::new(
        Code::VersionWithoutEntry,
        Place::file(path),
        format!("this is a translation of {main_path}, which does not exist"),
    );
    match (paths.get(id), nearest(id.as_str(), paths.keys().map(EntryId::as_str))) {
        (Some(elsewhere), _) => finding.hint(format!("there is {elsewhere}")),
        (None, Some(near)) => finding.hint(format!("did you mean `{near}`?")),
        (None, None) => finding.hint("write the English entry first"),
    }
}

/// The candidate most similar to `name`, if one is similar enough.
fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::content::source::SourceFile;
    use proptest::prelude::*;

    fn bundle(files: Vec<(&str, Vec<u8>)>) -> Bundle {
        let files = files.into_iter().map(|(path, bytes)| SourceFile { path: path.into(), bytes }).collect();
        Bundle::new(files, Findings::new())
    }

    proptest! {
        #[test]
        fn any_bytes_in_a_file_never_panic_the_parser(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            for path in ["announcement.md", "a.md", "_routes/a.md", "fr/a.md", "Bad Name.md", "de/a.md"] {
                parse(&bundle(vec![(path, bytes.clone())]));
            }
        }

        #[test]
        fn any_front_matter_never_panics_the_parser(front in "[a-z_\"'=\\[\\]{}.,# \n0-9é-]{0,200}", body in ".{0,100}") {
            let text = format!("+++\nquestion = \"q\"\n{front}\n+++\n{body}");
            let (parsed, findings) = parse(&bundle(vec![("a.md", text.into_bytes())]));
            // Either the file is used or a finding says why not.
            prop_assert!(!parsed.entries.is_empty() || findings.n_errors() > 0);
        }
    }
}
