-- Groups of features that low zooms draw as one shape (layers.core.levels.Dissolved).

-- The grid square of a zoom that the middle of a shape lies in, as "x/y".
CREATE OR REPLACE FUNCTION tiles.cell(p_shape geometry, p_zoom integer) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT floor((ST_X(middle) + 20037508.342789244) / side)::integer || '/'
        || floor((20037508.342789244 - ST_Y(middle)) / side)::integer
      FROM (SELECT ST_Transform(ST_Centroid(p_shape), 3857) AS middle,
                   40075016.685578488 / (1 << p_zoom) AS side OFFSET 0) AS placed
$$;

-- SQL text: the value that features f of a group share. Indexes write it out (migration 0006).
CREATE OR REPLACE FUNCTION tiles.group_key(p_by text[], p_cell_zoom integer) RETURNS text
    LANGUAGE sql STABLE
AS $$
    SELECT concat_ws(' || ''|'' || ',
        (SELECT string_agg(format('coalesce(f.%I::text, '''')', name), ' || ''|'' || ' ORDER BY place)
           FROM unnest(array_prepend('district_id', p_by)) WITH ORDINALITY AS listed (name, place)),
        CASE WHEN p_cell_zoom IS NOT NULL THEN format('tiles.cell(f.geom, %s)', p_cell_zoom) END)
$$;

-- SQL text: whether a feature f is drawn at all.
CREATE OR REPLACE FUNCTION tiles.is_drawn(p_field text, p_least numeric) RETURNS text
    LANGUAGE sql IMMUTABLE
AS $$ SELECT CASE WHEN p_field IS NULL THEN 'true' ELSE format('f.%I >= %L::numeric', p_field, p_least) END $$;

-- Where the members of a group can lie: its grid square in the storage CRS; NULL where the key has none.
CREATE OR REPLACE FUNCTION tiles.cell_box(p_key text, p_zoom integer, p_srid integer) RETURNS geometry
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT ST_Transform(ST_TileEnvelope(p_zoom, square[1]::integer, square[2]::integer), p_srid)
      FROM regexp_match(p_key, '([0-9]+)/([0-9]+)$') AS square WHERE p_zoom IS NOT NULL
$$;

-- Keys of the groups that rows moved by some epochs belong to.
CREATE OR REPLACE FUNCTION tiles.moved_groups(
    p_layer text, p_by text[], p_cell_zoom integer, p_field text, p_least numeric, p_first bigint, p_last bigint
) RETURNS SETOF text
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format('SELECT DISTINCT %s FROM %s AS f WHERE %s',
        tiles.group_key(p_by, p_cell_zoom), tiles.moved(p_layer, p_first, p_last), tiles.is_drawn(p_field, p_least));
END $$;

-- The groups with those keys, made from the rows of an epoch. A group without members has no row.
CREATE OR REPLACE FUNCTION tiles.groups(
    p_layer text, p_by text[], p_cell_zoom integer, p_field text, p_least numeric, p_keys text[],
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
             THEN 'ST_Union(f.geom)' ELSE 'ST_LineMerge(ST_Collect(f.geom))' END,
        tiles.source(p_layer, p_as_of),
        tiles.group_key(p_by, p_cell_zoom),
        tiles.is_drawn(p_field, p_least),
        CASE WHEN p_cell_zoom IS NULL THEN 'true' ELSE 'f.geom && asked.square' END)
    USING p_keys, p_cell_zoom, (SELECT storage_srid FROM ops.profile);
END $$;
