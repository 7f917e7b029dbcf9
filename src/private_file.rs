//! Files and folders that only their owner can read: the database, mails that hold what a person typed, and the
//! bot's own bookkeeping. Modes are set explicitly, so the umask can take permissions away but never add any.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

/// Creates `folder` and its missing parents with mode 0700. A folder that exists keeps its mode.
pub(crate) fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Options under which a new file gets mode 0600.
pub(crate) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Gives an existing file mode 0600. A file that belongs to another user keeps its mode, which only the log reports.
pub(crate) fn restrict(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let Ok(found) = fs::metadata(path) else { return };
        if found.permissions().mode() & 0o077 == 0 {
            return;
        }
        if let Err(error) = fs::set_permissions(path, fs::Permissions::from_mode(0o600)) {
            tracing::warn!(path = %path.display(), error = %error.kind(), "other users can read this file");
        }
    }
}

/// Writes `name` in `folder` atomically: a temporary file is written, synced and renamed, and the folder is synced.
/// Once this returns, the file is on disk with every byte.
pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    create_folder(folder)?;
    let temporary = folder.join(format!(".{name}.tmp"));
    let mut file = options().write(true).create(true).truncate(true).open(&temporary)?;
    restrict(&temporary);
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&temporary, folder.join(name))?;
    File::open(folder)?.sync_all()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("the file was just made").permissions().mode() & 0o777
    }

    #[test]
    fn a_file_is_private_even_where_a_public_one_of_that_name_was_left_behind() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/b");
        create_folder(&folder).unwrap();
        assert_eq!((mode(&folder), mode(&root.path().join("a"))), (0o700, 0o700));
        let left = folder.join(".mail.eml.tmp");
        fs::write(&left, "half").unwrap();
        fs::set_permissions(&left, fs::Permissions::from_mode(0o666)).unwrap();
        write(&folder, "mail.eml", b"whole").unwrap();
        assert_eq!(mode(&folder.join("mail.eml")), 0o600);
        assert_eq!(fs::read(folder.join("mail.eml")).unwrap(), b"whole");
        assert!(!left.exists());
    }
}
