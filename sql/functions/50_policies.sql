-- Row-level security: the database itself refuses a district that writes into another's rows.
DO $$
DECLARE
    layer text;
    reads text;
BEGIN
    FOR layer IN SELECT tablename FROM pg_tables WHERE schemaname = 'history' LOOP
        reads := CASE WHEN layer IN ('water_lines', 'sewer_lines', 'power_lines')
                      THEN '(SELECT auth.audience() >= 1)' ELSE 'true' END;
        EXECUTE format('ALTER TABLE pool.%I ENABLE ROW LEVEL SECURITY', layer);
        EXECUTE format('ALTER TABLE history.%I ENABLE ROW LEVEL SECURITY', layer);
        EXECUTE format('DROP POLICY IF EXISTS reads ON pool.%I', layer);
        EXECUTE format('DROP POLICY IF EXISTS reads ON history.%I', layer);
        EXECUTE format('DROP POLICY IF EXISTS inserts ON pool.%I', layer);
        EXECUTE format('DROP POLICY IF EXISTS updates ON pool.%I', layer);
        EXECUTE format('DROP POLICY IF EXISTS deletes ON pool.%I', layer);
        EXECUTE format('CREATE POLICY reads ON pool.%I FOR SELECT USING (%s)', layer, reads);
        EXECUTE format('CREATE POLICY reads ON history.%I FOR SELECT USING (%s)', layer, reads);
        EXECUTE format('CREATE POLICY inserts ON pool.%I FOR INSERT
            WITH CHECK ((SELECT auth.role()) = ''publisher'' AND district_id = (SELECT auth.district()))', layer);
        EXECUTE format('CREATE POLICY updates ON pool.%I FOR UPDATE
            USING ((SELECT auth.role()) = ''publisher'' AND district_id = (SELECT auth.district()))', layer);
        EXECUTE format('CREATE POLICY deletes ON pool.%I FOR DELETE
            USING ((SELECT auth.role()) = ''publisher'' AND district_id = (SELECT auth.district()))', layer);
    END LOOP;

    FOREACH layer IN ARRAY ARRAY['lineage', 'coverage'] LOOP
        EXECUTE format('ALTER TABLE pool.%I ENABLE ROW LEVEL SECURITY', layer);
        EXECUTE format('DROP POLICY IF EXISTS reads ON pool.%I', layer);
        EXECUTE format('DROP POLICY IF EXISTS writes ON pool.%I', layer);
        EXECUTE format('CREATE POLICY reads ON pool.%I FOR SELECT USING (true)', layer);
        EXECUTE format('CREATE POLICY writes ON pool.%I
            USING (auth.may_publish(district_id)) WITH CHECK (auth.may_publish(district_id))', layer);
    END LOOP;

    FOREACH layer IN ARRAY ARRAY['upload', 'arrival', 'chunk', 'record', 'finding', 'changeset', 'change', 'kinship', 'operation', 'transition', 'progress', 'refused_piece', 'repair', 'habit', 'conflict'] LOOP
        EXECUTE format('ALTER TABLE inbox.%I ENABLE ROW LEVEL SECURITY', layer);
        EXECUTE format('DROP POLICY IF EXISTS own_district ON inbox.%I', layer);
        EXECUTE format('CREATE POLICY own_district ON inbox.%I
            USING (auth.may_handle(district_id)) WITH CHECK (auth.may_handle(district_id))', layer);
    END LOOP;
END $$;

GRANT USAGE ON SCHEMA pool, history, inbox, tiles, auth, ops TO gis_web, gis_worker;
GRANT SELECT ON ALL TABLES IN SCHEMA pool, history, tiles, auth, ops TO gis_web, gis_worker;
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pool TO gis_web, gis_worker;
REVOKE INSERT, UPDATE, DELETE ON pool.epoch, pool.counter FROM gis_web, gis_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA inbox, tiles TO gis_web, gis_worker;
GRANT INSERT ON ops.audit TO gis_web, gis_worker;
GRANT UPDATE (password_hash, session_no) ON auth.account TO gis_web;
