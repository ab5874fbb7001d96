-- name: shapes_as_read
SELECT line, ST_AsBinary(geom) AS geom FROM staged WHERE geom IS NOT NULL AND line = ANY (CAST(:lines AS integer[]))

-- name: propose
INSERT INTO inbox.repair (upload_id, district_id, line, ref, rule, geom_before, geom_after, area_change_m2, moved_m)
VALUES %s

-- name: forget_declined
DELETE FROM inbox.repair AS proposed
 WHERE upload_id = :upload AND state = 'proposed' AND EXISTS (
       SELECT FROM inbox.repair AS declined
        WHERE declined.upload_id = :upload AND declined.state = 'declined' AND declined.line = proposed.line
          AND declined.rule = proposed.rule AND declined.geom_after = proposed.geom_after)

-- name: tie_to_findings
UPDATE inbox.repair AS r
   SET finding_id = (SELECT min(f.id) FROM inbox.finding AS f
                      WHERE f.upload_id = :upload AND f.rule = r.rule AND f.line = r.line)
 WHERE upload_id = :upload AND state = 'proposed'

-- name: forget_proposed
DELETE FROM inbox.repair WHERE upload_id = :upload AND state = 'proposed'

-- name: lay_over
-- One repair of each record at a time, the one that was made from its shape as it now is.
UPDATE sent AS s
   SET geom = r.geom_after, original_geom = coalesce(s.original_geom, s.geom), is_sound = true
  FROM (SELECT DISTINCT ON (accepted.line) accepted.id, accepted.line, accepted.geom_after
          FROM inbox.repair AS accepted JOIN sent AS present
            ON present.line = accepted.line AND present.geom = accepted.geom_before
         WHERE accepted.upload_id = :upload AND accepted.state = 'accepted'
         ORDER BY accepted.line, accepted.id) AS r
 WHERE r.line = s.line
RETURNING r.id

-- name: laid
SELECT r.line, s.ref, r.rule, a.name AS decided_by, CAST(r.decided_at AS date) AS decided_on, r.area_change_m2,
       ST_AsBinary(r.geom_before) AS before, ST_AsBinary(r.geom_after) AS after
  FROM inbox.repair AS r JOIN staged AS s ON s.line = r.line LEFT JOIN auth.account AS a ON a.id = r.decided_by
 WHERE r.id = ANY (CAST(:ids AS bigint[]))
 ORDER BY r.line, r.id

-- name: page
-- Drawn around the corner that moves furthest: in the whole outline a few centimetres could not be seen.
SELECT r.id, r.line, r.ref, r.rule, r.finding_id, r.state, r.area_change_m2, r.moved_m, a.name AS decided_by,
       r.decided_at, ST_AsGeoJSON(inbox.lonlat(r.geom_before), 8) AS before,
       ST_AsGeoJSON(inbox.lonlat(r.geom_after), 8) AS after,
       ST_XMax(extent) - ST_XMin(extent) AS width, ST_YMax(extent) - ST_YMin(extent) AS height,
       ST_AsSVG(ST_Translate(r.geom_before, -ST_XMin(extent), -ST_YMax(extent)), 0, 3) AS path_before,
       ST_AsSVG(ST_Translate(r.geom_after, -ST_XMin(extent), -ST_YMax(extent)), 0, 3) AS path_after,
       ST_X(middle) AS lon, ST_Y(middle) AS lat
  FROM inbox.repair AS r LEFT JOIN auth.account AS a ON a.id = r.decided_by
  LEFT JOIN LATERAL (
       SELECT corner
         FROM (VALUES (r.geom_before, r.geom_after), (r.geom_after, r.geom_before)) AS sides (one, other),
              LATERAL (SELECT CASE ST_Dimension(other) WHEN 2 THEN ST_Boundary(other) ELSE other END) AS lines (outline),
              LATERAL (SELECT (ST_DumpPoints(ST_Difference(ST_Points(one), ST_Points(other)))).geom) AS alone (corner)
        ORDER BY ST_Distance(corner, outline) DESC LIMIT 1) AS furthest ON true
 CROSS JOIN LATERAL (SELECT coalesce(ST_Expand(corner, CASE WHEN r.moved_m > 0.0005 THEN 1.5 * r.moved_m ELSE 1 END),
                                     ST_Collect(r.geom_before, r.geom_after)) AS extent,
                            inbox.lonlat(coalesce(corner, ST_PointOnSurface(r.geom_after))) AS middle) AS drawn
 WHERE r.upload_id = :upload AND r.id > :after
   AND (CAST(:state AS text) IS NULL OR r.state = :state) AND (CAST(:rule AS text) IS NULL OR r.rule = :rule)
   AND (CAST(:ids AS bigint[]) IS NULL OR r.id = ANY (CAST(:ids AS bigint[])))
 ORDER BY r.id LIMIT :limit

-- name: tally
SELECT rule, state, count(*) AS n FROM inbox.repair WHERE upload_id = :upload GROUP BY rule, state ORDER BY rule, state

-- name: accept
UPDATE inbox.repair
   SET state = 'accepted', decided_by = :account, decided_at = clock_timestamp()
 WHERE id IN (SELECT DISTINCT ON (line) id FROM inbox.repair
               WHERE upload_id = :upload AND state = 'proposed'
                 AND (CAST(:rule AS text) IS NULL OR rule = :rule)
                 AND (CAST(:ids AS bigint[]) IS NULL OR id = ANY (CAST(:ids AS bigint[])))
               ORDER BY line, id)
RETURNING id

-- name: decline
-- By number also what was accepted before; by rule only what waits.
WITH chosen AS (
    SELECT id, state = 'accepted' AS was_accepted FROM inbox.repair
     WHERE upload_id = :upload
       AND (state = 'proposed' OR (state = 'accepted' AND CAST(:ids AS bigint[]) IS NOT NULL))
       AND (CAST(:rule AS text) IS NULL OR rule = :rule)
       AND (CAST(:ids AS bigint[]) IS NULL OR id = ANY (CAST(:ids AS bigint[])))
       FOR UPDATE)
UPDATE inbox.repair AS r
   SET state = 'declined', decided_by = :account, decided_at = clock_timestamp()
  FROM chosen WHERE chosen.id = r.id
RETURNING r.id, chosen.was_accepted
