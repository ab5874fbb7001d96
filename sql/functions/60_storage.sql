-- The profile's choices that live in the database: storage CRS and folding, both only while the pool is empty.
CREATE OR REPLACE FUNCTION ops.set_storage_crs(p_srid integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    spatial record;
BEGIN
    IF EXISTS (SELECT FROM pool.epoch) THEN
        RAISE EXCEPTION 'the pool holds data' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    FOR spatial IN
        SELECT f_table_schema AS schema, f_table_name AS name, f_geometry_column AS shape, type
          FROM public.geometry_columns
         WHERE (f_table_schema, f_geometry_column) IN (('pool', 'geom'), ('history', 'geom'), ('tiles', 'outline'))
           AND srid <> p_srid
    LOOP
        EXECUTE format('ALTER TABLE %1$I.%2$I ALTER COLUMN %3$I TYPE geometry(%4$s, %5$s) USING ST_SetSRID(%3$I, %5$s)',
            spatial.schema, spatial.name, spatial.shape, spatial.type, p_srid);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION ops.set_folding(p_from text, p_to text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE OR REPLACE FUNCTION pool.fold(value text) RETURNS text
            LANGUAGE sql IMMUTABLE PARALLEL SAFE
            AS $f$ SELECT btrim(regexp_replace(lower(translate(value, %L, %L) COLLATE "C"), ''[^a-z0-9]+'', '' '', ''g'')) $f$',
        p_from, p_to);
END $$;
