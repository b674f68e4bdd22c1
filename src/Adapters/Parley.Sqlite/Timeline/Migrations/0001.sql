-- Times are UTC in ISO 8601, always with seven decimals, so that their order as text is their order in time.
CREATE TABLE session (
    key              INTEGER PRIMARY KEY,
    id               TEXT    NOT NULL UNIQUE,
    learner_id       TEXT,
    started_at       TEXT    NOT NULL,
    written_at       TEXT    NOT NULL,            -- the last write; retention counts from it
    ended_at         TEXT,
    end_reason       TEXT,
    seed             INTEGER NOT NULL,
    version          TEXT    NOT NULL,
    config           TEXT    NOT NULL,            -- JSON
    token_hash       BLOB,                        -- SHA-256
    token_expires_at TEXT,
    -- Sums over its entries, so that a list does not read them.
    turns            INTEGER NOT NULL DEFAULT 0,
    entries          INTEGER NOT NULL DEFAULT 0,
    bytes            INTEGER NOT NULL DEFAULT 0,
    length           INTEGER NOT NULL DEFAULT 0   -- 100 ns
) STRICT;

-- Without a rowid the entries of a session lie together, however many sessions write at once.
CREATE TABLE entry (
    session INTEGER NOT NULL REFERENCES session (key) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    at      INTEGER NOT NULL,                     -- 100 ns of session time
    kind    TEXT    NOT NULL,
    data    ANY,                                  -- JSON as text; audio as a blob of PCM16
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;
