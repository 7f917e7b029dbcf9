//! Opening the database: version of SQLite, health of the file, migrations; before anything is written to it.

use std::{borrow::Cow, path::Path};

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, SqlSafeStr, SqliteConnection,
    migrate::{Migration, MigrationType, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Store, StoreError, Tuning};

/// The migrations, oldest first; one is never changed once it was released.
const MIGRATIONS: [(i64, &str, &str); 1] =
    [(1, "press desk", include_str!("../../migrations/0001_press_desk.sql"))];

/// The first version that cannot lose a commit when the log is reset.
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

impl Store {
    /// Opens the database at `path`, and creates it with its folder where there is none.
    pub async fn open(path: &Path) -> Result<Store, StoreError> {
        Store::open_with(path, Tuning::default()).await
    }

    /// As [`Store::open`], with the patience of `tuning`.
    pub async fn open_with(path: &Path, tuning: Tuning) -> Result<Store, StoreError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .map_err(|source| StoreError::Folder { path: folder.to_owned(), source })?;
        }
        let plain = plain(path, &tuning);
        if path.exists() {
            examine(path, &plain).await?;
        }

        let mut options = plain
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "ON")
            // Temporary copies of rows, which VACUUM makes, never touch the disk.
            .pragma("temp_store", "MEMORY");
        if let Some(pages) = tuning.max_pages {
            options = options.pragma("max_page_count", pages.to_string());
        }
        let writer = unattended()
            .max_connections(1)
            .acquire_timeout(tuning.patience)
            .connect_with(options.clone())
            .await?;
        check_version(&sqlite_version(&writer).await?)?;
        migrate(&writer).await?;
        let (key,): (Vec<u8>,) = sqlx::query_as("SELECT key FROM fingerprint_key").fetch_one(&writer).await?;
        let key = key.try_into().map_err(|_| StoreError::Corrupt)?;
        let readers = unattended()
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
            has_traces: std::sync::Arc::default(),
        })
    }
}

impl Store {
    /// Whether the file at `path` is one to work with; not a byte of it is changed.
    pub async fn examine(path: &Path) -> Result<(), StoreError> {
        examine(path, &plain(path, &Tuning::default())).await
    }
}

/// A pool whose connections stay open. sqlx 0.9.0 looks after idle ones in a task of its own, whose count of them can
/// fall below zero for a moment: it then goes round for ever, burns a processor and keeps the program from ending. A
/// connection to a file does not age.
fn unattended() -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_lifetime(None).idle_timeout(None)
}

fn plain(path: &Path, tuning: &Tuning) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).busy_timeout(tuning.patience).disable_statement_logging()
}

/// Held by the one process that delivers; the kernel frees it however the process ends.
#[derive(Debug)]
pub struct DeliveryLock {
    _file: std::fs::File,
}

impl Store {
    /// Makes this the process that delivers.
    pub fn lock_delivery(&self) -> Result<DeliveryLock, StoreError> {
        let mut path = self.path.clone().into_os_string();
        path.push(".lock");
        let failed = |source| StoreError::Folder { path: path.clone().into(), source };
        let file = std::fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(DeliveryLock { _file: file }),
            Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::InUse { path: self.path.clone() }),
            Err(std::fs::TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}

/// Reads the file without changing a byte of it: is it whole, and is it of a schema known here?
async fn examine(path: &Path, plain: &SqliteConnectOptions) -> Result<(), StoreError> {
    let damaged = |report: String| StoreError::Damaged { path: path.to_owned(), report };
    let judge = |error: sqlx::Error| match StoreError::from(error) {
        StoreError::Corrupt => damaged("it is not a database that SQLite can read".into()),
        other => other,
    };
    let mut reader: SqliteConnection = plain.clone().read_only(true).connect().await.map_err(judge)?;
    let report: Vec<(String,)> =
        sqlx::query_as("PRAGMA quick_check(1)").fetch_all(&mut reader).await.map_err(judge)?;
    let first = report.into_iter().next().map_or_else(|| "no verdict".into(), |(line,)| line);
    if first != "ok" {
        return Err(damaged(first.lines().next().unwrap_or_default().to_owned()));
    }
    let found = newest_applied(&mut reader).await.map_err(judge)?;
    let known = MIGRATIONS.iter().map(|(version, ..)| *version).max().unwrap_or(0);
    reader.close().await.map_err(judge)?;
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
