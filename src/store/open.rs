//! Opens the database: checks the version of SQLite and the health of the file before anything is written, runs the
//! migrations and sets up the connections. Files are created for their owner only.

use std::{borrow::Cow, path::Path, time::Instant};

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, SqlSafeStr, SqliteConnection,
    migrate::{Migration, MigrationType, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Store, StoreError, Tuning};
use crate::private_file;

/// The migrations, oldest first. A released one is never changed.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "press desk", include_str!("../../migrations/0001_press_desk.sql")),
    (2, "notices and disk probe", include_str!("../../migrations/0002_notices_and_disk_probe.sql")),
    (3, "history", include_str!("../../migrations/0003_history.sql")),
    (4, "gaps and feedback", include_str!("../../migrations/0004_gaps_and_feedback.sql")),
];

/// The first version of SQLite that cannot lose a commit when the log is reset.
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

impl Store {
    /// Opens the database at `path`, and creates it with its folder if there is none.
    pub async fn open(path: &Path) -> Result<Store, StoreError> {
        Store::open_with(path, Tuning::default()).await
    }

    /// Like [`Store::open`], with other time-outs and limits. A busy database is waited for as long as `tuning.opening`.
    pub async fn open_with(path: &Path, tuning: Tuning) -> Result<Store, StoreError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            private_file::create_folder(folder)
                .map_err(|source| StoreError::Folder { path: folder.to_owned(), source })?;
        }
        let begun = Instant::now();
        loop {
            match Store::open_once(path, tuning.clone()).await {
                // Every attempt has waited for `patience`, so this does not spin.
                Err(StoreError::Busy) if begun.elapsed() < tuning.opening => {
                    tracing::warn!("the database is busy; opening it is tried again");
                }
                opened => return opened,
            }
        }
    }

    async fn open_once(path: &Path, tuning: Tuning) -> Result<Store, StoreError> {
        let plain = plain(path, &tuning);
        if path.exists() {
            examine(path, &plain).await?;
        }

        restrict_files(path).map_err(|source| StoreError::Folder { path: path.to_owned(), source })?;
        let mut options = plain
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "ON")
            // Temporary copies of rows, which VACUUM makes, never reach the disk.
            .pragma("temp_store", "MEMORY");
        if let Some(pages) = tuning.max_pages {
            options = options.pragma("max_page_count", pages.to_string());
        }
        let writer = pool_options()
            .after_release(|connection, _| Box::pin(is_consistent(connection)))
            .max_connections(1)
            .acquire_timeout(tuning.patience)
            .connect_with(options.clone())
            .await?;
        check_version(&sqlite_version(&writer).await?)?;
        migrate(&writer).await?;
        let (key,): (Vec<u8>,) = sqlx::query_as("SELECT key FROM fingerprint_key").fetch_one(&writer).await?;
        let key = key.try_into().map_err(|_| StoreError::Corrupt)?;
        let readers = pool_options()
            .max_connections(2)
            .acquire_timeout(tuning.patience)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        Ok(Store {
            writer,
            readers,
            path: path.to_owned(),
            tuning,
            key,
            needs_scrub: std::sync::Arc::default(),
            disk_failed: std::sync::Arc::new(tokio::sync::watch::Sender::new(false)),
        })
    }
}

impl Store {
    /// Checks that the file at `path` can be used. Not a byte of it is changed.
    pub(crate) async fn examine(path: &Path) -> Result<(), StoreError> {
        examine(path, &plain(path, &Tuning::default())).await
    }
}

/// A pool whose connections stay open. The task in which sqlx 0.9.0 closes idle ones can see their count fall below zero
/// for a moment; it then loops for ever, uses a whole processor and keeps the program from ending. A connection to a
/// file does not age.
fn pool_options() -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_lifetime(None).idle_timeout(None)
}

/// Whether a connection is in the state that sqlx believes it is in, and may be used again.
///
/// SQLite rolls a transaction back by itself when the disk is full or fails. sqlx 0.9.0 then fails to roll it back too,
/// counts it as open for ever and refuses to begin another one. A connection that comes back with an open transaction
/// is therefore closed, and the pool opens a new one.
async fn is_consistent(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // A rollback that is still queued is carried out before the ping.
    connection.ping().await?;
    if !connection.is_in_transaction() {
        return Ok(true);
    }
    tracing::warn!("SQLite rolled a transaction back by itself; the connection that writes is replaced");
    Ok(false)
}

