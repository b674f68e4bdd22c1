-- Times are UTC in ISO 8601, always with seven decimals, so that their order as text is their order in time.
CREATE TABLE learner (
    key            INTEGER PRIMARY KEY,
    id             TEXT    NOT NULL UNIQUE,
    since          TEXT    NOT NULL,
    first_language TEXT,
    level          TEXT
) STRICT;

CREATE TABLE turn (
    key       INTEGER PRIMARY KEY,
    learner   INTEGER NOT NULL REFERENCES learner (key) ON DELETE CASCADE,
    session   TEXT    NOT NULL,
    turn      TEXT    NOT NULL,
    at        TEXT    NOT NULL,
    text      TEXT    NOT NULL,
    speech    INTEGER NOT NULL,                   -- 100 ns
    total     REAL,                               -- these four are NULL where the pronunciation was not judged
    accuracy  REAL,
    fluency   REAL,
    prosody   REAL,
    UNIQUE (learner, session, turn)
) STRICT;

CREATE INDEX turn_by_time ON turn (learner, at);

CREATE TABLE mistake (
    turn      INTEGER NOT NULL REFERENCES turn (key) ON DELETE CASCADE,
    number    INTEGER NOT NULL,                   -- its place in the turn
    id        TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    rule      TEXT    NOT NULL,
    wrong     TEXT    NOT NULL,
    right     TEXT    NOT NULL,
    corrected TEXT,
    PRIMARY KEY (turn, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE word (
    turn      INTEGER NOT NULL REFERENCES turn (key) ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    lemma     TEXT    NOT NULL,
    accuracy  REAL,
    is_right  INTEGER NOT NULL,
    PRIMARY KEY (turn, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE phone (
    turn      INTEGER NOT NULL REFERENCES turn (key) ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    phone     TEXT    NOT NULL,
    score     REAL    NOT NULL,
    PRIMARY KEY (turn, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE review (
    learner     INTEGER NOT NULL REFERENCES learner (key) ON DELETE CASCADE,
    id          TEXT    NOT NULL,
    drill       TEXT    NOT NULL,
    prompt      TEXT    NOT NULL,
    answer      TEXT    NOT NULL,
    rule        TEXT    NOT NULL,
    due         TEXT    NOT NULL,
    phase       TEXT    NOT NULL,
    step        INTEGER NOT NULL,
    stability   REAL    NOT NULL,
    difficulty  REAL    NOT NULL,
    last_review TEXT,
    reviews     INTEGER NOT NULL,
    lapses      INTEGER NOT NULL,
    PRIMARY KEY (learner, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX review_by_due ON review (learner, due);

-- What is remembered of a learner, with its meaning as a vector of little-endian floats.
CREATE TABLE memory (
    learner INTEGER NOT NULL REFERENCES learner (key) ON DELETE CASCADE,
    id      TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    at      TEXT    NOT NULL,
    vector  BLOB    NOT NULL,
    PRIMARY KEY (learner, id)
) STRICT;
