-- name: begin
DROP TABLE IF EXISTS pg_temp.proposal;
CREATE TEMP TABLE proposal (line integer, ref text, rule text, geom geometry) ON COMMIT DROP

-- name: gather
INSERT INTO proposal (line, ref, rule, geom) VALUES %s

-- name: propose
INSERT INTO inbox.repair (upload_id, district_id, line, ref, rule, finding_id, geom_before, geom_after,
                          area_change_m2, moved_m)
SELECT :upload, :district, p.line, p.ref, p.rule,
       (SELECT min(f.id) FROM inbox.finding AS f WHERE f.upload_id = :upload AND f.rule = p.rule AND f.line = p.line),
       s.geom, p.geom, ST_Area(p.geom) - ST_Area(s.geom), ST_HausdorffDistance(p.geom, s.geom)
  FROM proposal AS p JOIN staged AS s ON s.line = p.line
 WHERE s.geom IS NOT NULL AND NOT EXISTS (
       SELECT FROM inbox.repair AS r
        WHERE r.upload_id = :upload AND r.line = p.line AND r.rule = p.rule AND r.state = 'declined'
          AND r.geom_after = p.geom)
 ORDER BY p.line, p.rule

-- name: forget_proposed
DELETE FROM inbox.repair WHERE upload_id = :upload AND state = 'proposed'

-- name: lay_over
-- One repair of each record at a time, the one that was made from its shape as it now is.
UPDATE staged AS s
   SET geom = r.geom_after, original_geom = coalesce(s.original_geom, s.geom), is_sound = true
  FROM (SELECT DISTINCT ON (accepted.line) accepted.line, accepted.geom_after
          FROM inbox.repair AS accepted JOIN staged AS present
            ON present.line = accepted.line AND present.geom = accepted.geom_before
         WHERE accepted.upload_id = :upload AND accepted.state = 'accepted'
         ORDER BY accepted.line, accepted.id) AS r
 WHERE r.line = s.line

-- name: page
SELECT r.id, r.line, r.ref, r.rule, r.finding_id, r.state, r.area_change_m2, r.moved_m, a.name AS decided_by,
       r.decided_at, ST_AsGeoJSON(ST_Transform(r.geom_before, 4326), 8) AS before,
       ST_AsGeoJSON(ST_Transform(r.geom_after, 4326), 8) AS after
  FROM inbox.repair AS r LEFT JOIN auth.account AS a ON a.id = r.decided_by
 WHERE r.upload_id = :upload AND r.id > :after
   AND (CAST(:state AS text) IS NULL OR r.state = :state) AND (CAST(:rule AS text) IS NULL OR r.rule = :rule)
 ORDER BY r.id LIMIT :limit

-- name: decide
UPDATE inbox.repair
   SET state = :state, decided_by = :account, decided_at = clock_timestamp()
 WHERE upload_id = :upload AND state = 'proposed'
   AND (CAST(:rule AS text) IS NULL OR rule = :rule)
   AND (CAST(:ids AS bigint[]) IS NULL OR id = ANY (CAST(:ids AS bigint[])))
