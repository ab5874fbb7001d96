-- name: last_accepted
-- What a district sent and saw published, or undone, it knows; before its first file, what was there when that came.
SELECT coalesce((SELECT max(s.epoch)
                   FROM inbox.changeset AS s JOIN pool.epoch AS e ON e.epoch = s.epoch
                   LEFT JOIN inbox.upload AS sent ON sent.id = s.upload_id
                  WHERE s.district_id = u.district_id AND s.layer_id = u.layer_id AND s.state = 'published'
                    AND (NOT sent.is_edit OR s.reverts_id IS NOT NULL) AND e.published_at <= u.received_at),
                (SELECT max(epoch) FROM pool.epoch WHERE published_at <= u.received_at), 0)
  FROM inbox.upload AS u WHERE u.id = :upload

-- name: undone_since
SELECT undone.id
  FROM inbox.upload AS u
  JOIN inbox.changeset AS undone ON undone.district_id = u.district_id AND undone.layer_id = u.layer_id
  JOIN inbox.changeset AS undoing ON undoing.reverts_id = undone.id
 WHERE u.id = :upload AND undone.epoch <= :base AND undoing.state = 'published' AND undoing.epoch > :base
 ORDER BY undone.id

-- name: index_base
CREATE INDEX ON base (ref);
ANALYZE base (uid, ref)

-- name: is_touched
SELECT EXISTS (SELECT FROM base) OR EXISTS (SELECT FROM published WHERE district_id = :district AND epoch_from > :base)

-- name: touched
-- Records of features that the pool has changed, begun or ended since the file was taken, with their three sides.
SELECT s.line, s.ref, s.attributes AS theirs, s.misfits, ST_AsBinary(s.geom) AS geom_theirs,
       p.attributes AS ours, ST_AsBinary(p.geom) AS geom_ours, p.version AS ours_version,
       b.attributes AS base, ST_AsBinary(b.geom) AS geom_base, coalesce(p.uid, b.uid) AS uid
  FROM sent AS s
  LEFT JOIN published AS p ON p.ref = s.ref AND p.district_id = :district
  LEFT JOIN base AS b ON b.ref = s.ref
 WHERE p.epoch_from > :base OR (p.uid IS NULL AND b.uid IS NOT NULL)
 ORDER BY s.line

-- name: choices
SELECT uid, part, choice, ours_version FROM inbox.conflict WHERE upload_id = :upload AND choice IS NOT NULL

-- name: join
UPDATE sent AS s
   SET attributes = joined.attributes::jsonb, geom = coalesce(joined.geom::geometry, s.geom), is_sound = s.is_sound OR joined.geom IS NOT NULL
  FROM (VALUES %s) AS joined (line, attributes, geom) WHERE joined.line = s.line

-- name: leave_ended
DELETE FROM sent WHERE line = ANY (CAST(:lines AS integer[]))

-- name: contested_endings
-- What the file ends although the pool has changed it since the file was taken.
SELECT p.uid, p.ref, p.version AS ours_version, p.attributes AS ours, ST_AsBinary(p.geom) AS geom_ours,
       b.attributes AS base, ST_AsBinary(b.geom) AS geom_base
  FROM published AS p LEFT JOIN base AS b ON b.ref = p.ref
 WHERE p.is_ending AND p.epoch_from > :base
 ORDER BY p.ref

-- name: forget_undecided
-- What was decided stays on record, also where nothing is left of the conflict.
DELETE FROM inbox.conflict WHERE upload_id = :upload AND choice IS NULL

-- name: keep_conflicts
-- A choice holds as long as the pool's side is the one that was looked at.
INSERT INTO inbox.conflict AS kept (upload_id, district_id, line, uid, ref, part, base_epoch, ours_version,
                                    base, ours, theirs, geom_base, geom_ours, geom_theirs) VALUES %s
ON CONFLICT (upload_id, uid, part) DO UPDATE
   SET line = excluded.line, ref = excluded.ref, base_epoch = excluded.base_epoch, ours_version = excluded.ours_version,
       base = excluded.base, ours = excluded.ours, theirs = excluded.theirs,
       geom_base = excluded.geom_base, geom_ours = excluded.geom_ours, geom_theirs = excluded.geom_theirs,
       choice = CASE WHEN kept.ours_version IS NOT DISTINCT FROM excluded.ours_version THEN kept.choice END,
       decided_by = CASE WHEN kept.ours_version IS NOT DISTINCT FROM excluded.ours_version THEN kept.decided_by END,
       decided_at = CASE WHEN kept.ours_version IS NOT DISTINCT FROM excluded.ours_version THEN kept.decided_at END
