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
