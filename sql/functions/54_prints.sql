-- A print belongs to the account that ordered it; one that nobody signed in for, to whoever knows its number.
ALTER TABLE ops.print ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own ON ops.print;
CREATE POLICY own ON ops.print
    USING (auth.role() = 'worker' OR account_id IS NULL OR account_id = auth.account());
GRANT SELECT, INSERT, DELETE ON ops.print TO gis_web, gis_worker;
GRANT UPDATE ON ops.print TO gis_worker;
GRANT SELECT, INSERT ON ops.short_link TO gis_web, gis_worker;
GRANT UPDATE (used_on) ON ops.short_link TO gis_web;
GRANT DELETE ON ops.short_link TO gis_worker;

CREATE OR REPLACE FUNCTION ops.prints_before(moment timestamptz) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(*) FROM ops.print WHERE state IN ('waiting', 'working') AND created_at < moment
$$;
GRANT EXECUTE ON FUNCTION ops.prints_before TO gis_web, gis_worker;
