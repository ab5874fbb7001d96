-- Named groups of the shapes of a shared drawing, in their order; a drawing from before has none.
SET LOCAL lock_timeout = '5s';

ALTER TABLE ops.drawing ADD COLUMN groups jsonb NOT NULL DEFAULT '[]';
