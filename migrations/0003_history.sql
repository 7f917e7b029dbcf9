-- The history of the FAQ: the content of each generation that was applied, and what moderators did.

CREATE TABLE revision (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    applied_at   INTEGER NOT NULL,
    -- The moderator; NULL: nobody, as at a start, or erased.
    actor        INTEGER,
    origin       TEXT    NOT NULL CHECK (origin IN ('start', 'files', 'edit', 'rollback')),
    content_hash TEXT    NOT NULL,
    added        INTEGER NOT NULL,
    changed      INTEGER NOT NULL,
    removed      INTEGER NOT NULL,
    -- Ids of some of the entries that changed; for a rollback, the revision that it went back to.
    subject      TEXT    NOT NULL
) STRICT;

CREATE TABLE revision_file (
    revision_id INTEGER NOT NULL REFERENCES revision (id) ON DELETE CASCADE,
    path        TEXT    NOT NULL,
    text_hash   BLOB    NOT NULL,
    PRIMARY KEY (revision_id, path)
) STRICT, WITHOUT ROWID;

-- The bytes of the files, each kept once however many revisions have it.
CREATE TABLE file_text (
    hash  BLOB NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE audit (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    -- NULL: erased.
    actor     INTEGER,
    action    TEXT    NOT NULL,
    reference TEXT    NOT NULL
) STRICT;
