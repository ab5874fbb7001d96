-- name: holds_sample
SELECT holds_sample FROM ops.profile

-- name: mark_sample
UPDATE ops.profile SET holds_sample = true

-- name: pool_mark
SELECT mark FROM ops.pool

-- name: keep_profile
INSERT INTO ops.profile (name, storage_srid, digest, sender_may_accept, accepter_may_publish)
VALUES (:name, :srid, :digest, :sender_may_accept, :accepter_may_publish)
ON CONFLICT (is_the_one) DO UPDATE
   SET name = excluded.name, storage_srid = excluded.storage_srid, digest = excluded.digest, applied_at = now(),
       sender_may_accept = excluded.sender_may_accept, accepter_may_publish = excluded.accepter_may_publish
