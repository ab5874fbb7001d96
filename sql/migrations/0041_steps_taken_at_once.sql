-- Which steps of a changeset were taken by one commit; of earlier ones nobody asks any more.
SET LOCAL lock_timeout = '5s';

ALTER TABLE inbox.transition ADD COLUMN in_transaction xid8;
ALTER TABLE inbox.transition ALTER COLUMN in_transaction SET DEFAULT pg_current_xact_id();
