-- postgres only: an office on SQLite has its files in its folder alone.
CREATE TABLE file (
	name    TEXT PRIMARY KEY,  -- within the data folder, with slashes
	version INTEGER NOT NULL,  -- the change that put it here, or took it away
	sum     TEXT NOT NULL,     -- SHA-256 of body; empty once it was taken away
	body    BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX file_version ON file (version);
