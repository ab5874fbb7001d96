-- Which of some tiles show something of a layer: a feature, or one of the areas it is counted in.
CREATE OR REPLACE FUNCTION tiles.occupied(p_layer text, p_areas text[], p_z integer[], p_x integer[], p_y integer[])
    RETURNS TABLE (z integer, x integer, y integer)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'WITH box AS MATERIALIZED (SELECT * FROM tiles.boxes($2, $3, $4))
         SELECT box.z, box.x, box.y FROM box
          WHERE EXISTS (SELECT FROM tiles.area AS a JOIN tiles.count AS c USING (areas, district_id, ref)
                         WHERE a.areas = ANY ($1) AND c.layer_id = %1$L AND c.n > 0 AND a.geom && box.buffered)
             OR EXISTS (SELECT FROM pool.%1$I AS f WHERE f.geom && box.searched)', p_layer)
    USING p_areas, p_z, p_x, p_y;
END $$;

-- How many features of a layer have a point inside them in a tile: as many at least it has to show.
CREATE OR REPLACE FUNCTION tiles.features_in_pool(p_layer text, p_z integer[], p_x integer[], p_y integer[])
    RETURNS TABLE (z integer, x integer, y integer, n bigint)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'WITH box AS MATERIALIZED (SELECT * FROM tiles.boxes($1, $2, $3))
         SELECT box.z, box.x, box.y, count(f.id)
           FROM box LEFT JOIN pool.%I AS f ON f.geom && box.searched
                AND tiles.holds(box.envelope, ST_Transform(ST_PointOnSurface(f.geom), 3857))
          GROUP BY box.z, box.x, box.y', p_layer)
    USING p_z, p_x, p_y;
END $$;
