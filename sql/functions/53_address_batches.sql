-- Somebody's list is their own affair; the worker reads it and writes the result.
ALTER TABLE search.batch ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own ON search.batch;
CREATE POLICY own ON search.batch USING (auth.role() = 'worker' OR account_id = auth.account());
GRANT SELECT, INSERT, DELETE ON search.batch TO gis_web, gis_worker;
GRANT UPDATE ON search.batch TO gis_worker;
