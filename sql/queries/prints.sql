-- name: add
INSERT INTO ops.print (account_id, ordered) VALUES (:account, CAST(:ordered AS jsonb)) RETURNING id

-- name: waiting
SELECT count(*) FROM ops.print
 WHERE state IN ('waiting', 'working') AND account_id IS NOT DISTINCT FROM CAST(:account AS integer)

-- name: of
-- How many others come first.
SELECT id, state, done, total, note, media_type, octet_length(result) AS size, created_at,
       CASE WHEN state = 'waiting' THEN ops.prints_before(created_at) ELSE 0 END AS ahead
  FROM ops.print WHERE id = :print

-- name: ordered
SELECT CAST(ordered AS text) FROM ops.print WHERE id = :print AND state IN ('waiting', 'working')

-- name: result
SELECT media_type, result FROM ops.print WHERE id = :print AND state = 'done'

-- name: progress
UPDATE ops.print SET state = 'working', done = :done, total = :total WHERE id = :print

-- name: finish
-- What was drawn on it is not needed any more.
UPDATE ops.print
   SET state = :state, note = :note, media_type = :media_type, result = :result, ordered = '{}',
       done = CASE WHEN :state = 'done' THEN total ELSE done END
 WHERE id = :print

-- name: remove
DELETE FROM ops.print WHERE id = :print

-- name: remove_old
-- The oldest also where all together have become too large.
DELETE FROM ops.print WHERE id IN (
    SELECT id FROM (
        SELECT id, created_at, sum(coalesce(octet_length(result), 0)) OVER (ORDER BY created_at DESC, id) AS kept FROM ops.print) AS sized
     WHERE created_at < now() - CAST(:age AS interval) OR kept > :most)
