-- name: announce
INSERT INTO inbox.arrival (id, upload_id, district_id, expected_bytes, metadata, expires_at)
VALUES (:id, :id, :district, :size, :metadata, clock_timestamp() + CAST(:patience AS interval))

-- name: arrival
SELECT id, upload_id, district_id, received_bytes, expected_bytes, metadata, expires_at,
       expires_at <= clock_timestamp() AS is_overdue
  FROM inbox.arrival WHERE id = :id

-- name: locked
-- Whoever waits here sees how far the other has come.
SELECT id, upload_id, district_id, received_bytes, expected_bytes, metadata, expires_at,
       expires_at <= clock_timestamp() AS is_overdue
  FROM inbox.arrival WHERE id = :id FOR UPDATE

-- name: move_on
UPDATE inbox.arrival
   SET received_bytes = received_bytes + :length, expires_at = clock_timestamp() + CAST(:patience AS interval)
 WHERE id = :id
RETURNING received_bytes, expires_at

-- name: remove_expired
WITH given_up AS (DELETE FROM inbox.arrival WHERE expires_at <= clock_timestamp() RETURNING id)
DELETE FROM inbox.upload USING given_up WHERE upload.id = given_up.id AND upload.state = 'arriving'
