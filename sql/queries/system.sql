-- name: holds_sample
SELECT holds_sample FROM ops.profile

-- name: mark_sample
UPDATE ops.profile SET holds_sample = true

-- name: pool_mark
SELECT mark FROM ops.pool
