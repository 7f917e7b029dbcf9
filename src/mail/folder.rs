//! Writes enquiries as `.eml` files when no mail server is set. Any mail program opens them.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::time::timeout;

use super::{DeliveryError, Phase, Problem};
use crate::{private_file, store::Claim};

/// The folder for enquiries.
pub struct Folder {
    path: PathBuf,
    patience: Duration,
}

impl Folder {
    /// The folder at `path`, created when it is first needed. A write may take as long as `patience`.
    pub(super) fn new(path: &Path, patience: Duration) -> Folder {
        Folder { path: path.to_owned(), patience }
    }

    /// Its path.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the file. An enquiry always has the same file name, so a second attempt makes no second file.
    pub(super) async fn deliver(&self, claim: &Claim) -> Result<(), DeliveryError> {
        let (folder, name, bytes) =
            (self.path.clone(), format!("{}.eml", claim.reference), claim.message.bytes.clone());
        let failed =
            |is_timeout| DeliveryError::Retry(Problem { phase: Phase::Folder, code: None, is_timeout });
        // A write that ends after its time-out writes the same bytes to the same name, which does no harm.
        let writing = tokio::task::spawn_blocking(move || private_file::write(&folder, &name, &bytes));
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
