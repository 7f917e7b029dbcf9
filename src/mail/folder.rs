//! Enquiries as `.eml` files, where no mail server is set: nothing is lost, any mail program opens them.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::time::timeout;

use super::{Failure, Phase, Problem};
use crate::store::Claim;

/// The folder.
pub struct Folder {
    path: PathBuf,
    patience: Duration,
}

impl Folder {
    /// The folder at `path`, made when it is first needed; a disk that does not answer is waited for so long.
    pub fn new(path: &Path, patience: Duration) -> Folder {
        Folder { path: path.to_owned(), patience }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the file. The same enquiry always has the same name, so a second try makes no second file.
    pub(super) async fn deliver(&self, claim: &Claim) -> Result<(), Failure> {
        let (folder, name, bytes) =
            (self.path.clone(), format!("{}.eml", claim.reference), claim.message.bytes.clone());
        let failed = |is_timeout| Failure::Later(Problem { phase: Phase::Folder, code: None, is_timeout });
        // One that comes back after its time writes the same bytes to the same name, which harms nobody.
        let writing = tokio::task::spawn_blocking(move || write(&folder, &name, &bytes));
        match timeout(self.patience, writing).await {
            Ok(Ok(Ok(()))) => Ok(()),
            Ok(Ok(Err(error))) => {
                tracing::error!(folder = %self.path.display(), error = %error.kind(), "an enquiry cannot be written");
                Err(failed(false))
            }
            Ok(Err(_)) => Err(failed(false)),
            Err(_) => {
                tracing::error!(folder = %self.path.display(), "the disk of the folder for enquiries does not answer");
                Err(failed(true))
            }
        }
    }
}

/// Keeps a mail for its owner's eyes alone: it holds what a person wrote. Written beside, synced, renamed, and the folder synced too: after that the name is there with every byte.
pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let beside = folder.join(format!(".{name}.tmp"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&beside, folder.join(name))?;
    File::open(folder)?.sync_all()
}
