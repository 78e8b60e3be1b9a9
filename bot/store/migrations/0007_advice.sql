-- What the operator should do, in the channel's own words; empty: what is usual.
ALTER TABLE report ADD COLUMN advice TEXT NOT NULL DEFAULT '';
