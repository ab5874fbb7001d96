-- name: begin
INSERT INTO inbox.progress (upload_id, district_id, step)
SELECT id, district_id, :step FROM inbox.upload WHERE id = :upload
    ON CONFLICT (upload_id) DO UPDATE SET step = excluded.step, done = 0, total = 0, at = clock_timestamp()

-- name: go_on
UPDATE inbox.progress SET step = :step, done = :done, total = :total, at = clock_timestamp() WHERE upload_id = :upload

-- name: read
SELECT p.step, p.done, p.total
  FROM inbox.progress p JOIN inbox.upload u ON u.id = p.upload_id
 WHERE u.id = :upload AND u.state = 'checking'
