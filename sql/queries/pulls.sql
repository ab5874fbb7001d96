-- name: standings
SELECT s.id, s.due_at, s.is_paused, s.tried_at, s.taken_at, s.failures, s.failing_since, s.failure, s.marker,
       s.upload_id, u.state AS upload_state, u.failure AS upload_failure
  FROM inbox.source AS s LEFT JOIN inbox.upload AS u ON u.id = s.upload_id

-- name: begin
INSERT INTO inbox.source (id, district_id) VALUES (:id, :district)
    ON CONFLICT (id) DO UPDATE SET district_id = excluded.district_id
 WHERE inbox.source.district_id <> excluded.district_id

-- name: due
UPDATE inbox.source SET due_at = :due WHERE id = :id RETURNING id

-- name: pause
UPDATE inbox.source SET is_paused = :is_paused WHERE id = :id RETURNING id

-- name: settled
UPDATE inbox.source
   SET marker = CAST(:marker AS jsonb), tried_at = clock_timestamp(), failures = 0, failing_since = NULL,
       failure = NULL, upload_id = coalesce(:upload, upload_id),
       taken_at = CASE WHEN CAST(:upload AS uuid) IS NULL THEN taken_at ELSE clock_timestamp() END
 WHERE id = :id RETURNING id

-- name: failed
UPDATE inbox.source
   SET tried_at = clock_timestamp(), failures = failures + 1, failing_since = coalesce(failing_since, clock_timestamp()),
       failure = CAST(:failure AS jsonb)
 WHERE id = :id RETURNING failures

-- name: is_asked
-- Now; or, where that is enough, later, after a failure.
SELECT EXISTS (SELECT FROM jobs.procrastinate_jobs
                WHERE lock = :lock AND status = 'todo' AND (:or_later OR coalesce(scheduled_at, now()) <= now()))

-- name: came_from
UPDATE inbox.upload SET source_id = :source WHERE id = :upload AND source_id IS NULL

-- name: system_before
SELECT earlier.report #>> '{crs,used,name}'
  FROM inbox.upload AS earlier JOIN inbox.upload AS now ON now.id = :upload
 WHERE earlier.source_id = now.source_id AND earlier.id <> now.id AND earlier.state = 'checked'
   AND earlier.received_at < now.received_at
 ORDER BY earlier.received_at DESC LIMIT 1

-- name: published
SELECT coalesce(sum(n), 0) FROM pool.counter WHERE layer_id = :layer AND district_id = :district
