//! Lists the files of a folder with their sizes and times, without reading them, and reports what is refused.

use std::{
    io,
    time::{Duration, SystemTime},
};

use cap_fs_ext::{DirExt, MetadataExt};
use cap_std::fs::{Dir, DirEntry};

use super::Limits;
use crate::knowledge::content::finding::{Code, Finding, Findings, Place};

/// The files of a folder, without their contents.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listing {
    pub(super) files: Vec<Stamp>,
    pub(super) findings: Findings,
    folders: Vec<Stamp>,
}

/// What distinguishes two versions of a file or folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp {
    pub(super) path: String,
    pub(super) len: u64,
    pub(super) is_link: bool,
    modified: Option<SystemTime>,
    inode: u64,
}

impl Listing {
    /// Whether nothing has been modified within the last `quiet`.
    pub(super) fn is_quiet(&self, now: SystemTime, quiet: Duration) -> bool {
        self.files
            .iter()
            .chain(&self.folders)
            .filter_map(|stamp| stamp.modified)
            .all(|modified| now.duration_since(modified).is_ok_and(|age| age >= quiet))
    }
}

/// Lists `root` and its folders. Only a failure to list `root` itself is an error; others are findings.
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
                let message = format!("the folder contains more than {} files", limits.files);
                listing.findings.push(Finding::new(Code::TooManyFiles, Place::file(""), message));
                // Then nothing is read.
                listing.files.clear();
                return Ok(listing);
            }
            let found = match entry.and_then(|entry| listing.record(root, &dir, &entry, &prefix, limits)) {
                Ok(found) => found,
                // It has vanished since the folder was opened: the second listing will differ.
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
    /// Records one directory entry; returns a folder that is still to be listed.
    fn record(
        &mut self,
        root: &Dir,
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
        if is_ignored(name) {
            return Ok(None);
        }
        let path = format!("{prefix}{name}");
        let mut metadata = entry.metadata()?;
        // A link to a file within the folder is followed: Kubernetes mounts a ConfigMap as links. cap-std refuses paths
        // that leave the folder.
        let is_link = metadata.is_symlink();
        if is_link
            && let Ok(target) = root.metadata(&path)
            && target.is_file()
        {
            metadata = target;
        }
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
            let what = if is_link {
                "a link that leads out of the folder or to a folder"
            } else {
                "a device, pipe or socket"
            };
            let finding =
                Finding::new(Code::NotRegular, Place::file(&path), format!("this is {what}, not a file"))
                    .hint("copy the file itself into the folder");
            self.findings.push(finding);
        } else if !name.ends_with(".md") {
            let finding =
                Finding::new(Code::NotRead, Place::file(&path), "this is not a `.md` file and is not read");
            self.findings.push(finding);
        } else if metadata.len() > limits.file_bytes {
            let message =
                format!("the file has {}, more than {}", size(metadata.len()), size(limits.file_bytes));
            self.findings.push(Finding::new(Code::FileTooLarge, Place::file(&path), message));
        } else {
            self.files.push(Stamp { is_link, ..stamp(path, &metadata) });
        }
        Ok(None)
    }
}

/// Whether a file is not part of the content: hidden and temporary files of editors, version control, file managers and
/// office programs, and the notes that a repository keeps for its readers.
fn is_ignored(name: &str) -> bool {
    const NOTES: [&str; 4] = ["readme.md", "license.md", "changelog.md", "contributing.md"];
    name.starts_with(['.', '#'])
        || name.starts_with("~$")
        || name.ends_with('~')
        || NOTES.iter().any(|note| name.eq_ignore_ascii_case(note))
}

fn stamp(path: String, metadata: &cap_std::fs::Metadata) -> Stamp {
    let modified = metadata.modified().ok().map(|time| time.into_std());
    Stamp { path, len: metadata.len(), is_link: false, modified, inode: metadata.ino() }
}

/// The finding for a file or folder that the operating system does not let us read.
pub(super) fn unreadable(path: &str, error: &io::Error) -> Finding {
    let path = path.trim_end_matches('/');
    Finding::new(Code::Unreadable, Place::file(path), format!("cannot be read: {error}"))
        .hint("give the user that runs the bot permission to read it")
}

/// `1 MiB`, `1,234 bytes`.
pub(super) fn size(bytes: u64) -> String {
    match (bytes >> 20, bytes & ((1 << 20) - 1)) {
        (mib, 0) if mib > 0 => format!("{mib} MiB"),
        _ => format!("{bytes} bytes"),
    }
}
