//! Reads a consistent snapshot of a content folder: every file, only beneath the folder, within limits, and never a
//! mix of two versions.
//!
//! What the files mean is for `parse.rs`. Reading may sleep while an editor or a checkout changes the folder, so call it
//! on a thread that may block.

mod walk;

use std::{
    io::{self, Read},
    path::Path,
    time::{Duration, SystemTime},
};

use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::{
    ambient_authority,
    fs::{Dir, OpenOptions},
};

use self::walk::{Listing, Stamp, walk};
use crate::knowledge::content::{
    entry::ContentHash,
    finding::{Code, Finding, Findings, Place},
};

/// How much a folder may contain; checked before any file is read.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The largest size of one file, in bytes.
    pub file_bytes: u64,
    /// The most files and folders together.
    pub files: usize,
    /// The largest size of all files together, in bytes.
    pub total_bytes: u64,
    /// The deepest nesting of folders.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { file_bytes: 1 << 20, files: 10_000, total_bytes: 64 << 20, depth: 8 }
    }
}

/// One file with its bytes.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path relative to the folder, with `/` as separator.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// A snapshot of all files of a folder.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// Sorted by path.
    pub files: Vec<SourceFile>,
    /// A hash of every path and every byte.
    pub hash: ContentHash,
    /// What was refused while reading.
    pub findings: Findings,
}

