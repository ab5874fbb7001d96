-- name: successors
SELECT uid, ref, operation FROM pool.successors(:layer, :uid)
