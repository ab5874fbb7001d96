-- System time, superseded versions and counters are kept by triggers so that no writer can forget them.
CREATE OR REPLACE FUNCTION pool.stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Without an epoch there is no publish: the cast of an absent setting fails here, on purpose.
    NEW.epoch_from := current_setting('gis.epoch')::bigint;
    IF TG_OP = 'UPDATE' THEN
        NEW.version := OLD.version + 1;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION pool.measure_parcel() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.computed_area_m2 := round(ST_Area(NEW.geom)::numeric, 2);
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION history.keep() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pool, public, pg_temp
AS $$
DECLARE
    -- By name: a column that a later migration adds stands behind epoch_to in history.
    columns CONSTANT text := (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
                               WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped);
BEGIN
    EXECUTE format('INSERT INTO history.%I (%s, epoch_to) SELECT %2$s, $1 FROM old_rows', TG_TABLE_NAME, columns)
        USING current_setting('gis.epoch')::bigint;
    EXECUTE format('INSERT INTO answers.closed AS kept (layer_id, district_id, epoch_to, n)
        SELECT %L, district_id, $1, count(*) FROM old_rows GROUP BY district_id
        ON CONFLICT (layer_id, epoch_to, district_id) DO UPDATE SET n = kept.n + excluded.n', TG_TABLE_NAME)
        USING current_setting('gis.epoch')::bigint;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION pool.count_rows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pool, public, pg_temp
AS $$
DECLARE
    source text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT district_id, geom, 1 AS sign FROM new_rows'
        WHEN 'DELETE' THEN 'SELECT district_id, geom, -1 AS sign FROM old_rows'
        ELSE 'SELECT district_id, geom, 1 AS sign FROM new_rows
              UNION ALL SELECT district_id, geom, -1 FROM old_rows' END;
BEGIN
    EXECUTE format(
        'INSERT INTO pool.counter AS kept (layer_id, district_id, n, area_m2, length_m)
         SELECT %L, district_id, sum(sign), sum(sign * ST_Area(geom)), sum(sign * ST_Length(geom))
           FROM (%s) AS moved GROUP BY district_id
         ON CONFLICT (layer_id, district_id) DO UPDATE
            SET n = kept.n + excluded.n, area_m2 = kept.area_m2 + excluded.area_m2,
                length_m = kept.length_m + excluded.length_m', TG_TABLE_NAME, source);
    RETURN NULL;
END $$;

DO $$
DECLARE
    layer text;
BEGIN
    FOR layer IN SELECT tablename FROM pg_tables WHERE schemaname = 'history' LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER stamp BEFORE INSERT OR UPDATE ON pool.%I
            FOR EACH ROW EXECUTE FUNCTION pool.stamp()', layer);
        EXECUTE format('CREATE OR REPLACE TRIGGER keep_updated AFTER UPDATE ON pool.%I
            REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION history.keep()', layer);
        EXECUTE format('CREATE OR REPLACE TRIGGER keep_deleted AFTER DELETE ON pool.%I
            REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION history.keep()', layer);
        EXECUTE format('CREATE OR REPLACE TRIGGER count_inserted AFTER INSERT ON pool.%I
            REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION pool.count_rows()', layer);
        EXECUTE format('CREATE OR REPLACE TRIGGER count_updated AFTER UPDATE ON pool.%I
            REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION pool.count_rows()', layer);
        EXECUTE format('CREATE OR REPLACE TRIGGER count_deleted AFTER DELETE ON pool.%I
            REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION pool.count_rows()', layer);
    END LOOP;
END $$;

CREATE OR REPLACE TRIGGER measure BEFORE INSERT OR UPDATE ON pool.parcels
    FOR EACH ROW EXECUTE FUNCTION pool.measure_parcel();
