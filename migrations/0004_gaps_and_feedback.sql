-- What members ask in vain, what the bot counts, who asked for a message, and where its public answers are.
-- All times are whole seconds since 1970 by the database's own clock, `unixepoch()`.

-- The key of the fingerprints of this week's askers. Next week another key is drawn and this one is deleted, so that
-- nobody can compute an older fingerprint again.
CREATE TABLE gap_key (
    week INTEGER PRIMARY KEY,
    key  BLOB NOT NULL
) STRICT;

-- Questions without a good answer: their words, without their author.
CREATE TABLE gap (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The beginning of the day.
    day       INTEGER NOT NULL,
    week      INTEGER NOT NULL,
    -- A fingerprint under the key of that week. It only counts how many people ask alike.
    asker     BLOB    NOT NULL,
    kind      TEXT    NOT NULL CHECK (kind IN ('unknown', 'suggested', 'unhelpful', 'pressed')),
    lang      TEXT    NOT NULL,
    words     TEXT    NOT NULL,
    -- The entry that did not help, or the near miss that was pressed.
    entry     TEXT,
    -- The revision of the entry that did not help.
    revision  TEXT,
    dismissed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX gap_by_day ON gap (day);
CREATE INDEX gap_by_asker ON gap (asker);

-- Counts by day, without people and texts.
CREATE TABLE tally (
    day   TEXT    NOT NULL,
    name  TEXT    NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, name)
) STRICT, WITHOUT ROWID;

-- How often an answer was marked "not helpful"; an empty entry stands for "the texts do not say".
CREATE TABLE feedback (
    day   TEXT    NOT NULL,
    entry TEXT    NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, entry)
) STRICT, WITHOUT ROWID;

-- Who asked for a message once a question has an answer. Deleted with that message.
CREATE TABLE subscription (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id  INTEGER NOT NULL,
    question TEXT    NOT NULL,
    lang     TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    UNIQUE (user_id, question)
) STRICT;

-- Public answers of the last weeks, so that they can be corrected: where they are and what they showed.
CREATE TABLE sent_answer (
    message_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    -- The order of the entries in the message.
    place      INTEGER NOT NULL,
    entry      TEXT    NOT NULL,
    lang       TEXT    NOT NULL,
    -- A hash of the answer as it was shown.
    revision   TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    -- Whether a moderator has ordered its correction.
    is_due     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (message_id, entry)
) STRICT, WITHOUT ROWID;

CREATE INDEX sent_answer_by_time ON sent_answer (at);

-- The weekly digests that were sent, by the day they were due.
CREATE TABLE digest (
    day     TEXT PRIMARY KEY NOT NULL,
    is_sent INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
