-- name: places
-- octet_length reads no body. A district's tiles are those that its border reaches, buffer included.
WITH within AS MATERIALIZED (
    SELECT reached.z, reached.x, reached.y
      FROM tiles.reached((SELECT array_agg(ST_Transform(geom, 3857)) FROM pool.districts
                           WHERE district_id = CAST(:district AS integer)), :z_from, :z_to) AS reached)
SELECT z, x, y, array_agg(layer_id) AS layers
  FROM tiles.tile
 WHERE layer_id = ANY (CAST(:layers AS text[]))
   AND (octet_length(body) > 0 OR CAST(:with_empty AS boolean))
   AND (CAST(:district AS integer) IS NULL OR (z, x, y) IN (SELECT within.z, within.x, within.y FROM within))
 GROUP BY z, x, y

-- name: bodies
SELECT layer_id, z, x, y, body
  FROM unnest(CAST(:layers AS text[]), CAST(:zs AS integer[]), CAST(:xs AS integer[]), CAST(:ys AS integer[]))
           AS wanted (layer_id, z, x, y)
  JOIN tiles.tile USING (layer_id, z, x, y)

-- name: has_border
SELECT EXISTS (SELECT FROM pool.districts WHERE district_id = :district)
