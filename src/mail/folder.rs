//! Enquiries as `.eml` files, where no mail server is set: nothing is lost, any mail program opens them.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{Failure, Phase, Problem};
use crate::store::Claim;

/// The folder.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder at `path`, made when it is first needed.
    pub fn new(path: &Path) -> Folder {
        Folder { path: path.to_owned() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the file. The same enquiry always has the same name, so a second try makes no second file.
    pub(super) async fn deliver(&self, claim: &Claim) -> Result<(), Failure> {
        let (folder, name, bytes) =
            (self.path.clone(), format!("{}.eml", claim.reference), claim.message.bytes.clone());
        let failed = Failure::Later(Problem { phase: Phase::Folder, code: None, is_timeout: false });
        match tokio::task::spawn_blocking(move || write(&folder, &name, &bytes)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                tracing::error!(folder = %self.path.display(), error = %error.kind(), "an enquiry cannot be written");
                Err(failed)
            }
            Err(_) => Err(failed),
        }
    }
}

/// Written beside, synced, renamed, and the folder synced too: after that the name is there with every byte.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
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
