-- Tiles of what low zooms show: shapes kept in Web Mercator, or their label points with p_are_labels.
-- p_shapes is SQL text with: geom, shape (geom, or the label within it), sorted (the order in the tile) and
-- p_columns, what the tile carries. Geom is indexed and therefore asked for labels too.
CREATE OR REPLACE FUNCTION tiles.render_kept(
    p_name text, p_shapes text, p_columns text, p_are_labels boolean, p_z integer[], p_x integer[], p_y integer[]
) RETURNS TABLE (z integer, x integer, y integer, mvt bytea)
    LANGUAGE sql STABLE
AS $$
    SELECT * FROM tiles.encode(
        p_name || CASE WHEN p_are_labels THEN '_labels' ELSE '' END,
        format('SELECT ST_AsMVTGeom(s.shape, box.envelope, 4096, %s) AS geom, %s
                  FROM (%s) AS s WHERE s.geom && box.buffered%s ORDER BY s.sorted',
            CASE WHEN p_are_labels THEN '0' ELSE '64' END,
            p_columns,
            p_shapes,
            CASE WHEN p_are_labels THEN ' AND tiles.holds(box.envelope, s.shape)' END),
        NULL, p_z, p_x, p_y)
$$;

CREATE OR REPLACE FUNCTION tiles.render_groups(
    p_name text, p_groups text, p_are_labels boolean, p_z integer[], p_x integer[], p_y integer[]
) RETURNS TABLE (z integer, x integer, y integer, mvt bytea)
    LANGUAGE sql STABLE
AS $$
    SELECT * FROM tiles.render_kept(
        p_name,
        format('SELECT d.geom, d.%I AS shape, d.key AS sorted, d.n, d.fields FROM %s',
               CASE WHEN p_are_labels THEN 'label' ELSE 'geom' END, p_groups),
        's.n, s.fields', p_are_labels, p_z, p_x, p_y)
$$;

CREATE OR REPLACE FUNCTION tiles.render_dissolved(
    p_layer text, p_level text, p_are_labels boolean, p_z integer[], p_x integer[], p_y integer[]
) RETURNS TABLE (z integer, x integer, y integer, mvt bytea)
    LANGUAGE sql STABLE
AS $$
    SELECT * FROM tiles.render_groups(
        p_layer || '_' || p_level,
        format('(SELECT * FROM tiles.dissolved WHERE layer_id = %L AND level = %L) AS d', p_layer, p_level),
        p_are_labels, p_z, p_x, p_y)
$$;

CREATE OR REPLACE FUNCTION tiles.render_dissolved_at(
    p_layer text, p_level text, p_by text[], p_cell_m integer, p_field text, p_least numeric, p_tolerance float8,
    p_as_of bigint, p_are_labels boolean, p_z integer[], p_x integer[], p_y integer[]
) RETURNS TABLE (z integer, x integer, y integer, mvt bytea)
    LANGUAGE sql STABLE
AS $$
    SELECT * FROM tiles.render_groups(
        p_layer || '_' || p_level,
        format('tiles.dissolved_at(%L, %L, %L, %L, %L, %L, %L, %L, %L) AS d', p_layer, p_level, p_by, p_cell_m, p_field,
               p_least, p_tolerance, p_as_of, tiles.ground(p_z, p_x, p_y)),
        p_are_labels, p_z, p_x, p_y)
$$;

CREATE OR REPLACE FUNCTION tiles.render_areas(
    p_layer text, p_areas text, p_counted text, p_are_labels boolean, p_z integer[], p_x integer[], p_y integer[]
) RETURNS TABLE (z integer, x integer, y integer, mvt bytea)
    LANGUAGE sql STABLE
AS $$
    SELECT * FROM tiles.render_kept(
        p_layer || '_by_' || regexp_replace(p_areas, 's$', ''),
        format('SELECT a.geom, a.%I AS shape, a.district_id || ''/'' || a.ref AS sorted, a.name, a.n,
                       nullif(a.area_m2, 0)::bigint AS area_m2, nullif(a.length_m, 0)::bigint AS length_m, a.fields
                  FROM %s', CASE WHEN p_are_labels THEN 'label' ELSE 'geom' END, p_counted),
        's.name, s.n, s.area_m2, s.length_m, s.fields', p_are_labels, p_z, p_x, p_y)
$$;

-- OFFSET 0: tile by tile the areas in it and then their counts, also where a load has outrun the statistics.
CREATE OR REPLACE FUNCTION tiles.render_counted(
    p_layer text, p_areas text, p_are_labels boolean, p_z integer[], p_x integer[], p_y integer[]
) RETURNS TABLE (z integer, x integer, y integer, mvt bytea)
    LANGUAGE sql STABLE
AS $$
    SELECT * FROM tiles.render_areas(
        p_layer, p_areas,
        format('(SELECT a.geom, a.label, a.district_id, a.ref, a.name, c.n, c.area_m2, c.length_m, c.fields
                   FROM tiles.area AS a CROSS JOIN LATERAL (
                        SELECT * FROM tiles.count AS c
                         WHERE (c.layer_id, c.areas, c.district_id, c.ref) = (%L, a.areas, a.district_id, a.ref)
                           AND c.n > 0 OFFSET 0) AS c
                  WHERE a.areas = %L) AS a', p_layer, p_areas),
        p_are_labels, p_z, p_x, p_y)
$$;

CREATE OR REPLACE FUNCTION tiles.render_counted_at(
    p_layer text, p_areas text, p_prevailing text, p_as_of bigint, p_are_labels boolean, p_z integer[], p_x integer[],
    p_y integer[]
) RETURNS TABLE (z integer, x integer, y integer, mvt bytea)
    LANGUAGE sql STABLE
AS $$
    SELECT * FROM tiles.render_areas(
        p_layer, p_areas,
        format('tiles.counted_at(%L, %L, %L, %L, %L) AS a', p_layer, p_areas, p_prevailing, p_as_of,
               tiles.ground(p_z, p_x, p_y)),
        p_are_labels, p_z, p_x, p_y)
$$;
