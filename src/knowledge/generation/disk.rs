//! `index/<key>/`: a generation on disk.
//!
//! The key is a hash of the content, the forms of index and matcher, Tantivy's version, the sentence model and whether
//! it is used: whatever changes one of them makes another generation, and going back to an older version works. A
//! generation is built in a temporary folder beside, written through to the disk and renamed; what is corrupt, foreign
//! or cannot be read is discarded and built again. If the disk cannot be written, the generation stays in memory and
//! the next start builds it again.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use crate::knowledge::{
    content::entry::Content,
    generation::{BuildError, BuildOptions},
    matching::{
        Progress, embed,
        index::{self, Index},
        matcher::{MATCHER_VERSION, Matcher},
        train,
    },
};

/// Generations kept on disk, the newest first: the one in force and those that moderators may go back to at once.
const KEPT: usize = 24;
/// So many are kept however large they are; the others only within [`MAX_BYTES`].
const ALWAYS_KEPT: usize = 4;
/// What the generations on disk may take together. One of a large FAQ takes 30 MB.
const MAX_BYTES: u64 = 1 << 30;
const MATCHER_FILE: &str = "matcher.bin";
const INDEX_FOLDER: &str = "tantivy";

/// Opens the generation of `content` if it lies in the index folder whole, or builds it there.
pub(super) fn open_or_build(
    content: &Content,
    options: &BuildOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(Index, Matcher), BuildError> {
    let dir = folder(content, options);
    if dir.exists() {
        match open(&dir) {
            Ok(opened) => return Ok(opened),
            Err(reason) => {
                tracing::warn!(%reason, "a generation on disk is not usable and is built again");
                let _ = fs::remove_dir_all(&dir);
            }
        }
    }
    progress(Progress::Indexing);
    let index = Index::build(content).map_err(|error| BuildError::Index(error.to_string()))?;
    let _ = fs::create_dir_all(&options.index_dir);
    let matcher = train::train(content, options.vectors, &options.index_dir, progress)
        .map_err(|error| BuildError::Model(error.to_string()))?;
    if let Err(error) = write(&dir, &index, &matcher) {
        tracing::warn!(%error, "the generation could not be kept on disk; it is built anew at the next start");
    }
    discard_old(&options.index_dir);
    Ok((index, matcher))
}

/// The folder of the generation of `content`.
pub(super) fn folder(content: &Content, options: &BuildOptions) -> PathBuf {
    options.index_dir.join(key(content, options.vectors))
}

/// The name of a generation's folder.
fn key(content: &Content, vectors: bool) -> String {
    let mut hash = blake3::Hasher::new();
    let versions = format!("{}/{}/{}", index::SCHEMA_VERSION, MATCHER_VERSION, index::engine_version());
    for part in
        [content.hash.0.as_str(), &versions, embed::MODEL_NAME, if vectors { "vectors" } else { "words" }]
    {
        hash.update(part.as_bytes());
        hash.update(b"\0");
    }
    hash.finalize().to_hex().chars().take(16).collect()
}

fn open(dir: &Path) -> Result<(Index, Matcher), String> {
    let index = Index::open(&dir.join(INDEX_FOLDER)).map_err(|error| error.to_string())?;
    let bytes = fs::read(dir.join(MATCHER_FILE)).map_err(|error| error.to_string())?;
    let (sum, body) = bytes.split_first_chunk::<32>().ok_or("the matcher's file is cut")?;
    if blake3::hash(body).as_bytes() != sum {
        return Err("the matcher's file is damaged".to_owned());
    }
    let matcher = postcard::from_bytes(body).map_err(|error| error.to_string())?;
    Ok((index, matcher))
}

fn write(dir: &Path, index: &Index, matcher: &Matcher) -> Result<(), std::io::Error> {
    let half: PathBuf = dir.with_extension(format!("{}.tmp", std::process::id()));
    let written = write_into(&half, index, matcher).and_then(|()| fs::rename(&half, dir));
    if written.is_err() {
        let _ = fs::remove_dir_all(&half);
    }
    written
}

fn write_into(half: &Path, index: &Index, matcher: &Matcher) -> Result<(), std::io::Error> {
    let _ = fs::remove_dir_all(half);
    fs::create_dir_all(half.join(INDEX_FOLDER))?;
    index.save(&half.join(INDEX_FOLDER)).map_err(std::io::Error::other)?;
    let body = postcard::to_allocvec(matcher).map_err(std::io::Error::other)?;
    let mut file = fs::File::create(half.join(MATCHER_FILE))?;
    file.write_all(blake3::hash(&body).as_bytes())?;
    file.write_all(&body)?;
    file.sync_all()?;
    fs::File::open(half)?.sync_all()
}

/// Removes all but the newest generations, and what an interrupted build left behind an hour ago or more.
fn discard_old(index_dir: &Path) {
    let Ok(folders) = fs::read_dir(index_dir) else { return };
    let mut generations: Vec<(std::time::Duration, PathBuf)> = folders
        .filter_map(Result::ok)
        .filter(|folder| {
            folder.path().join(MATCHER_FILE).exists() || folder.path().extension().is_some_and(|e| e == "tmp")
        })
        .filter_map(|folder| Some((folder.metadata().ok()?.modified().ok()?.elapsed().ok()?, folder.path())))
        .collect();
    generations.sort();
    let (half, whole): (Vec<_>, Vec<_>) =
        generations.into_iter().partition(|(_, path)| path.extension().is_some_and(|e| e == "tmp"));
    let stale = half.into_iter().filter(|(age, _)| age.as_secs() > 3_600);
    let mut bytes = 0;
    let surplus = whole.into_iter().enumerate().filter_map(|(at, (age, path))| {
        bytes += size(&path);
        (at >= KEPT || at >= ALWAYS_KEPT && bytes > MAX_BYTES).then_some((age, path))
    });
    for (_, path) in surplus.chain(stale) {
        let _ = fs::remove_dir_all(path);
    }
}

/// The bytes of all files in a folder.
fn size(folder: &Path) -> u64 {
    let Ok(items) = fs::read_dir(folder) else { return 0 };
    let sizes = items.filter_map(Result::ok).map(|item| match item.metadata() {
        Ok(found) if found.is_dir() => size(&item.path()),
        Ok(found) => found.len(),
        Err(_) => 0,
    });
    sizes.sum()
}
