-- name: successors
SELECT uid, ref, operation FROM pool.successors(:layer, :uid)

-- name: relatives
SELECT parent_uid, child_uid, operation, epoch, undone_epoch IS NOT NULL OR operation = 'revert' AS is_undone
  FROM pool.lineage WHERE parent_uid = :uid OR child_uid = :uid

-- name: up
-- One generation back. What was undone is no descent.
SELECT k.parent_uid, k.child_uid, k.operation, k.epoch, k.changeset_id, k.area_m2, e.published_at
  FROM pool.kinship AS k LEFT JOIN pool.epoch AS e ON e.epoch = k.epoch
 WHERE k.child_uid = ANY (CAST(:uids AS uuid[])) AND k.operation <> 'revert'
 ORDER BY k.epoch, k.parent_uid, k.child_uid LIMIT :most

-- name: down
-- One generation on; what an undoing ended has become its parents again.
SELECT k.parent_uid, k.child_uid, k.operation, k.epoch, k.changeset_id, k.area_m2, e.published_at
  FROM pool.kinship AS k LEFT JOIN pool.epoch AS e ON e.epoch = k.epoch
 WHERE k.parent_uid = ANY (CAST(:uids AS uuid[]))
 ORDER BY k.epoch, k.parent_uid, k.child_uid LIMIT :most

-- name: ending
-- How an ended feature ended: by which operation and publish, and who is told to have taken its place.
SELECT l.operation, l.epoch, l.changeset_id, e.published_at
  FROM pool.lineage AS l LEFT JOIN pool.epoch AS e ON e.epoch = l.epoch
 WHERE l.parent_uid = :uid AND l.undone_epoch IS NULL AND (l.child_uid <> l.parent_uid OR l.role = 'end')
 ORDER BY l.epoch DESC LIMIT 1
