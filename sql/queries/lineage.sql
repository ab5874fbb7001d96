-- name: successors
SELECT uid, ref, operation FROM pool.successors(:layer, :uid)

-- name: relatives
SELECT parent_uid, child_uid, operation, epoch, undone_epoch IS NOT NULL OR operation = 'revert' AS is_undone
  FROM pool.lineage WHERE parent_uid = :uid OR child_uid = :uid
