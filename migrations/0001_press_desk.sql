-- The press desk: enquiries with their final mail bytes, what must still be told, and what the limits count.
-- All times are whole seconds since 1970 by the database's own clock, `unixepoch()`.

CREATE TABLE enquiry (
    id             INTEGER PRIMARY KEY,
    reference      TEXT    NOT NULL UNIQUE,
    interaction_id INTEGER NOT NULL UNIQUE,
    user_id        INTEGER NOT NULL,
    guild_id       INTEGER,
    lang           TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    give_up_at     INTEGER NOT NULL,
    state          TEXT    NOT NULL CHECK (state IN ('pending', 'sent', 'dead', 'buried')),
    attempts       INTEGER NOT NULL DEFAULT 0,
    -- 0 means at once, for a new enquiry; -1 means that a human asked for another try.
    next_at        INTEGER NOT NULL DEFAULT 0,
    lease_until    INTEGER,
    settled_at     INTEGER,
    via            TEXT CHECK (via IN ('smtp', 'folder')),
    problem        TEXT,
    notify         INTEGER NOT NULL DEFAULT 0,
    message_id     TEXT    NOT NULL UNIQUE,
    mail_from      TEXT    NOT NULL,
    mail_to        TEXT    NOT NULL,
    -- The message as it goes over the wire; erased some days after it was handed over.
    message        BLOB
) STRICT;

CREATE INDEX enquiry_by_state ON enquiry (state, id);
CREATE INDEX enquiry_by_user ON enquiry (user_id);

-- What a person or the moderators must still be told; deleted once they were.
CREATE TABLE notice (
    id         INTEGER PRIMARY KEY,
    kind       TEXT    NOT NULL CHECK (kind IN ('sent', 'dead', 'paused')),
    -- NULL: the moderators.
    user_id    INTEGER,
    lang       TEXT    NOT NULL,
    reference  TEXT    NOT NULL,
    detail     TEXT    NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL
) STRICT;

-- What the limits count: one line an accepted enquiry, kept for a day. People and texts stand here as keyed
-- fingerprints, so that forgetting a person does not lift the limits of the day.
CREATE TABLE admission (
    at       INTEGER NOT NULL,
    sender   BLOB,
    guild_id INTEGER,
    text     BLOB NOT NULL,
    reference TEXT NOT NULL
) STRICT;

CREATE INDEX admission_by_time ON admission (at);

-- Senders whom moderators blocked, by fingerprint.
CREATE TABLE blocked (
    sender BLOB    NOT NULL PRIMARY KEY,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The key of the fingerprints, drawn once.
CREATE TABLE fingerprint_key (
    id  INTEGER PRIMARY KEY CHECK (id = 1),
    key BLOB NOT NULL
) STRICT;

INSERT INTO fingerprint_key (id, key) VALUES (1, randomblob(32));
