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

-- name: beside_reshaped
-- What is new or reshaped, and the records of the file around it.
WITH beside AS MATERIALIZED (
    SELECT DISTINCT s.line FROM staged AS c JOIN staged AS s ON s.geom && c.geom
     WHERE c.state IN ('new', 'moved'))
SELECT line, ST_AsBinary(geom) AS geom FROM staged JOIN beside USING (line) WHERE is_sound ORDER BY line

-- name: overlaps_within_file
-- Pairs first, by index, then the costly questions; the common ground shrunk by half the width tells slivers apart.
WITH pair AS MATERIALIZED (
    SELECT DISTINCT least(s.line, o.line) AS line, greatest(s.line, o.line) AS other_line
      FROM staged AS s JOIN staged AS o ON o.geom && s.geom AND o.line <> s.line AND o.is_sound
     WHERE s.line = ANY (CAST(:suspects AS integer[]))),
shared AS MATERIALIZED (
    SELECT a.line, a.ref, b.line AS other_line, b.ref AS other_ref,
           a.state IN ('new', 'moved') AS is_reshaped, b.state IN ('new', 'moved') AS is_other_reshaped,
           ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3) AS geom
      FROM pair JOIN staged AS a ON a.line = pair.line JOIN staged AS b ON b.line = pair.other_line
     WHERE a.ref IS DISTINCT FROM b.ref AND (a.state IN ('new', 'moved') OR b.state IN ('new', 'moved'))
       AND ST_Intersects(a.geom, b.geom) AND NOT ST_Touches(a.geom, b.geom))
SELECT line, ref, other_line, other_ref, is_reshaped, is_other_reshaped, ST_Area(geom) AS area,
       ST_AsBinary(geom) AS geom
  FROM shared
 WHERE ST_Area(geom) > :tolerance_m2 AND NOT ST_IsEmpty(ST_Buffer(geom, - CAST(:width_m AS float8) / 2))
 ORDER BY line, other_line

-- name: overlaps_with_published
-- Against what stays as it is: neither in the file nor ended by one of its operations.
WITH neighbour AS MATERIALIZED (
    SELECT ref, geom FROM published AS p
     WHERE NOT is_ending AND NOT EXISTS (SELECT FROM staged AS own WHERE own.ref = p.ref)),
shared AS MATERIALIZED (
    SELECT s.line, s.ref, n.ref AS other_ref, ST_CollectionExtract(ST_Intersection(s.geom, n.geom), 3) AS geom
      FROM neighbour AS n JOIN staged AS s ON s.geom && n.geom
     WHERE s.is_sound AND s.state IN ('new', 'moved')
       AND ST_Intersects(s.geom, n.geom) AND NOT ST_Touches(s.geom, n.geom))
SELECT line, ref, CAST(NULL AS integer) AS other_line, other_ref, ST_Area(geom) AS area, ST_AsBinary(geom) AS geom
  FROM shared
 WHERE ST_Area(geom) > :tolerance_m2 AND NOT ST_IsEmpty(ST_Buffer(geom, - CAST(:width_m AS float8) / 2))
 ORDER BY line, other_ref
