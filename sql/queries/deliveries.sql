-- What of a layer each district has brought; :ground is an outline as hexadecimal EWKB in the storage CRS.

-- name: changed
SELECT e.epoch, e.published_at FROM pool.epoch AS e
 WHERE e.epoch = (SELECT max(epoch) FROM pool.publishes_of(:layer))

-- name: districts
-- Those in sight: a published border meets the ground; without one nobody knows where the district ends.
WITH border AS MATERIALIZED (
    SELECT district_id, ST_Union(geom) AS geom FROM pool.districts GROUP BY district_id),
seen AS (
    SELECT d.district_id, d.place, border.geom
      FROM unnest(CAST(:districts AS integer[])) WITH ORDINALITY AS d (district_id, place)
      LEFT JOIN border USING (district_id)
     WHERE border.geom IS NULL OR ST_Intersects(border.geom, CAST(:ground AS geometry))),
changed AS (
    SELECT district_id, max(epoch) AS epoch FROM pool.publishes_of(:layer) GROUP BY district_id),
last AS (
    SELECT seen.district_id, coalesce(c.n, 0) AS features, seen.place,
           greatest(own.epoch, CASE WHEN c.n > 0 THEN together.epoch END) AS epoch,
           ST_Area(ST_Intersection(seen.geom, CAST(:ground AS geometry))) AS seen_m2
      FROM seen
      LEFT JOIN pool.counter AS c ON c.layer_id = :layer AND c.district_id = seen.district_id
      LEFT JOIN changed AS own ON own.district_id = seen.district_id
      LEFT JOIN changed AS together ON together.district_id IS NULL)
SELECT last.district_id, last.features, last.epoch, e.published_at, last.seen_m2
  FROM last LEFT JOIN pool.epoch AS e USING (epoch)
 ORDER BY last.place

-- name: surveys
-- A theme of :whole holds for the district wherever its outline runs.
SELECT district_id, theme, bool_or(state <> 'surveyed') AS is_under_review, min(as_of) AS as_of,
       sum(CASE WHEN theme = ANY (CAST(:whole AS text[])) THEN NULL
                WHEN ST_CoveredBy(geom, CAST(:ground AS geometry)) THEN ST_Area(geom)
                ELSE ST_Area(ST_Intersection(geom, CAST(:ground AS geometry))) END) AS surveyed_m2
  FROM pool.coverage
 WHERE layer_id = :layer AND ST_IsValid(geom)
   AND (theme = ANY (CAST(:whole AS text[])) OR ST_Intersects(geom, CAST(:ground AS geometry)))
 GROUP BY district_id, theme

-- name: themes
SELECT DISTINCT theme FROM pool.coverage WHERE layer_id = :layer ORDER BY theme
