//! The history of the FAQ: the files of the last applied generations, each file kept once.

use std::collections::BTreeMap;

use crate::ids::UserId;

use super::{Store, StoreError, signed};

/// Revisions kept.
const KEPT: i64 = 20;

/// How a revision came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevisionOrigin {
    /// The bot started with it.
    Start,
    /// The files of the folder were read again.
    Files,
    /// A moderator edited entries.
    Edit,
    /// A moderator went back to an earlier revision.
    Rollback,
}

impl RevisionOrigin {
    const ALL: [(RevisionOrigin, &'static str); 4] = [
        (RevisionOrigin::Start, "start"),
        (RevisionOrigin::Files, "files"),
        (RevisionOrigin::Edit, "edit"),
        (RevisionOrigin::Rollback, "rollback"),
    ];

    /// Its name in the database and in the output of commands.
    pub fn name(self) -> &'static str {
        RevisionOrigin::ALL.iter().find(|(origin, _)| *origin == self).map_or("", |(_, name)| name)
    }

    fn of(name: &str) -> Option<RevisionOrigin> {
        RevisionOrigin::ALL.iter().find(|(_, of)| *of == name).map(|(origin, _)| *origin)
    }
}

/// A generation that was applied.
#[derive(Clone)]
pub struct NewRevision {
    /// The moderator, if it was one.
    pub actor: Option<UserId>,
    /// How it came about.
    pub origin: RevisionOrigin,
    /// The hash of its content.
    pub content_hash: String,
    /// Entries added, changed and removed.
    pub counts: [usize; 3],
    /// Ids of entries that changed, or the revision that a rollback went back to.
    pub subject: String,
    /// Every file: path and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// A line of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its number, which grows by one with each.
    pub id: i64,
    /// When it was applied, in seconds since 1970.
    pub applied_at: i64,
    /// The moderator, if it was one.
    pub actor: Option<UserId>,
    /// How it came about.
    pub origin: RevisionOrigin,
    /// The hash of its content.
    pub content_hash: String,
    /// Entries added, changed and removed.
    pub counts: [usize; 3],
    /// Ids of entries that changed, or the revision that a rollback went back to.
    pub subject: String,
}

type Row = (i64, i64, Option<i64>, String, String, i64, i64, i64, String);

impl Store {
    /// Keeps a revision, unless the last one has the same content; returns its number. Older ones than the last twenty
    /// are deleted.
    pub async fn keep_revision(&self, revision: NewRevision) -> Result<i64, StoreError> {
        self.observed(self.insert_revision(revision)).await
    }

    async fn insert_revision(&self, revision: NewRevision) -> Result<i64, StoreError> {
        let mut tx = self.begin().await?;
        let last: Option<(i64, String)> =
            sqlx::query_as("SELECT id, content_hash FROM revision ORDER BY id DESC LIMIT 1")
                .fetch_optional(&mut *tx)
                .await?;
        if let Some((id, hash)) = last
            && hash == revision.content_hash
        {
            return Ok(id);
        }
        let [added, changed, removed] = revision.counts.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO revision (applied_at, actor, origin, content_hash, added, changed, removed, subject)
             VALUES (unixepoch(), ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(revision.actor.map(|actor| signed(actor.get())))
        .bind(revision.origin.name())
        .bind(&revision.content_hash)
        .bind(added)
        .bind(changed)
        .bind(removed)
        .bind(&revision.subject)
        .fetch_one(&mut *tx)
        .await?;
        for (path, bytes) in &revision.files {
            let hash = blake3::hash(bytes).as_bytes().to_vec();
            sqlx::query("INSERT OR IGNORE INTO file_text (hash, bytes) VALUES (?, ?)")
                .bind(&hash)
                .bind(bytes)
                .execute(&mut *tx)
                .await?;
            sqlx::query("INSERT INTO revision_file (revision_id, path, text_hash) VALUES (?, ?, ?)")
                .bind(id)
                .bind(path)
                .bind(&hash)
                .execute(&mut *tx)
                .await?;
        }
        for statement in [
            "DELETE FROM revision_file WHERE revision_id <= (SELECT max(id) FROM revision) - ?",
            "DELETE FROM revision WHERE id <= (SELECT max(id) FROM revision) - ?",
        ] {
            sqlx::query(statement).bind(KEPT).execute(&mut *tx).await?;
        }
        sqlx::query("DELETE FROM file_text WHERE hash NOT IN (SELECT text_hash FROM revision_file)")
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The revisions that are kept, the newest first.
    pub async fn revisions(&self) -> Result<Vec<Revision>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, applied_at, actor, origin, content_hash, added, changed, removed, subject
             FROM revision ORDER BY id DESC",
        )
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().filter_map(revision).collect())
    }

    /// The files of a revision by their paths; `None` if it is not kept.
    pub async fn revision_files(&self, id: i64) -> Result<Option<BTreeMap<String, Vec<u8>>>, StoreError> {
        let files: Vec<(String, Vec<u8>)> = sqlx::query_as(
            "SELECT path, bytes FROM revision_file JOIN file_text ON hash = text_hash WHERE revision_id = ?",
        )
        .bind(id)
        .fetch_all(&self.readers)
        .await?;
        Ok((!files.is_empty()).then(|| files.into_iter().collect()))
    }
}

fn revision(row: Row) -> Option<Revision> {
    let (id, applied_at, actor, origin, content_hash, added, changed, removed, subject) = row;
    let counts = [added, changed, removed].map(|count| usize::try_from(count).unwrap_or(0));
    Some(Revision {
        id,
        applied_at,
        actor: actor.map(|actor| UserId::new(actor.cast_unsigned())),
        origin: RevisionOrigin::of(&origin)?,
        content_hash,
        counts,
        subject,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(n: usize) -> NewRevision {
        NewRevision {
            actor: Some(UserId::new(u64::MAX)),
            origin: RevisionOrigin::Edit,
            content_hash: format!("{n}"),
            counts: [1, 2, 3],
            subject: "why".into(),
            files: vec![("same.md".into(), b"same".to_vec()), ("own.md".into(), n.to_string().into_bytes())],
        }
    }

    #[tokio::test]
    async fn the_last_twenty_revisions_are_kept_with_their_files_and_each_file_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("faqbot.db")).await.unwrap();
        for n in 1..=25 {
            assert_eq!(store.keep_revision(applied(n)).await.unwrap(), i64::try_from(n).unwrap());
        }
        // The same content again is no new revision.
        assert_eq!(store.keep_revision(applied(25)).await.unwrap(), 25);
        let revisions = store.revisions().await.unwrap();
        assert_eq!((revisions.len(), revisions[0].id, revisions[19].id), (20, 25, 6));
        assert_eq!((revisions[0].actor, revisions[0].counts), (Some(UserId::new(u64::MAX)), [1, 2, 3]));
        let files = store.revision_files(6).await.unwrap().unwrap();
        assert_eq!((files["own.md"].as_slice(), files["same.md"].as_slice()), (&b"6"[..], &b"same"[..]));
        assert!(store.revision_files(5).await.unwrap().is_none());
        let (texts,): (i64,) =
            sqlx::query_as("SELECT count(*) FROM file_text").fetch_one(&store.readers).await.unwrap();
        assert_eq!(texts, 21);
    }
}
