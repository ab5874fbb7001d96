-- name: page
WITH listed AS (
    SELECT c.*, ST_Collect(ARRAY[geom_base, geom_ours, geom_theirs]) AS extent,
           ST_PointOnSurface(coalesce(geom_ours, geom_theirs, geom_base)) AS middle
      FROM inbox.conflict AS c
     WHERE c.upload_id = :upload AND c.id > :after
     ORDER BY c.id LIMIT :limit)
SELECT c.id, c.line, c.ref, c.part, c.base_epoch, c.base, c.ours, c.theirs, c.choice, a.name AS decided_by, c.decided_at,
       ST_AsGeoJSON(inbox.lonlat(c.geom_base), 8) AS shape_base, ST_AsGeoJSON(inbox.lonlat(c.geom_ours), 8) AS shape_ours,
       ST_AsGeoJSON(inbox.lonlat(c.geom_theirs), 8) AS shape_theirs,
       ST_Area(c.geom_base) AS area_base, ST_Area(c.geom_ours) AS area_ours, ST_Area(c.geom_theirs) AS area_theirs,
       ST_XMax(extent) - ST_XMin(extent) AS width, ST_YMax(extent) - ST_YMin(extent) AS height,
       ST_AsSVG(ST_Translate(c.geom_base, -ST_XMin(extent), -ST_YMax(extent)), 0, 3) AS path_base,
       ST_AsSVG(ST_Translate(c.geom_ours, -ST_XMin(extent), -ST_YMax(extent)), 0, 3) AS path_ours,
       ST_AsSVG(ST_Translate(c.geom_theirs, -ST_XMin(extent), -ST_YMax(extent)), 0, 3) AS path_theirs,
       ST_X(inbox.lonlat(middle)) AS lon, ST_Y(inbox.lonlat(middle)) AS lat
  FROM listed AS c LEFT JOIN auth.account AS a ON a.id = c.decided_by
 ORDER BY c.id

-- name: tally
SELECT count(*) AS n, count(*) FILTER (WHERE choice IS NULL) AS undecided
  FROM inbox.conflict WHERE upload_id = :upload

-- name: choose
UPDATE inbox.conflict AS c
   SET choice = chosen.side, decided_by = CAST(chosen.account AS integer), decided_at = clock_timestamp()
  FROM (VALUES %s) AS chosen (id, side, account, upload_id)
 WHERE c.id = chosen.id AND c.upload_id = CAST(chosen.upload_id AS uuid)
RETURNING c.id

-- name: choose_all
UPDATE inbox.conflict SET choice = :side, decided_by = :account, decided_at = clock_timestamp()
 WHERE upload_id = :upload AND choice IS NULL
RETURNING id
