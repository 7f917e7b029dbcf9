//! Reads a content folder: all files at once, beneath the folder, within limits, and never a mix of two versions.
//!
//! It knows nothing of what the files mean; `parse.rs` is next. It may wait (`thread::sleep`) while an editor or a
//! checkout is at work, so it belongs on a thread that may block.

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

use self::walk::{Listing, walk};
use crate::knowledge::content::{
    entry::ContentHash,
    finding::{Code, Finding, Findings, Place},
};

/// How much a folder may hold; checked before anything is read.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Files and folders together.
    pub files: usize,
    /// Bytes of all files.
    pub total_bytes: u64,
    /// Folders within folders.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { file_bytes: 1 << 20, files: 10_000, total_bytes: 64 << 20, depth: 8 }
    }
}

/// One file as it was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Relative to the folder, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// All files of a folder at one moment.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// By path.
    pub files: Vec<SourceFile>,
    /// Over every path and every byte.
    pub hash: ContentHash,
    /// What was refused while reading.
    pub findings: Findings,
}

impl Bundle {
    /// A bundle of these files.
    pub fn new(mut files: Vec<SourceFile>, findings: Findings) -> Bundle {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut hasher = blake3::Hasher::new();
        for file in &files {
            // The lengths keep one file's end from passing for the next one's beginning.
            for part in [file.path.as_bytes(), file.bytes.as_slice()] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        let hash = ContentHash(hasher.finalize().to_hex().chars().take(16).collect());
        Bundle { files, hash, findings }
    }
}

/// Tries before a folder that keeps changing is refused.
const TRIES: usize = 5;
/// The wait after a change was seen.
const AFTER_CHANGE: Duration = Duration::from_millis(500);
/// A folder touched less than this ago may be in the middle of a change, as between two files of a checkout.
const QUIET: Duration = Duration::from_millis(100);

/// Reads `dir`.
pub fn read(dir: &Path) -> Result<Bundle, Findings> {
    read_with(dir, &Limits::default(), &mut std::thread::sleep)
}

/// Reads `dir` within `limits`, waiting by `pause`.
pub fn read_with(dir: &Path, limits: &Limits, pause: &mut dyn FnMut(Duration)) -> Result<Bundle, Findings> {
    let mut last: Option<Listing> = None;
    for attempt in 1..=TRIES {
        let (root, listing) = list(dir, limits)?;
        // A clock that runs behind the file server's would make every file look fresh for ever: what has not changed
        // over a pause is quiet too.
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
            .hint("wait until the editor, copy or checkout is done and reload again");
    Err(finding.into())
}

fn finish(bundle: Bundle) -> Result<Bundle, Findings> {
    if bundle.files.is_empty() && bundle.findings.n_errors() == 0 {
        let finding = Finding::new(Code::FolderEmpty, Place::file(""), "the folder holds no Markdown file")
            .hint("an entry is a file such as `why-closing.md`; the announcement is `announcement.md`");
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
        let hint = "`faq.dir` in bot.toml, or `--faq`, names the folder";
        Findings::from(Finding::new(code, Place::file(""), message).hint(hint))
    };
    let root = Dir::open_ambient_dir(dir, ambient_authority()).map_err(refused)?;
    let listing = walk(&root, limits).map_err(refused)?;
    Ok((root, listing))
}

/// Every listed file's bytes; `None` if one vanished or outgrew its listing in the meantime.
fn read_listed(root: &Dir, listing: &Listing, limits: &Limits) -> Option<Bundle> {
    let mut findings = listing.findings.clone();
    let mut files = Vec::with_capacity(listing.files.len());
    if listing.files.iter().map(|file| file.len).sum::<u64>() > limits.total_bytes {
        let message = format!("the files are larger than {} together", walk::size(limits.total_bytes));
        findings.push(Finding::new(Code::FolderTooLarge, Place::file(""), message));
        return Some(Bundle::new(files, findings));
    }
    for listed in &listing.files {
        match read_file(root, &listed.path, listed.len) {
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

fn read_file(root: &Dir, path: &str, len: u64) -> io::Result<Vec<u8>> {
    let mut options = OpenOptions::new();
    // The listing said "regular file"; if a link or a pipe took its place since, opening it must neither leave the
    // folder nor hang.
    options.read(true).follow(FollowSymlinks::No).nonblock(true);
    let file = root.open_with(path, &options)?;
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::NotFound.into());
    }
    let mut bytes = Vec::new();
    file.take(len + 1).read_to_end(&mut bytes)?;
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
    fn the_hash_tells_where_one_file_ends_and_the_next_begins() {
        let file = |path: &str, text: &str| SourceFile { path: path.into(), bytes: text.into() };
        let one = Bundle::new(vec![file("a.md", "xy"), file("b.md", "z")], Findings::new());
        let other = Bundle::new(vec![file("a.md", "x"), file("b.md", "yz")], Findings::new());
        assert_ne!(one.hash, other.hash);
        assert_eq!(one.hash.0.len(), 16);
    }

    #[test]
    fn files_are_read_in_order_with_their_folders_and_editors_leavings_are_passed_over() {
        let dir =
            folder(&[("b.md", "2"), ("a.md", "1"), ("fr/a.md", "3"), (".a.md.swp", "x"), ("a.md~", "x")]);
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
    fn a_change_is_waited_for_and_the_new_version_is_read() {
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
    fn a_link_put_in_a_files_place_after_the_listing_is_not_followed() {
        let dir = folder(&[("a.md", "old"), ("secret", "new")]);
        let (root, listing) = list(dir.path(), &Limits::default()).unwrap();
        fs::remove_file(dir.path().join("a.md")).unwrap();
        std::os::unix::fs::symlink("secret", dir.path().join("a.md")).unwrap();
        let bundle = read_listed(&root, &listing, &Limits::default());
        assert!(bundle.is_none_or(|b| b.files.is_empty()));
    }
}
