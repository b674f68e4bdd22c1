-- What learners said of themselves.
CREATE TABLE fact (
    learner  INTEGER NOT NULL REFERENCES learner (key) ON DELETE CASCADE,
    id       TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    value    TEXT    NOT NULL,
    sentence TEXT    NOT NULL,
    at       TEXT    NOT NULL,
    PRIMARY KEY (learner, id)
) STRICT, WITHOUT ROWID;
