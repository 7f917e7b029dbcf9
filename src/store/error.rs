//! What can be wrong with the database, worded for the operator. Never holds anything a person typed.

use std::path::PathBuf;

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Its folder or file cannot be created.
    #[error("{} for the database cannot be created: {source}", path.display())]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// The operating system's error.
        source: std::io::Error,
    },
    /// Another process delivers from it.
    #[error("{} is used by another faqbot process; stop that one first", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// SQLite before 3.51.3 can lose a commit when a log is reset.
    #[error(
        "the linked SQLite is {found}, but versions before 3.51.3 can lose data; build faqbot with a newer one"
    )]
    OldSqlite {
        /// The version found at run time.
        found: String,
    },
    /// A later faqbot wrote it.
    #[error(
        "{} was written by a newer faqbot (schema {found}, this one knows {known}); start the newer one, \
         or restore a backup from before the update",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// `quick_check` found damage.
    #[error(
        "{} is damaged ({report}) and was left untouched; restore it from a backup, or save what can be read with \
         `sqlite3 {} .recover` into a new file, or move it (with its -wal and -shm) aside to start with an empty one",
        path.display(),
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// SQLite's first finding.
        report: String,
    },
    /// Another process holds its lock, or every connection is in use.
    #[error("the database is busy")]
    Busy,
    /// The disk is full.
    #[error("the disk of the database is full")]
    Full,
    /// The disk failed to write or read it.
    #[error("the disk of the database failed")]
    Disk,
    /// It cannot be written.
    #[error("the database is read-only")]
    ReadOnly,
    /// Damage found while it was in use.
    #[error("the database is damaged")]
    Corrupt,
    /// The commit began and did not end in time: the enquiry with this reference may be stored.
    #[error("the commit of {0} has not been confirmed yet")]
    Unconfirmed(crate::ids::Reference),
    /// The message could not be composed; nothing was stored.
    #[error("the message could not be composed: {0}")]
    Compose(String),
    /// Anything else.
    #[error("the database failed: {0}")]
    Other(String),
}

impl StoreError {
    /// Whether a restart does not help until somebody has acted.
    pub fn needs_human(&self) -> bool {
        matches!(
            self,
            StoreError::Folder { .. }
                | StoreError::OldSqlite { .. }
                | StoreError::Newer { .. }
                | StoreError::Damaged { .. }
                | StoreError::ReadOnly
        )
    }
}

impl StoreError {
    /// Whether the disk refused to write.
    pub(crate) fn is_disk_failure(&self) -> bool {
        matches!(self, StoreError::Full | StoreError::Disk | StoreError::ReadOnly)
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        match &error {
            sqlx::Error::PoolTimedOut => StoreError::Busy,
            // The low byte of SQLite's extended code is the kind of the error.
            sqlx::Error::Database(inner) => {
                match inner.code().and_then(|code| code.parse::<i64>().ok()).map(|code| code & 0xff) {
                    Some(5 | 6) => StoreError::Busy,
                    Some(8) => StoreError::ReadOnly,
                    Some(10) => StoreError::Disk,
                    Some(11 | 26) => StoreError::Corrupt,
                    Some(13) => StoreError::Full,
                    Some(code) => StoreError::Other(format!("SQLite error {code}")),
                    None => StoreError::Other("unknown SQLite error".into()),
                }
            }
            sqlx::Error::Io(inner) => StoreError::Other(inner.kind().to_string()),
            sqlx::Error::PoolClosed => StoreError::Other("it was closed".into()),
            sqlx::Error::RowNotFound => StoreError::Other("a row is missing".into()),
            sqlx::Error::ColumnDecode { index, .. } => {
                StoreError::Other(format!("unreadable column {index}"))
            }
            _ => StoreError::Other("unexpected failure of the driver".into()),
        }
    }
}
