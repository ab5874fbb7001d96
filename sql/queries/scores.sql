-- name: counted
SELECT epoch, at FROM ops.faults_counted FOR UPDATE

-- name: keep_counted
UPDATE ops.faults_counted SET epoch = :epoch, at = clock_timestamp()

-- name: all_affected
CREATE TEMPORARY TABLE affected ON COMMIT DROP AS SELECT uid FROM pool.parcels

-- name: affected
-- What a publish has touched, before or after, and all that lies so near that a fault between them may come or go.
CREATE TEMPORARY TABLE affected ON COMMIT DROP AS
WITH touched AS MATERIALIZED (
    SELECT geom FROM pool.parcels WHERE epoch_from > :since
     UNION ALL
    SELECT geom FROM history.parcels WHERE epoch_to > :since
)
SELECT DISTINCT p.uid FROM touched AS t JOIN pool.parcels AS p ON ST_DWithin(p.geom, t.geom, :reach)

-- name: index_affected
ALTER TABLE affected ADD PRIMARY KEY (uid);
ANALYZE affected

-- name: drop_affected
DROP TABLE affected

-- name: forget
WITH gone AS MATERIALIZED (
    SELECT uid FROM affected UNION SELECT uid FROM history.parcels WHERE epoch_to > :since
)
DELETE FROM ops.fault WHERE uid IN (SELECT uid FROM gone) OR other_uid IN (SELECT uid FROM gone)

-- name: find_shapes
INSERT INTO ops.fault (kind, uid, other_uid, district_id, other_district_id, ref, other_ref, area_m2, geom)
SELECT 'shape', p.uid, p.uid, p.district_id, p.district_id, p.ref, p.ref, 0, p.geom
  FROM affected JOIN pool.parcels AS p USING (uid)
 WHERE NOT ST_IsValid(p.geom)

-- name: find_overlaps
-- Each pair once, the lower district first; where one of them was not affected it is met from one side only.
INSERT INTO ops.fault (kind, uid, other_uid, district_id, other_district_id, ref, other_ref, area_m2, geom)
SELECT 'overlap', a.uid, b.uid, a.district_id, b.district_id, a.ref, b.ref, ST_Area(common), common
  FROM (SELECT CASE WHEN (n.district_id, n.uid) < (o.district_id, o.uid) THEN n.uid ELSE o.uid END AS one,
               CASE WHEN (n.district_id, n.uid) < (o.district_id, o.uid) THEN o.uid ELSE n.uid END AS other
          FROM affected AS f
          JOIN pool.parcels AS n USING (uid)
          JOIN pool.parcels AS o ON o.geom && n.geom AND o.uid <> n.uid
         WHERE CASE WHEN ST_IsValid(n.geom) AND ST_IsValid(o.geom) THEN ST_Relate(n.geom, o.geom, '2********') END
           AND ((n.district_id, n.uid) < (o.district_id, o.uid)
                OR NOT EXISTS (SELECT FROM affected AS m WHERE m.uid = o.uid))) AS pair
  JOIN pool.parcels AS a ON a.uid = pair.one
  JOIN pool.parcels AS b ON b.uid = pair.other
 CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3) AS common OFFSET 0) AS cut
 WHERE ST_Area(common) > :overlap

-- name: find_gaps
-- Uncovered ground that is within half the reach of parcels of two districts, and so at most as wide as the reach.
INSERT INTO ops.fault (kind, uid, other_uid, district_id, other_district_id, ref, other_ref, area_m2, geom)
SELECT 'gap', a.uid, b.uid, a.district_id, b.district_id, a.ref, b.ref, ST_Area(void), void
  FROM (SELECT CASE WHEN n.district_id < o.district_id THEN n.uid ELSE o.uid END AS one,
               CASE WHEN n.district_id < o.district_id THEN o.uid ELSE n.uid END AS other
          FROM affected AS f
          JOIN pool.parcels AS n USING (uid)
          JOIN pool.parcels AS o ON o.geom && ST_Expand(n.geom, :reach) AND o.district_id <> n.district_id
         WHERE ST_DWithin(n.geom, o.geom, :reach)
           AND (n.district_id < o.district_id OR NOT EXISTS (SELECT FROM affected AS m WHERE m.uid = o.uid))) AS pair
  JOIN pool.parcels AS a ON a.uid = pair.one
  JOIN pool.parcels AS b ON b.uid = pair.other
 CROSS JOIN LATERAL (SELECT ST_Intersection(ST_Buffer(a.geom, :reach / 2), ST_Buffer(b.geom, :reach / 2)) AS between OFFSET 0) AS strip
 CROSS JOIN LATERAL (SELECT ST_Difference(between, (SELECT ST_Union(c.geom) FROM pool.parcels AS c WHERE c.geom && between))
                            AS uncovered OFFSET 0) AS ground
 CROSS JOIN LATERAL (SELECT ST_Collect(part.geom) AS void
                       FROM ST_Dump(ST_CollectionExtract(uncovered, 3)) AS part WHERE ST_Area(part.geom) >= :gap) AS kept
 WHERE void IS NOT NULL

