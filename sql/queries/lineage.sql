-- name: successors
SELECT uid, ref, operation FROM pool.successors(:layer, :uid)

-- name: relatives
SELECT parent_uid, child_uid, operation, epoch FROM pool.lineage WHERE parent_uid = :uid OR child_uid = :uid
