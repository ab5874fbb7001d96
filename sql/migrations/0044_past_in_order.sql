-- A page of a past day is read in the order of the answer, from superseded versions as from the published ones.
SET LOCAL lock_timeout = '5s';

DO $$
DECLARE
    layer text;
BEGIN
    FOR layer IN SELECT tablename FROM pg_tables WHERE schemaname = 'history' LOOP
        EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON history.%I (id)', layer || '_id', layer);
    END LOOP;
END $$;
