-- Groups of features that low zooms draw as one shape (layers.core.levels.Dissolved).

-- SQL text: the value that features f of a group share. Indexes write it out (migration 0006).
CREATE OR REPLACE FUNCTION tiles.group_key(p_by text[], p_cell_m integer) RETURNS text
    LANGUAGE sql STABLE
AS $$
    SELECT concat_ws(' || ''|'' || ',
        (SELECT string_agg(format('coalesce(f.%I::text, '''')', name), ' || ''|'' || ' ORDER BY place)
           FROM unnest(array_prepend('district_id', p_by)) WITH ORDINALITY AS listed (name, place)),
        CASE WHEN p_cell_m IS NOT NULL THEN format(
            'floor(ST_X(ST_Centroid(f.geom)) / %1$s)::integer || ''/'' || floor(ST_Y(ST_Centroid(f.geom)) / %1$s)::integer',
            p_cell_m) END)
$$;

-- SQL text: whether a feature f is drawn at all.
CREATE OR REPLACE FUNCTION tiles.is_drawn(p_field text, p_least numeric) RETURNS text
    LANGUAGE sql IMMUTABLE
AS $$ SELECT CASE WHEN p_field IS NULL THEN 'true' ELSE format('f.%I >= %L::numeric', p_field, p_least) END $$;

-- Where the middles of a group's members lie: its grid square in the storage CRS; NULL where the key has none.
CREATE OR REPLACE FUNCTION tiles.cell_box(p_key text, p_cell_m integer, p_srid integer) RETURNS geometry
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT ST_MakeEnvelope(p_cell_m * square[1]::integer, p_cell_m * square[2]::integer,
                           p_cell_m * (square[1]::integer + 1), p_cell_m * (square[2]::integer + 1), p_srid)
      FROM regexp_match(p_key, '(-?[0-9]+)/(-?[0-9]+)$') AS square WHERE p_cell_m IS NOT NULL
$$;

-- Keys of the groups that rows moved by an epoch belong to; without an epoch those of all published rows.
CREATE OR REPLACE FUNCTION tiles.group_keys(
    p_layer text, p_by text[], p_cell_m integer, p_field text, p_least numeric, p_epoch bigint DEFAULT NULL
) RETURNS SETOF text
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format('SELECT DISTINCT %s FROM %s AS f WHERE %s',
        tiles.group_key(p_by, p_cell_m),
        CASE WHEN p_epoch IS NULL THEN tiles.source(p_layer, NULL) ELSE tiles.moved(p_layer, p_epoch) END,
        tiles.is_drawn(p_field, p_least));
END $$;

-- The groups with those keys, made from the rows of an epoch. A group without members has no row.
CREATE OR REPLACE FUNCTION tiles.groups(
    p_layer text, p_by text[], p_cell_m integer, p_field text, p_least numeric, p_keys text[],
    p_as_of bigint DEFAULT NULL
) RETURNS TABLE (key text, district_id integer, n bigint, area_m2 float8, length_m float8, fields jsonb, outline geometry)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT asked.key, min(f.district_id), count(*), round(sum(ST_Area(f.geom))), round(sum(ST_Length(f.geom))),
                jsonb_strip_nulls(jsonb_build_object(%1$s)), ST_Multi(%2$s)
           FROM (SELECT key, tiles.cell_box(key, $2, $3) AS square FROM unnest($1) AS key OFFSET 0) AS asked
           JOIN %3$s AS f ON %4$s = asked.key AND %5$s AND %6$s
          GROUP BY asked.key',
        (SELECT string_agg(format('%L, min(f.%I)', name, name), ', ') FROM unnest(p_by) AS name),
        CASE WHEN (SELECT type FROM geometry_columns
                    WHERE f_table_schema = 'pool' AND f_table_name = p_layer) = 'MULTIPOLYGON'
             THEN 'ST_Union(f.geom)' ELSE 'ST_LineMerge(ST_CollectionExtract(ST_Collect(f.geom), 2))' END,
        tiles.source(p_layer, p_as_of),
        tiles.group_key(p_by, p_cell_m),
        tiles.is_drawn(p_field, p_least),
        CASE WHEN p_cell_m IS NULL THEN 'true' ELSE 'f.geom && asked.square' END)
    USING p_keys, p_cell_m, (SELECT storage_srid FROM ops.profile);
END $$;

-- Groups of the same districts that share a border with the ones named or with the outlines they are about to
-- have, and as context the neighbours of those. OFFSET 0: the shape finds candidates, not layer and level, which
-- the planner would take for the shorter way.
CREATE OR REPLACE FUNCTION tiles.neighbours(p_layer text, p_level text, p_keys text[], p_outlines bytea[])
    RETURNS TABLE (key text, is_context boolean)
    LANGUAGE sql STABLE SET enable_seqscan = off
AS $$
    WITH named AS MATERIALIZED (SELECT key, split_part(key, '|', 1)::integer AS district_id FROM unnest(p_keys) AS key),
    made AS MATERIALIZED (
        SELECT ST_GeomFromEWKB(shape) AS outline FROM unnest(p_outlines) AS shape
         UNION ALL
        SELECT d.outline FROM named JOIN tiles.dissolved AS d USING (key) WHERE d.layer_id = p_layer AND d.level = p_level),
    beside AS MATERIALIZED (
        SELECT DISTINCT ON (d.key) d.key, d.district_id, d.outline FROM made CROSS JOIN LATERAL (
               SELECT * FROM tiles.dissolved AS near
                WHERE near.outline && made.outline AND ST_Intersects(near.outline, made.outline) OFFSET 0) AS d
         WHERE d.layer_id = p_layer AND d.level = p_level
           AND d.district_id IN (SELECT district_id FROM named) AND d.key NOT IN (SELECT key FROM named)),
    further AS (
        SELECT DISTINCT d.key FROM beside CROSS JOIN LATERAL (
               SELECT * FROM tiles.dissolved AS near
                WHERE near.outline && beside.outline AND ST_Intersects(near.outline, beside.outline) OFFSET 0) AS d
         WHERE d.layer_id = p_layer AND d.level = p_level AND d.district_id = beside.district_id
           AND d.key NOT IN (SELECT key FROM named UNION ALL SELECT key FROM beside))
    SELECT key, false FROM beside UNION ALL SELECT key, true FROM further
$$;
