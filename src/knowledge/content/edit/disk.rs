//! Reads the files of one entry and writes changes: to a temporary file, synced and renamed, never over a file that
//! somebody else has changed.
//!
//! Several files are written under a journal: if the process is killed between two of them, the next start finishes what
//! was begun, so that the folder holds the old state or the new one and no mixture.

use std::{
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt};
use cap_std::{
    ambient_authority,
    fs::{Dir, OpenOptions},
};

use super::{FileChange, paths};
use crate::knowledge::content::{
    entry::EntryId,
    finding::Findings,
    source::{Bundle, SourceFile},
};

/// Why changes were not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file differs from the one that the change was made from. Nothing was written.
    #[error("{path} was changed by somebody else")]
    Conflict {
        /// The file.
        path: String,
    },
    /// The folder cannot be written.
    #[error("{path} cannot be written: {source}")]
    Io {
        /// The file.
        path: String,
        /// The operating system's error.
        source: io::Error,
    },
}

/// Every file of an entry as it is now; no file if there is no such entry.
///
/// # Errors
/// If the folder or a file cannot be read.
pub(crate) fn read_entry(dir: &Path, id: &EntryId) -> io::Result<Bundle> {
    let root = Dir::open_ambient_dir(dir, ambient_authority())?;
    let mut files = Vec::new();
    for path in paths(id) {
        files.extend(read(&root, &path)?.map(|bytes| SourceFile { path, bytes }));
    }
    Ok(Bundle::new(files, Findings::new()))
}

/// Writes `changes` into `dir`, unless a file differs from what a change was made from. `written` is called after each
/// file.
///
/// # Errors
/// If a file was changed by somebody else, in which case nothing is written, or cannot be written.
pub(crate) fn write(
    dir: &Path,
    journal: &Path,
    changes: &[FileChange],
    written: &mut dyn FnMut(),
) -> Result<(), WriteError> {
    let failed = |path: &str| {
        let path = path.to_owned();
        move |source| WriteError::Io { path, source }
    };
    let root = Dir::open_ambient_dir(dir, ambient_authority()).map_err(failed(""))?;
    for change in changes {
        if read(&root, &change.path).map_err(failed(&change.path))? != change.before {
            return Err(WriteError::Conflict { path: change.path.clone() });
        }
    }
    let is_journaled = changes.len() > 1;
    if is_journaled {
        keep_journal(journal, changes).map_err(failed("the journal"))?;
    }
    for change in changes {
        carry_out(&root, dir, change).map_err(failed(&change.path))?;
        written();
    }
    if is_journaled {
        std::fs::remove_file(journal).map_err(failed("the journal"))?;
    }
    Ok(())
}

/// Finishes what a killed process began to write; returns whether there was anything. A file that somebody else has
/// changed since is left alone.
///
/// # Errors
/// If the journal or a file cannot be read or written.
pub(crate) fn recover(dir: &Path, journal: &Path) -> io::Result<bool> {
    let bytes = match std::fs::read(journal) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let changes = parse_journal(&bytes).unwrap_or_default();
    let root = Dir::open_ambient_dir(dir, ambient_authority())?;
    for change in &changes {
        if read(&root, &change.path)? == change.before {
            carry_out(&root, dir, change)?;
        }
    }
    std::fs::remove_file(journal)?;
    Ok(!changes.is_empty())
}

fn read(root: &Dir, path: &str) -> io::Result<Option<Vec<u8>>> {
    let mut options = OpenOptions::new();
    options.read(true).follow(FollowSymlinks::No);
    let mut file = match root.open_with(path, &options) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

fn carry_out(root: &Dir, dir: &Path, change: &FileChange) -> io::Result<()> {
    let (folder, name) = change.path.rsplit_once('/').unwrap_or(("", &change.path));
    match &change.after {
        Some(bytes) => {
            if !folder.is_empty() {
                root.create_dir_all(folder)?;
            }
            // Names that begin with a dot are not read as content.
            let half = format!(
                "{}.{name}.tmp",
                if folder.is_empty() { String::new() } else { format!("{folder}/") }
            );
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(true).follow(FollowSymlinks::No);
            let mut file = root.open_with(&half, &options)?;
            file.write_all(bytes)?;
            if let Ok(old) = root.symlink_metadata(&change.path) {
                file.set_permissions(old.permissions())?;
            }
            file.sync_all()?;
            root.rename(&half, root, &change.path)?;
        }
        None => root.remove_file_or_symlink(&change.path)?,
    }
    // A new folder is an entry of the folder above it.
    let above = (!folder.is_empty()).then_some(dir);
    for folder in [Some(dir.join(folder).as_path()), above].into_iter().flatten() {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

type Journal = Vec<(String, Option<Vec<u8>>, Option<Vec<u8>>)>;

fn keep_journal(path: &Path, changes: &[FileChange]) -> io::Result<()> {
    let journal: Journal = changes
        .iter()
        .map(|change| (change.path.clone(), change.before.clone(), change.after.clone()))
        .collect();
    let body = postcard::to_allocvec(&journal).map_err(io::Error::other)?;
    let folder = path.parent().map_or_else(|| PathBuf::from("."), Path::to_owned);
    std::fs::create_dir_all(&folder)?;
    let half = path.with_extension("tmp");
    let mut file = std::fs::File::create(&half)?;
    file.write_all(blake3::hash(&body).as_bytes())?;
    file.write_all(&body)?;
    file.sync_all()?;
    std::fs::rename(&half, path)?;
    std::fs::File::open(folder)?.sync_all()
}

/// The changes of a journal; `None` if it is damaged. A journal is renamed into place whole, so a damaged one was never
/// begun.
fn parse_journal(bytes: &[u8]) -> Option<Vec<FileChange>> {
    let (sum, body) = bytes.split_first_chunk::<32>()?;
    let journal: Journal =
        if blake3::hash(body).as_bytes() == sum { postcard::from_bytes(body).ok()? } else { return None };
    let changes = journal.into_iter().map(|(path, before, after)| FileChange { path, before, after });
    Some(changes.collect())
}
