-- An operator's direct chat, by the name that our own account gave it, so that
-- news can reach it; empty where the channel has no name that lasts.
ALTER TABLE operator ADD COLUMN chat TEXT NOT NULL DEFAULT '';

-- Groups in which an operator has had us be silent, as salted hashes.
CREATE TABLE muted (
    channel TEXT NOT NULL,
    chat    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (channel, chat)
) WITHOUT ROWID;

-- How each channel stood when its state last changed.
CREATE TABLE report (
    channel TEXT PRIMARY KEY,
    state   INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    cause   TEXT NOT NULL
) WITHOUT ROWID;
