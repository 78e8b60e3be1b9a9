-- Where a message may go instead, where it certainly did not go out: a JSON list
-- of targets, best first; empty: nowhere.
ALTER TABLE outbox ADD COLUMN others TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_others ON outbox (channel, id) WHERE status = 'pending' AND others <> '';
