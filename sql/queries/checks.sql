-- name: outline
SELECT ST_AsBinary(ST_Union(geom)) AS geom FROM pool.districts WHERE district_id = :district

-- name: limit_time
-- Until the transaction or savepoint ends; answers with what was in force before.
SELECT current_setting('statement_timeout') AS before, set_config('statement_timeout', :milliseconds, true)

-- name: repeated_refs
SELECT s.line, s.ref, min(other.line) AS other_line
  FROM staged AS s JOIN staged AS other ON other.ref = s.ref AND other.line <> s.line
 GROUP BY s.line, s.ref ORDER BY s.line

-- name: foreign_refs
SELECT s.line, s.ref, p.district_id
  FROM staged AS s JOIN published AS p ON p.ref = s.ref AND p.district_id <> :district
 ORDER BY s.line

-- name: fabric
-- The areas of the file and the published ones around them that stay as they are: neither in it nor ended by it.
SELECT line, ref, state IN ('new', 'moved') AS is_reshaped, state = 'new' AS is_new, ST_AsBinary(geom) AS geom,
       CASE WHEN state = 'moved' THEN ST_AsBinary(geom_before) END AS geom_before
  FROM staged WHERE is_sound AND ST_Area(geom) > 0
 UNION ALL
SELECT NULL, ref, false, false, ST_AsBinary(geom), NULL
  FROM published AS p
 WHERE NOT is_ending AND NOT EXISTS (SELECT FROM staged AS own WHERE own.ref = p.ref)
 ORDER BY line, ref

-- name: fabric_of_changes
-- The same, of a file that repeats the pool: only the ground that it changes, what touches it, and what touches that,
-- so that open ground beside it is closed around. What nobody has touched is as it was published.
WITH changed AS MATERIALIZED (
       SELECT geom FROM staged WHERE state IN ('new', 'moved') AND is_sound
        UNION ALL
       SELECT geom_before FROM staged WHERE state = 'moved'
        UNION ALL
       SELECT geom FROM published WHERE is_ending),
     touched AS MATERIALIZED (
       SELECT DISTINCT s.geom FROM changed AS c JOIN staged AS s ON s.geom && ST_Expand(c.geom, 1)
        UNION ALL
       SELECT DISTINCT p.geom FROM changed AS c JOIN published AS p ON p.geom && ST_Expand(c.geom, 1)),
     near AS MATERIALIZED (
       SELECT s.line, NULL::uuid AS uid FROM touched AS t JOIN staged AS s ON s.geom && ST_Expand(t.geom, 1)
        UNION
       SELECT NULL, p.uid FROM touched AS t JOIN published AS p ON p.geom && ST_Expand(t.geom, 1))
SELECT line, ref, state IN ('new', 'moved') AS is_reshaped, state = 'new' AS is_new, ST_AsBinary(geom) AS geom,
       CASE WHEN state = 'moved' THEN ST_AsBinary(geom_before) END AS geom_before
  FROM staged WHERE is_sound AND ST_Area(geom) > 0 AND line IN (SELECT line FROM near)
 UNION ALL
SELECT NULL, ref, false, false, ST_AsBinary(geom), NULL
  FROM published AS p
 WHERE NOT is_ending AND uid IN (SELECT uid FROM near)
   AND NOT EXISTS (SELECT FROM staged AS own WHERE own.ref = p.ref)
 ORDER BY line, ref

-- name: staying_neighbours
-- Published areas near new or reshaped ones of the file that stay as they are, whether the file names them or not.
SELECT p.ref, ST_AsBinary(p.geom) AS geom
  FROM published AS p
 WHERE NOT is_ending AND ST_Area(p.geom) > 0
   AND NOT EXISTS (SELECT FROM staged AS own WHERE own.ref = p.ref AND own.state = 'moved')
   AND p.uid IN (SELECT near.uid
                   FROM staged AS s JOIN published AS near ON near.geom && ST_Expand(s.geom, :within_m)
                  WHERE s.state IN ('new', 'moved') AND s.is_sound)
 ORDER BY p.ref

-- name: reshaped_near
-- Of a first load few lie beside something that is published.
SELECT line, ref, ST_AsBinary(geom) AS geom, ST_AsBinary(geom_before) AS geom_before
  FROM staged AS s
 WHERE state IN ('new', 'moved') AND is_sound AND ST_Area(geom) > 0
   AND EXISTS (SELECT FROM published AS p
                WHERE p.geom && ST_Expand(s.geom, :within_m) AND p.ref IS DISTINCT FROM s.ref AND NOT p.is_ending)
 ORDER BY line
