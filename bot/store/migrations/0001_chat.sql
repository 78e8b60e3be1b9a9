-- Times are milliseconds since 1970 in UTC. People and chats are salted hashes
-- except in the outbox, which needs the name until the message has gone.

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE session (
    channel TEXT NOT NULL,
    chat    TEXT NOT NULL,
    speaker TEXT NOT NULL,
    state   BLOB NOT NULL,
    updated INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (channel, chat, speaker)
) WITHOUT ROWID;

CREATE TABLE seen (
    channel TEXT NOT NULL,
    id      TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (channel, id)
) WITHOUT ROWID;
CREATE INDEX seen_at ON seen (at);

CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    channel    TEXT NOT NULL,
    chat       TEXT NOT NULL,
    grp        INTEGER NOT NULL,
    ref        TEXT NOT NULL,
    text       TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('pending', 'sending', 'sent', 'failed', 'unknown')),
    reason     TEXT NOT NULL DEFAULT '',
    receipt    TEXT NOT NULL DEFAULT '',
    tries      INTEGER NOT NULL DEFAULT 0,
    created    INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    expires    INTEGER NOT NULL, -- 0: never
    finished   INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX outbox_open ON outbox (channel, chat, grp, id) WHERE status IN ('pending', 'sending');
CREATE INDEX outbox_due ON outbox (channel, id) WHERE status = 'pending';

CREATE TABLE unanswered (
    question TEXT PRIMARY KEY,
    times    INTEGER NOT NULL,
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    channel  TEXT NOT NULL,
    person   TEXT NOT NULL,
    question TEXT NOT NULL,
    status   TEXT NOT NULL,
    clauses  TEXT NOT NULL, -- one a line
    version  TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at);

CREATE TABLE operator (
    channel TEXT NOT NULL,
    proof   TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (channel, proof)
) WITHOUT ROWID;

CREATE TABLE pairing (
    code    TEXT PRIMARY KEY,
    expires INTEGER NOT NULL
) WITHOUT ROWID;
