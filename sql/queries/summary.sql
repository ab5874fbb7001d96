-- What lies on a piece of ground, seen from afar; :ground is its outline as hexadecimal EWKB in the storage CRS.

-- name: groups
SELECT fields ->> :field AS key, sum(n) AS n, sum(area_m2) AS area_m2, sum(length_m) AS length_m
  FROM tiles.dissolved
 WHERE layer_id = :layer AND level = :level AND outline && CAST(:ground AS geometry)
 GROUP BY 1

-- name: areas
SELECT CAST(NULL AS text) AS key, sum(counted.n) AS n, sum(counted.area_m2) AS area_m2,
       sum(counted.length_m) AS length_m
  FROM tiles.area AS a
  JOIN tiles.count AS counted USING (areas, district_id, ref)
 WHERE a.areas = :areas AND counted.layer_id = :layer AND ST_Intersects(a.outline, CAST(:ground AS geometry))
 HAVING sum(counted.n) > 0

-- name: areas_then
-- As areas, at the end of publish :as_of.
SELECT CAST(NULL AS text) AS key, sum(a.n) AS n, sum(a.area_m2) AS area_m2, sum(a.length_m) AS length_m
  FROM (SELECT ST_Transform(CAST(:ground AS geometry), 3857) AS shape) AS ground
 CROSS JOIN LATERAL tiles.counted_at(:layer, :areas, NULL, :as_of, ground.shape) AS a
 WHERE ST_Intersects(a.geom, ground.shape)
 HAVING sum(a.n) > 0
