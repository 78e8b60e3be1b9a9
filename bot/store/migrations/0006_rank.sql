-- What goes first: -1 urgent, 0 an answer, 1 a reminder; and the chats in turn.
ALTER TABLE outbox ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_turn ON outbox (channel, rank, chat, grp, id) WHERE status = 'pending';
CREATE INDEX outbox_sending ON outbox (channel, chat, grp) WHERE status = 'sending';
DROP INDEX outbox_due;
