-- A notice that could not be sent waits longer after each attempt, so that it never holds up newer ones.
ALTER TABLE notice ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
-- The earliest time of the next attempt; 0 means at once.
ALTER TABLE notice ADD COLUMN next_at INTEGER NOT NULL DEFAULT 0;

-- Written and erased to find out whether the disk has space again; otherwise empty.
CREATE TABLE disk_probe (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    filler BLOB NOT NULL
) STRICT;
