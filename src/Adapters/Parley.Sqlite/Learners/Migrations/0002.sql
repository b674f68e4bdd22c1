-- Vectors of different embedders say nothing to each other: each names its own.
CREATE TABLE memory_of (
    learner  INTEGER NOT NULL REFERENCES learner (key) ON DELETE CASCADE,
    embedder TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    text     TEXT    NOT NULL,
    at       TEXT    NOT NULL,
    vector   BLOB    NOT NULL,
    PRIMARY KEY (learner, embedder, id)
) STRICT;

INSERT INTO memory_of SELECT learner, 'parley/lexical', id, kind, text, at, vector FROM memory;
DROP TABLE memory;
ALTER TABLE memory_of RENAME TO memory;
