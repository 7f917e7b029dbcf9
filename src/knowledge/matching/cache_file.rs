//! Files that a build leaves for the next one, whole or not at all. A build without them is slower, nothing else.

use std::path::Path;

use serde::{Serialize, de::DeserializeOwned};

/// The value in `file`; `None` if there is none that can be read.
pub(super) fn read<T: DeserializeOwned>(file: &Path) -> Option<T> {
    postcard::from_bytes(&std::fs::read(file).ok()?).ok()
}

/// Replaces the value in `file`. If the disk cannot be written, nothing is kept.
pub(super) fn write(file: &Path, value: &impl Serialize) {
    let Ok(bytes) = postcard::to_allocvec(value) else { return };
    let half = file.with_extension(format!("{}.tmp", std::process::id()));
    if std::fs::write(&half, bytes).and_then(|()| std::fs::rename(&half, file)).is_err() {
        let _ = std::fs::remove_file(&half);
    }
}
