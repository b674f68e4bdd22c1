-- Figures of sessions, never what was said. Times are UTC in ISO 8601, always with seven decimals, so that their order as text is their order in time.
CREATE TABLE session (
    key      INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL UNIQUE,
    learner  TEXT,                                -- a hash; NULL where nobody said whose it is
    scenario TEXT,
    started  TEXT    NOT NULL,
    ended    TEXT                                 -- NULL while it runs
) STRICT;

CREATE INDEX session_by_time ON session (started);
CREATE INDEX session_by_learner ON session (learner);

CREATE TABLE turn (
    session     INTEGER NOT NULL REFERENCES session (key) ON DELETE CASCADE,
    id          TEXT    NOT NULL,
    at          TEXT    NOT NULL,
    clarity     REAL,                             -- 0 to 1
    first_audio REAL,                             -- milliseconds
    cut         INTEGER NOT NULL,
    utterance   INTEGER NOT NULL,
    spoken      INTEGER NOT NULL,                 -- 100 ns
    heard       INTEGER NOT NULL,                 -- 100 ns
    clipping    REAL,                             -- these three are NULL where nothing was spoken
    noise       REAL,
    level       REAL
) STRICT;

CREATE INDEX turn_by_session ON turn (session);

CREATE TABLE event (
    session INTEGER NOT NULL REFERENCES session (key) ON DELETE CASCADE,
    at      TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    value   REAL,
    stage   TEXT
) STRICT;

CREATE INDEX event_by_session ON event (session);

CREATE TABLE exposure (
    session    INTEGER NOT NULL REFERENCES session (key) ON DELETE CASCADE,
    experiment TEXT    NOT NULL,
    variant    TEXT    NOT NULL,
    at         TEXT    NOT NULL,
    PRIMARY KEY (session, experiment)
) STRICT, WITHOUT ROWID;

CREATE INDEX exposure_by_experiment ON exposure (experiment, at);