-- name: without_line
SELECT f.kind, f.uid, f.other_uid, ST_AsBinary(f.geom) AS fault, ST_AsBinary(a.geom) AS one, ST_AsBinary(b.geom) AS other
  FROM ops.fault AS f
  JOIN pool.parcels AS a ON a.uid = f.uid
  JOIN pool.parcels AS b ON b.uid = f.other_uid
 WHERE f.proposed_line IS NULL AND f.district_id <> f.other_district_id

-- name: propose_line
UPDATE ops.fault AS f SET proposed_line = ST_SetSRID(ST_GeomFromText(v.line), ST_SRID(f.geom))
  FROM (VALUES %s) AS v (kind, uid, other_uid, line)
 WHERE f.kind = v.kind AND f.uid = CAST(v.uid AS uuid) AND f.other_uid = CAST(v.other_uid AS uuid)

-- name: board
-- Nothing here is kept but the faults: the rest is a look at counters and at the last steps.
SELECT d.district_id, coalesce(c.n, 0) AS features, faulty.n AS faulty, coalesce(c.area_m2, 0) AS covered_m2,
       border.area_m2 AS district_m2, last.at AS last_publish_at, coalesce(w.open_findings, 0) AS open_findings,
       coalesce(w.waiting, 0) AS waiting, w.review_hours, debt.gaps, debt.overlaps, debt.area_m2 AS debt_m2
  FROM unnest(CAST(:districts AS integer[])) WITH ORDINALITY AS d (district_id, place)
  LEFT JOIN pool.counter AS c ON c.layer_id = 'parcels' AND c.district_id = d.district_id
  LEFT JOIN ops.work_of_districts() AS w ON w.district_id = d.district_id
  LEFT JOIN LATERAL (SELECT sum(ST_Area(geom)) AS area_m2 FROM pool.districts AS b
                      WHERE b.district_id = d.district_id) AS border ON true
  LEFT JOIN LATERAL (SELECT max(published_at) AS at FROM pool.epoch AS e
                      WHERE e.district_id = d.district_id) AS last ON true
  LEFT JOIN LATERAL (SELECT count(*) AS n
                       FROM (SELECT uid FROM ops.fault AS f WHERE f.district_id = d.district_id AND kind <> 'gap'
                              UNION
                             SELECT other_uid FROM ops.fault AS f
                              WHERE f.other_district_id = d.district_id AND kind <> 'gap') AS one) AS faulty ON true
  LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE kind = 'gap') AS gaps,
                            count(*) FILTER (WHERE kind = 'overlap') AS overlaps,
                            coalesce(sum(f.area_m2), 0) AS area_m2
                       FROM ops.fault AS f
                      WHERE f.district_id <> f.other_district_id
                        AND d.district_id IN (f.district_id, f.other_district_id)) AS debt ON true
 ORDER BY d.place

-- name: state
SELECT f.epoch, f.at, pool.current_epoch() AS newest FROM ops.faults_counted AS f

-- name: faults
-- The largest first; of one district's own ground, or along its borders.
WITH page AS (
    SELECT * FROM ops.fault AS f
     WHERE :district IN (f.district_id, f.other_district_id)
       AND (f.district_id <> f.other_district_id) = :is_shared
     ORDER BY f.area_m2 DESC, f.kind, f.uid, f.other_uid
     LIMIT :limit OFFSET :skipped
), boxed AS (
    SELECT page.*, ST_Collect(geom, proposed_line) AS extent FROM page
)
SELECT kind, district_id, other_district_id, uid, other_uid, ref, other_ref, area_m2,
       ST_X(middle) AS lon, ST_Y(middle) AS lat,
       ST_AsGeoJSON(inbox.lonlat(geom), 7) AS shape, ST_AsGeoJSON(inbox.lonlat(proposed_line), 7) AS line,
       ST_XMax(extent) - ST_XMin(extent) AS width, ST_YMax(extent) - ST_YMin(extent) AS height,
       ST_AsSVG(ST_Translate(geom, -ST_XMin(extent), -ST_YMax(extent)), 0, 2) AS path,
       ST_AsSVG(ST_Translate(proposed_line, -ST_XMin(extent), -ST_YMax(extent)), 0, 2) AS line_path
  FROM boxed CROSS JOIN LATERAL (SELECT inbox.lonlat(ST_PointOnSurface(geom)) AS middle) AS placed
 ORDER BY area_m2 DESC, kind, uid, other_uid
