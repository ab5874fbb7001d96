-- A street is also found by the names that people give it and by those it had before.
SET LOCAL lock_timeout = '5s';

ALTER TABLE pool.addresses ADD COLUMN other_names text, ADD COLUMN former_names text;
ALTER TABLE history.addresses ADD COLUMN other_names text, ADD COLUMN former_names text;
ALTER TABLE pool.roads ADD COLUMN other_names text, ADD COLUMN former_names text;
ALTER TABLE history.roads ADD COLUMN other_names text, ADD COLUMN former_names text;

-- As written, several of them in one text.
ALTER TABLE search.street ADD COLUMN other_names text[];

-- As it was written, to be shown; what was remembered before has only its key.
ALTER TABLE search.former_name ADD COLUMN name text;
