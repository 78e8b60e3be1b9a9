-- What people say of answers. Nobody is named: neither who said it nor what
-- the answer was.
CREATE TABLE feedback (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    useful INTEGER NOT NULL,
    why    TEXT NOT NULL -- masked
);
CREATE INDEX feedback_at ON feedback (at);
