-- Tiles of what low zooms show: shapes kept in Web Mercator, or their label points with p_are_labels.
-- The lateral alias s has: shape, sorted (the order in the tile) and what the tile carries.
CREATE OR REPLACE FUNCTION tiles.render_kept(
    p_name text, p_shapes text, p_columns text, p_are_labels boolean, p_z integer[], p_x integer[], p_y integer[]
) RETURNS TABLE (z integer, x integer, y integer, mvt bytea)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'WITH box AS MATERIALIZED (
             SELECT asked.z, asked.x, asked.y, ST_TileEnvelope(asked.z, asked.x, asked.y) AS envelope,
                    ST_TileEnvelope(asked.z, asked.x, asked.y, margin => %4$s / 4096.0) AS searched
               FROM unnest($1, $2, $3) AS asked (z, x, y))
         SELECT drawn.z, drawn.x, drawn.y, ST_AsMVT(drawn.shown, %1$L, 4096, ''geom'')
           FROM (SELECT box.z, box.x, box.y, s.sorted, shown
                   FROM box JOIN (%2$s) AS s ON s.shape && box.searched AND %5$s
                  CROSS JOIN LATERAL (SELECT ST_AsMVTGeom(s.shape, box.envelope, 4096, %4$s) AS geom, %3$s) AS shown
                  ORDER BY box.z, box.x, box.y, s.sorted) AS drawn
          GROUP BY drawn.z, drawn.x, drawn.y',
        p_name || CASE WHEN p_are_labels THEN '_labels' ELSE '' END,
        p_shapes,
        p_columns,
        CASE WHEN p_are_labels THEN 0 ELSE 64 END,
        CASE WHEN p_are_labels THEN 'tiles.holds(box.envelope, s.shape)' ELSE 'true' END)
    USING p_z, p_x, p_y;
END $$;

CREATE OR REPLACE FUNCTION tiles.render_dissolved(
    p_layer text, p_level text, p_are_labels boolean, p_z integer[], p_x integer[], p_y integer[]
) RETURNS TABLE (z integer, x integer, y integer, mvt bytea)
    LANGUAGE sql STABLE
AS $$
    SELECT * FROM tiles.render_kept(
        p_layer || '_' || p_level,
        format('SELECT %I AS shape, key AS sorted, n, nullif(area_m2, 0)::bigint AS area_m2,
                       nullif(length_m, 0)::bigint AS length_m, fields
                  FROM tiles.dissolved WHERE layer_id = %L AND level = %L',
               CASE WHEN p_are_labels THEN 'label' ELSE 'geom' END, p_layer, p_level),
        's.n, s.area_m2, s.length_m, s.fields', p_are_labels, p_z, p_x, p_y)
$$;

CREATE OR REPLACE FUNCTION tiles.render_counted(
    p_layer text, p_areas text, p_are_labels boolean, p_z integer[], p_x integer[], p_y integer[]
) RETURNS TABLE (z integer, x integer, y integer, mvt bytea)
    LANGUAGE sql STABLE
AS $$
    SELECT * FROM tiles.render_kept(
        p_layer || '_by_' || regexp_replace(p_areas, 's$', ''),
        format('SELECT a.%I AS shape, a.district_id || ''/'' || a.ref AS sorted, a.name, c.n,
                       nullif(c.area_m2, 0)::bigint AS area_m2, nullif(c.length_m, 0)::bigint AS length_m, c.fields
                  FROM tiles.area AS a JOIN tiles.count AS c USING (areas, district_id, ref)
                 WHERE a.areas = %L AND c.layer_id = %L AND c.n > 0',
               CASE WHEN p_are_labels THEN 'label' ELSE 'geom' END, p_areas, p_layer),
        's.name, s.n, s.area_m2, s.length_m, s.fields', p_are_labels, p_z, p_x, p_y)
$$;
