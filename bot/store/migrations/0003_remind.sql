-- A reminder: what to say and when, as the package of phrases wrote it down,
-- and to which one chat. The chat's name is kept in clear, as in the outbox.
CREATE TABLE reminder (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    plan     BLOB NOT NULL,
    channel  TEXT NOT NULL,
    chat     TEXT NOT NULL,
    grp      INTEGER NOT NULL,
    approver TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('active', 'paused', 'cancelled', 'done')),
    created  INTEGER NOT NULL,
    due      INTEGER NOT NULL, -- the next time it is for; 0: no more
    at       INTEGER NOT NULL, -- when it is to be dealt with: due, or moved
    moved    TEXT NOT NULL,    -- why at is not due
    note     TEXT NOT NULL     -- what the calendar has to say of due
);
CREATE INDEX reminder_at ON reminder (at, id) WHERE state = 'active' AND due > 0;

-- What became of each time of a reminder. A reminder has one target, so that
-- the key lets each be claimed once for each time.
CREATE TABLE firing (
    reminder INTEGER NOT NULL REFERENCES reminder (id),
    due      INTEGER NOT NULL,
    target   TEXT NOT NULL,    -- salted hash
    outcome  TEXT NOT NULL CHECK (outcome IN ('queued', 'sent', 'failed', 'unknown', 'missed', 'muted', 'dropped')),
    reason   TEXT NOT NULL,
    outbox   INTEGER NOT NULL, -- the message; 0: none
    at       INTEGER NOT NULL,
    told     INTEGER NOT NULL DEFAULT 0, -- the operators have heard of it, or need not
    PRIMARY KEY (reminder, due)
) WITHOUT ROWID;
CREATE INDEX firing_outbox ON firing (outbox) WHERE outbox > 0;
CREATE INDEX firing_target ON firing (target, at);
CREATE INDEX firing_untold ON firing (at) WHERE told = 0 AND outcome IN ('failed', 'unknown', 'missed');
CREATE INDEX firing_queued ON firing (outbox) WHERE outcome = 'queued';

-- Groups that want no reminders, as salted hashes.
CREATE TABLE remind_mute (
    channel TEXT NOT NULL,
    chat    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (channel, chat)
) WITHOUT ROWID;

-- A reminder that waits for the 确认 of whoever wrote it.
CREATE TABLE draft (
    channel TEXT NOT NULL,
    chat    TEXT NOT NULL,
    speaker TEXT NOT NULL,
    body    BLOB NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (channel, chat, speaker)
) WITHOUT ROWID;