/// Creates the file with mode 0600, which SQLite copies to its log and its shared memory, and takes the permissions of
/// other users away from files that an earlier version created.
fn restrict_files(path: &Path) -> std::io::Result<()> {
    if !path.exists() {
        private_file::options().write(true).create_new(true).open(path)?;
    }
    for suffix in ["", "-wal", "-shm", ".lock"] {
        let mut file = path.to_owned().into_os_string();
        file.push(suffix);
        private_file::restrict(Path::new(&file));
    }
    Ok(())
}

fn plain(path: &Path, tuning: &Tuning) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).busy_timeout(tuning.patience).disable_statement_logging()
}

/// The lock of the one process that delivers. The kernel releases it however the process ends.
#[derive(Debug)]
pub struct DeliveryLock {
    _file: std::fs::File,
}

impl Store {
    /// Makes this the process that delivers, or fails if another one is.
    pub fn lock_delivery(&self) -> Result<DeliveryLock, StoreError> {
        let mut path = self.path.clone().into_os_string();
        path.push(".lock");
        let failed = |source| StoreError::Folder { path: path.clone().into(), source };
        let file =
            private_file::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(DeliveryLock { _file: file }),
            Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::InUse { path: self.path.clone() }),
            Err(std::fs::TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}

/// Checks without changing a byte that the file is undamaged and that its schema is known.
async fn examine(path: &Path, plain: &SqliteConnectOptions) -> Result<(), StoreError> {
    let damaged = |report: String| StoreError::Damaged { path: path.to_owned(), report };
    let classify = |error: sqlx::Error| match StoreError::from(error) {
        StoreError::Corrupt => damaged("it is not a database that SQLite can read".into()),
        other => other,
    };
    let mut reader: SqliteConnection = plain.clone().read_only(true).connect().await.map_err(classify)?;
    let report: Vec<(String,)> =
        sqlx::query_as("PRAGMA quick_check(1)").fetch_all(&mut reader).await.map_err(classify)?;
    let first = report.into_iter().next().map_or_else(|| "no result".into(), |(line,)| line);
    if first != "ok" {
        return Err(damaged(first.lines().next().unwrap_or_default().to_owned()));
    }
    let found = newest_applied(&mut reader).await.map_err(classify)?;
    let known = MIGRATIONS.iter().map(|(version, ..)| *version).max().unwrap_or(0);
    reader.close().await.map_err(classify)?;
    if found > known {
        return Err(StoreError::Newer { path: path.to_owned(), found, known });
    }
    Ok(())
}

async fn newest_applied(reader: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    let (has_table,): (i64,) =
        sqlx::query_as("SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'")
            .fetch_one(&mut *reader)
            .await?;
    if has_table == 0 {
        return Ok(0);
    }
    let (newest,): (Option<i64>,) =
        sqlx::query_as("SELECT max(version) FROM _sqlx_migrations").fetch_one(reader).await?;
    Ok(newest.unwrap_or(0))
}

async fn migrate(writer: &sqlx::SqlitePool) -> Result<(), StoreError> {
    let migrations = MIGRATIONS
        .iter()
        .map(|(version, name, sql)| {
            let sql = AssertSqlSafe(*sql).into_sql_str();
            Migration::new(*version, Cow::Borrowed(*name), MigrationType::Simple, sql, false)
        })
        .collect();
    Migrator::with_migrations(migrations).run(writer).await.map_err(|error| match error {
        sqlx::migrate::MigrateError::Execute(inner) => StoreError::from(inner),
        other => StoreError::Other(format!("a migration failed: {other}")),
    })
}

async fn sqlite_version(writer: &sqlx::SqlitePool) -> Result<String, StoreError> {
    let (version,): (String,) = sqlx::query_as("SELECT sqlite_version()").fetch_one(writer).await?;
    Ok(version)
}

fn check_version(found: &str) -> Result<(), StoreError> {
    let numbers: Vec<u32> = found.split('.').filter_map(|part| part.parse().ok()).collect();
    if numbers.as_slice() >= OLDEST_SQLITE.as_slice() {
        return Ok(());
    }
    Err(StoreError::OldSqlite { found: found.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sqlite_that_can_lose_a_commit_is_refused() {
        for old in ["3.51.2", "3.50.9", "3.7.17", "2.8.0", "", "3.51"] {
            assert!(matches!(check_version(old), Err(StoreError::OldSqlite { .. })), "{old}");
        }
        for new in ["3.51.3", "3.52.0", "3.100.0", "4.0.0", "3.51.3.1"] {
            assert!(check_version(new).is_ok(), "{new}");
        }
    }
}
