-- Which of some tiles show something of a layer: a feature, or one of the areas it is counted in.
CREATE OR REPLACE FUNCTION tiles.occupied(p_layer text, p_areas text[], p_z integer, p_x integer[], p_y integer[])
    RETURNS TABLE (x integer, y integer)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'WITH box AS MATERIALIZED (
             SELECT asked.x, asked.y, ST_TileEnvelope($2, asked.x, asked.y, margin => 64.0 / 4096) AS envelope,
                    ST_Transform(ST_TileEnvelope($2, asked.x, asked.y, margin => 64.0 / 4096), $5) AS searched
               FROM unnest($3, $4) AS asked (x, y))
         SELECT box.x, box.y FROM box
          WHERE EXISTS (SELECT FROM tiles.area AS a WHERE a.areas = ANY ($1) AND a.geom && box.envelope)
             OR EXISTS (SELECT FROM pool.%I AS f WHERE f.geom && box.searched)', p_layer)
    USING p_areas, p_z, p_x, p_y, (SELECT storage_srid FROM ops.profile);
END $$;
