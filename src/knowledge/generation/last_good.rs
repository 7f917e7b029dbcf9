//! `index/last-good-<id>.bin`: a copy of the files that were last in force.
//!
//! At start it replaces files that would be refused, so that a bad edit followed by a restart does not take the bot
//! down. The id is derived from the path of the content folder, since several folders may share an index folder. The
//! copy is written to a temporary file, synced and renamed; a damaged copy is ignored.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::knowledge::content::{
    finding::Findings,
    source::{Bundle, SourceFile},
};

/// The form of the file. A copy in another form is ignored.
const VERSION: u32 = 1;

type Files = Vec<(String, Vec<u8>)>;

/// Keeps the files of `bundle`, which were read from `faq_dir`.
pub(crate) fn save(index_dir: &Path, faq_dir: &Path, bundle: &Bundle) -> io::Result<()> {
    let files: Files = bundle.files.iter().map(|file| (file.path.clone(), file.bytes.clone())).collect();
    let body = postcard::to_allocvec(&(VERSION, files)).map_err(io::Error::other)?;
    let path = path(index_dir, faq_dir);
    let half = path.with_extension(format!("{}.tmp", std::process::id()));
    fs::create_dir_all(index_dir)?;
    let written = write(&half, &body).and_then(|()| fs::rename(&half, &path));
    if written.is_err() {
        let _ = fs::remove_file(&half);
        return written;
    }
    fs::File::open(index_dir)?.sync_all()
}

/// The files kept for `faq_dir`; `None` if there are none or the copy is damaged.
pub(crate) fn load(index_dir: &Path, faq_dir: &Path) -> Option<Bundle> {
    let bytes = fs::read(path(index_dir, faq_dir)).ok()?;
    let (sum, body) = bytes.split_first_chunk::<32>()?;
    let (version, files): (u32, Files) =
        if blake3::hash(body).as_bytes() == sum { postcard::from_bytes(body).ok()? } else { return None };
    let files = files.into_iter().map(|(path, bytes)| SourceFile { path, bytes }).collect();
    (version == VERSION).then(|| Bundle::new(files, Findings::new()))
}

/// Where edits of several files of `faq_dir` are noted while they are being written.
pub(crate) fn journal(index_dir: &Path, faq_dir: &Path) -> PathBuf {
    index_dir.join(format!("edit-{}.bin", id(faq_dir)))
}

fn path(index_dir: &Path, faq_dir: &Path) -> PathBuf {
    index_dir.join(format!("last-good-{}.bin", id(faq_dir)))
}

fn id(faq_dir: &Path) -> String {
    // The folder may be missing, so links are not resolved.
    let absolute = std::path::absolute(faq_dir).unwrap_or_else(|_| faq_dir.to_owned());
    blake3::hash(absolute.as_os_str().as_encoded_bytes()).to_hex().chars().take(8).collect()
}

fn write(path: &Path, body: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(blake3::hash(body).as_bytes())?;
    file.write_all(body)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(text: &str) -> Bundle {
        let file = SourceFile { path: "a.md".into(), bytes: text.into() };
        Bundle::new(vec![file], Findings::new())
    }

    #[test]
    fn the_files_are_the_same_after_saving_and_loading_and_belong_to_their_folder() {
        let index = tempfile::tempdir().unwrap();
        let (faq, other) = (Path::new("faq"), Path::new("other"));
        save(index.path(), faq, &bundle("1")).unwrap();
        save(index.path(), other, &bundle("2")).unwrap();
        save(index.path(), faq, &bundle("3")).unwrap();
        assert_eq!(load(index.path(), faq).unwrap().hash, bundle("3").hash);
        assert_eq!(load(index.path(), other).unwrap().hash, bundle("2").hash);
        assert!(load(index.path(), Path::new("third")).is_none());
        assert_eq!(fs::read_dir(index.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_damaged_copy_is_ignored() {
        let index = tempfile::tempdir().unwrap();
        save(index.path(), Path::new("faq"), &bundle("text")).unwrap();
        let file = path(index.path(), Path::new("faq"));
        let mut bytes = fs::read(&file).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(&file, &bytes).unwrap();
        assert!(load(index.path(), Path::new("faq")).is_none());
        fs::write(&file, b"short").unwrap();
        assert!(load(index.path(), Path::new("faq")).is_none());
    }
}
