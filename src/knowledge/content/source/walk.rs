//! Lists a folder without reading a file: what is there, how large it is, when it was touched, and what is refused.

use std::{
    io,
    time::{Duration, SystemTime},
};

use cap_fs_ext::{DirExt, MetadataExt};
use cap_std::fs::{Dir, DirEntry};

use super::Limits;
use crate::knowledge::content::finding::{Code, Finding, Findings, Place};

/// A folder at one moment, without the bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listing {
    pub(super) files: Vec<Stamp>,
    pub(super) findings: Findings,
    folders: Vec<Stamp>,
}

/// What tells one version of a file or folder from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp {
    pub(super) path: String,
    pub(super) len: u64,
    modified: Option<SystemTime>,
    inode: u64,
}

impl Listing {
    /// Whether nothing was touched for `quiet`.
    pub(super) fn is_quiet(&self, now: SystemTime, quiet: Duration) -> bool {
        self.files
            .iter()
            .chain(&self.folders)
            .filter_map(|stamp| stamp.modified)
            .all(|modified| now.duration_since(modified).is_ok_and(|age| age >= quiet))
    }
}

/// Lists `root` and its folders. Only a failure of the root itself is an error; others are findings.
pub(super) fn walk(root: &Dir, limits: &Limits) -> io::Result<Listing> {
    let mut listing = Listing { files: Vec::new(), findings: Findings::new(), folders: Vec::new() };
    listing.folders.push(stamp(String::new(), &root.dir_metadata()?));
    let mut n_seen = 0;
    let mut open = vec![(root.try_clone()?, String::new(), 0)];
    while let Some((dir, prefix, depth)) = open.pop() {
        let entries = match dir.entries() {
            Ok(entries) => entries,
            Err(error) if prefix.is_empty() => return Err(error),
            Err(error) => {
                listing.findings.push(unreadable(&prefix, &error));
                continue;
            }
        };
        for entry in entries {
            n_seen += 1;
            if n_seen > limits.files {
                let message = format!("the folder holds more than {} files", limits.files);
                listing.findings.push(Finding::new(Code::TooManyFiles, Place::file(""), message));
                // Nothing is read then.
                listing.files.clear();
                return Ok(listing);
            }
            let found = match entry.and_then(|entry| listing.take(&dir, &entry, &prefix, limits)) {
                Ok(found) => found,
                // Gone since the folder was listed: the second look will see the difference.
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => {
                    listing.findings.push(unreadable(&prefix, &error));
                    None
                }
            };
            if let Some((folder, path)) = found {
                match depth < limits.depth {
                    true => open.push((folder, path + "/", depth + 1)),
                    false => {
                        let message = format!("folders are nested more than {} deep", limits.depth);
                        listing.findings.push(Finding::new(Code::TooDeep, Place::file(&path), message));
                    }
                }
            }
        }
    }
    listing.files.sort();
    listing.folders.sort();
    listing.findings.sort();
    Ok(listing)
}

impl Listing {
    /// Notes one entry of a folder; gives a folder back to be walked.
    fn take(
        &mut self,
        dir: &Dir,
        entry: &DirEntry,
        prefix: &str,
        limits: &Limits,
    ) -> io::Result<Option<(Dir, String)>> {
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            let path = format!("{prefix}{}", name.to_string_lossy());
            self.findings.push(Finding::new(
                Code::BadFileName,
                Place::file(&path),
                "the file name is not UTF-8",
            ));
            return Ok(None);
        };
        // What editors, version control and file managers leave behind.
        if name.starts_with(['.', '#']) || name.ends_with('~') {
            return Ok(None);
        }
        let path = format!("{prefix}{name}");
        let metadata = entry.metadata()?;
        if metadata.is_dir() {
            let folder = match dir.open_dir_nofollow(name) {
                Ok(folder) => folder,
                Err(error) => {
                    self.findings.push(unreadable(&path, &error));
                    return Ok(None);
                }
            };
            self.folders.push(stamp(path.clone(), &metadata));
            return Ok(Some((folder, path)));
        }
        if !metadata.is_file() {
            let what = if metadata.is_symlink() { "a link" } else { "a device, pipe or socket" };
            let finding =
                Finding::new(Code::NotRegular, Place::file(&path), format!("this is {what}, not a file"))
                    .hint("put the file itself into the folder");
            self.findings.push(finding);
        } else if !name.ends_with(".md") {
            let finding =
                Finding::new(Code::NotRead, Place::file(&path), "this is no `.md` file and is not read");
            self.findings.push(finding);
        } else if metadata.len() > limits.file_bytes {
            let message =
                format!("the file has {}, more than {}", size(metadata.len()), size(limits.file_bytes));
            self.findings.push(Finding::new(Code::FileTooLarge, Place::file(&path), message));
        } else {
            self.files.push(stamp(path, &metadata));
        }
        Ok(None)
    }
}

fn stamp(path: String, metadata: &cap_std::fs::Metadata) -> Stamp {
    let modified = metadata.modified().ok().map(|time| time.into_std());
    Stamp { path, len: metadata.len(), modified, inode: metadata.ino() }
}

/// The finding for a file or folder that the system refuses.
pub(super) fn unreadable(path: &str, error: &io::Error) -> Finding {
    let path = path.trim_end_matches('/');
    Finding::new(Code::Unreadable, Place::file(path), format!("cannot be read: {error}"))
        .hint("the bot's user must be allowed to read it")
}

/// `1 MiB`, `1,234 bytes`.
pub(super) fn size(bytes: u64) -> String {
    match (bytes >> 20, bytes & ((1 << 20) - 1)) {
        (mib, 0) if mib > 0 => format!("{mib} MiB"),
        _ => format!("{bytes} bytes"),
    }
}
