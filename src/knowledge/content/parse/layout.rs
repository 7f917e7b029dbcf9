//! Determines the role of a file from its path.

use crate::{
    knowledge::content::{
        entry::EntryId,
        finding::{Code, Finding, Place},
    },
    lang::Lang,
};

/// The role of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The announcement.
    Announcement,
    /// The English file of an entry or route.
    Main {
        /// From the file name.
        id: EntryId,
        /// Whether it is in `_routes/`.
        is_route: bool,
    },
    /// Question and answer in another language.
    Version {
        /// From the file name.
        id: EntryId,
        /// Whether it is in `_routes/`.
        is_route: bool,
        /// From the folder name.
        lang: Lang,
    },
}

/// The role of the file at `path`.
pub(super) fn role(path: &str) -> Result<Role, Finding> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (lang, rest) = match folders.split_once('/') {
        Some((first, rest)) => (folder_lang(first), Some(rest)),
        None => (folder_lang(folders), None),
    };
    let (lang, is_route) = match (lang, rest, folders) {
        (None, None, "") => (None, false),
        (None, None, "_routes") => (None, true),
        (Some(lang), None, _) => (Some(lang), false),
        (Some(lang), Some("_routes"), _) => (Some(lang), true),
        _ => return Err(unknown_folder(folders)),
    };
    if (lang, is_route, name) == (None, false, "announcement.md") {
        return Ok(Role::Announcement);
    }
    let stem = name.strip_suffix(".md").unwrap_or(name);
    let id = EntryId::new(stem).filter(|id| id.as_str() != "announcement");
    let id = id.ok_or_else(|| bad_name(path, stem))?;
    Ok(match lang {
        Some(lang) => Role::Version { id, is_route, lang },
        None => Role::Main { id, is_route },
    })
}

/// English has no folder: its files are at the top.
fn folder_lang(folder: &str) -> Option<Lang> {
    Lang::ALL.into_iter().find(|lang| *lang != Lang::En && lang.code() == folder)
}

fn unknown_folder(folders: &str) -> Finding {
    let languages: Vec<String> = Lang::ALL.iter().skip(1).map(|lang| format!("`{}`", lang.code())).collect();
    let hint = match folders.split('/').next() {
        Some("en") => "put English entries at the top of the content folder".to_owned(),
        _ => format!("the folders are `_routes` and the languages {}", languages.join(", ")),
    };
    Finding::new(
        Code::UnknownFolder,
        Place::file(folders),
        "this folder has no meaning here; its files are not read",
    )
    .hint(hint)
}

/// Whether a name is one that sync tools and file managers give to a copy.
fn is_copy(stem: &str) -> bool {
    let lower = stem.to_lowercase();
    let is_numbered = lower.rsplit_once(' ').is_some_and(|(_, last)| {
        let number = last.trim_matches(['(', ')']);
        !number.is_empty() && number.len() < 3 && number.chars().all(|c| c.is_ascii_digit())
    });
    let marks = ["conflicted copy", "sync-conflict", "copy of ", "copie de ", " - copy", " copy"];
    is_numbered || marks.iter().any(|mark| lower.contains(mark))
}

fn bad_name(path: &str, stem: &str) -> Finding {
    if is_copy(stem) {
        return Finding::new(
            Code::BadFileName,
            Place::file(path),
            format!("`{stem}` looks like a copy of another file"),
        )
        .hint("compare it with the original, then delete one of the two");
    }
    let message = match stem {
        "announcement" => {
            "`announcement` cannot be an entry id: it is the announcement, `announcement.md` at the top"
                .to_owned()
        }
        _ => format!("`{stem}` is not a valid entry id"),
    };
    let finding = Finding::new(Code::BadFileName, Place::file(path), message);
    match EntryId::from_title(stem) {
        Some(id) if stem != "announcement" => finding.hint(format!(
            "use at most {} lower-case letters, digits and dashes: `{id}.md`",
            EntryId::MAX_LEN
        )),
        _ => finding.hint("use lower-case letters, digits and dashes, and do not begin with a dash"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_role_of_a_file_follows_from_its_path() {
        let id = || EntryId::new("why").unwrap();
        assert_eq!(role("announcement.md").unwrap(), Role::Announcement);
        assert_eq!(role("why.md").unwrap(), Role::Main { id: id(), is_route: false });
        assert_eq!(role("_routes/why.md").unwrap(), Role::Main { id: id(), is_route: true });
        assert_eq!(role("fr/why.md").unwrap(), Role::Version { id: id(), is_route: false, lang: Lang::Fr });
        assert_eq!(
            role("sw/_routes/why.md").unwrap(),
            Role::Version { id: id(), is_route: true, lang: Lang::Sw }
        );
    }

    #[test]
    fn other_folders_and_names_are_refused_each_with_its_code() {
        for folder in
            ["en/a.md", "de/a.md", "_routes/fr/a.md", "fr/old/a.md", "fr/_routes/x/a.md", "drafts/x/a.md"]
        {
            assert_eq!(role(folder).unwrap_err().code, Code::UnknownFolder, "{folder}");
        }
        for name in
            ["Why Leaving.md", "-a.md", "é.md", ".md", "fr/announcement.md", "_routes/announcement.md"]
        {
            assert_eq!(role(name).unwrap_err().code, Code::BadFileName, "{name}");
        }
    }
}