impl Bundle {
    /// Sorts and hashes these files.
    pub fn new(mut files: Vec<SourceFile>, findings: Findings) -> Bundle {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut hasher = blake3::Hasher::new();
        for file in &files {
            // The lengths separate one file from the next: "ab" + "c" must not hash like "a" + "bc".
            for part in [file.path.as_bytes(), file.bytes.as_slice()] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        let hash = ContentHash(hasher.finalize().to_hex().chars().take(16).collect());
        Bundle { files, hash, findings }
    }
}

/// How often a folder that keeps changing is read before it is refused.
const TRIES: usize = 5;
/// How long to wait after a change.
const AFTER_CHANGE: Duration = Duration::from_millis(500);
/// A folder modified less than this ago may be half changed, as between two files of a checkout.
const QUIET: Duration = Duration::from_millis(100);

/// Reads `dir` within the default limits.
pub(crate) fn read(dir: &Path) -> Result<Bundle, Findings> {
    read_with(dir, &Limits::default(), &mut std::thread::sleep)
}

/// Reads `dir` within `limits`; calls `pause` to wait.
pub fn read_with(dir: &Path, limits: &Limits, pause: &mut dyn FnMut(Duration)) -> Result<Bundle, Findings> {
    let mut last: Option<Listing> = None;
    for attempt in 1..=TRIES {
        let (root, listing) = list(dir, limits)?;
        // If our clock runs behind the file server's, every file always looks fresh: a folder that has not changed
        // during a pause is quiet too.
        let settled = listing.is_quiet(SystemTime::now(), QUIET) || last.as_ref() == Some(&listing);
        let wait = match settled {
            false => QUIET,
            true => match read_listed(&root, &listing, limits) {
                Some(bundle) if list(dir, limits)?.1 == listing => return finish(bundle),
                _ => AFTER_CHANGE,
            },
        };
        last = Some(listing);
        if attempt < TRIES {
            pause(wait);
        }
    }
    let finding =
        Finding::new(Code::StillChanging, Place::file(""), "the files kept changing while they were read")
            .hint("wait until the editor, copy or checkout has finished, then reload again");
    Err(finding.into())
}

fn finish(bundle: Bundle) -> Result<Bundle, Findings> {
    if bundle.files.is_empty() && bundle.findings.n_errors() == 0 {
        let finding =
            Finding::new(Code::FolderEmpty, Place::file(""), "the folder contains no Markdown file")
                .hint("add the announcement as `announcement.md`, and entries such as `why-closing.md`");
        return Err(finding.into());
    }
    Ok(bundle)
}

fn list(dir: &Path, limits: &Limits) -> Result<(Dir, Listing), Findings> {
    let refused = |error: io::Error| {
        let (code, message) = match error.kind() {
            io::ErrorKind::NotFound => (Code::FolderMissing, "the content folder does not exist".to_owned()),
            io::ErrorKind::NotADirectory => (Code::FolderMissing, "this is not a folder".to_owned()),
            _ => (Code::Unreadable, format!("the content folder cannot be read: {error}")),
        };
        let hint = "set the folder with `faq.dir` in bot.toml or with `--faq`";
        Findings::from(Finding::new(code, Place::file(""), message).hint(hint))
    };
    let root = Dir::open_ambient_dir(dir, ambient_authority()).map_err(refused)?;
    let listing = walk(&root, limits).map_err(refused)?;
    Ok((root, listing))
}

/// Reads every listed file; `None` if one has vanished or grown since it was listed.
fn read_listed(root: &Dir, listing: &Listing, limits: &Limits) -> Option<Bundle> {
    let mut findings = listing.findings.clone();
    let mut files = Vec::with_capacity(listing.files.len());
    if listing.files.iter().map(|file| file.len).sum::<u64>() > limits.total_bytes {
        let message = format!("the files are larger than {} together", walk::size(limits.total_bytes));
        findings.push(Finding::new(Code::FolderTooLarge, Place::file(""), message));
        return Some(Bundle::new(files, findings));
    }
    for listed in &listing.files {
        match read_file(root, listed) {
            Ok(bytes) if bytes.len() as u64 == listed.len => {
                files.push(SourceFile { path: listed.path.clone(), bytes });
            }
            Ok(_) => return None,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => findings.push(walk::unreadable(&listed.path, &error)),
        }
    }
    Some(Bundle::new(files, findings))
}

fn read_file(root: &Dir, listed: &Stamp) -> io::Result<Vec<u8>> {
    let mut options = OpenOptions::new();
    // It was listed as a regular file. If a link or a pipe has replaced it since, opening it must neither leave the
    // folder nor block.
    let follow = if listed.is_link { FollowSymlinks::Yes } else { FollowSymlinks::No };
    options.read(true).follow(follow).nonblock(true);
    let file = root.open_with(&listed.path, &options)?;
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::NotFound.into());
    }
    let mut bytes = Vec::new();
    file.take(listed.len + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::create_dir_all(dir.path().join(name).parent().unwrap()).unwrap();
            fs::write(dir.path().join(name), text).unwrap();
        }
        dir
    }

    #[test]
    fn the_hash_depends_on_where_one_file_ends_and_the_next_begins() {
        let file = |path: &str, text: &str| SourceFile { path: path.into(), bytes: text.into() };
        let one = Bundle::new(vec![file("a.md", "xy"), file("b.md", "z")], Findings::new());
        let other = Bundle::new(vec![file("a.md", "x"), file("b.md", "yz")], Findings::new());
        assert_ne!(one.hash, other.hash);
        assert_eq!(one.hash.0.len(), 16);
    }

    #[test]
    fn files_are_read_in_order_with_their_folders_and_temporary_files_of_editors_are_skipped() {
        let dir = folder(&[
            ("b.md", "2"),
            ("a.md", "1"),
            ("fr/a.md", "3"),
            (".a.md.swp", "x"),
            ("a.md~", "x"),
            ("README.md", "x"),
        ]);
        let bundle = read_with(dir.path(), &Limits::default(), &mut |_| ()).unwrap();
        let paths: Vec<&str> = bundle.files.iter().map(|f| f.path.as_str()).collect();
        assert_eq!(paths, ["a.md", "b.md", "fr/a.md"]);
        assert!(bundle.findings.is_empty());
    }

    #[test]
    fn a_folder_that_changes_at_every_look_is_refused_after_five_tries() {
        let dir = folder(&[("a.md", "1")]);
        let path = dir.path().join("a.md");
        let mut pauses = 0;
        let refused = read_with(dir.path(), &Limits::default(), &mut |_| {
            pauses += 1;
            fs::write(&path, "x".repeat(pauses + 1)).unwrap();
        });
        assert_eq!(pauses, TRIES - 1);
        assert_eq!(refused.unwrap_err().iter().next().unwrap().code, Code::StillChanging);
    }

    #[test]
    fn after_a_change_the_new_version_is_read() {
        let dir = folder(&[("a.md", "old")]);
        let path = dir.path().join("a.md");
        let mut pauses = 0;
        let bundle = read_with(dir.path(), &Limits::default(), &mut |_| {
            pauses += 1;
            if pauses == 1 {
                fs::write(&path, "newer").unwrap();
            }
        });
        assert_eq!(bundle.unwrap().files[0].bytes, b"newer");
    }

    #[test]
    fn a_file_that_differs_from_its_listing_is_read_again() {
        let dir = folder(&[("a.md", "old")]);
        let (root, listing) = list(dir.path(), &Limits::default()).unwrap();
        fs::write(dir.path().join("a.md"), "longer").unwrap();
        assert!(read_listed(&root, &listing, &Limits::default()).is_none());
        fs::remove_file(dir.path().join("a.md")).unwrap();
        assert!(read_listed(&root, &listing, &Limits::default()).is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_config_map_of_kubernetes_is_read_through_its_links() {
        let dir = folder(&[("..2026_07_10/hours.md", "1"), ("..2026_07_10/card.md", "2")]);
        std::os::unix::fs::symlink("..2026_07_10", dir.path().join("..data")).unwrap();
        for name in ["hours.md", "card.md"] {
            std::os::unix::fs::symlink(format!("..data/{name}"), dir.path().join(name)).unwrap();
        }
        let bundle = read_with(dir.path(), &Limits::default(), &mut |_| ()).unwrap();
        let files: Vec<(&str, &[u8])> = bundle.files.iter().map(|f| (&*f.path, &*f.bytes)).collect();
        assert_eq!(files, [("card.md", &b"2"[..]), ("hours.md", b"1")]);
        assert!(bundle.findings.is_empty(), "{:?}", bundle.findings);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_replaces_a_file_after_the_listing_is_not_followed() {
        let dir = folder(&[("a.md", "old"), ("secret", "new")]);
        let (root, listing) = list(dir.path(), &Limits::default()).unwrap();
        fs::remove_file(dir.path().join("a.md")).unwrap();
        std::os::unix::fs::symlink("secret", dir.path().join("a.md")).unwrap();
        let bundle = read_listed(&root, &listing, &Limits::default());
        assert!(bundle.is_none_or(|b| b.files.is_empty()));
    }
}
