-- name: habit
SELECT h.signature, h.understanding, h.filename, h.confirmed_at, a.name AS confirmed_by
  FROM inbox.habit AS h LEFT JOIN auth.account AS a ON a.id = h.confirmed_by
 WHERE h.district_id = :district AND h.layer_id = :layer AND h.signature = :signature

-- name: remember
INSERT INTO inbox.habit (district_id, layer_id, signature, understanding, filename, confirmed_by)
SELECT district_id, layer_id, :signature, CAST(:understanding AS jsonb), filename,
       coalesce(CAST(report #>> '{asked,by}' AS integer), sent_by)
  FROM inbox.upload WHERE id = :upload
    ON CONFLICT (district_id, layer_id, signature) DO UPDATE
   SET understanding = excluded.understanding, filename = excluded.filename, confirmed_by = excluded.confirmed_by,
       confirmed_at = now()

-- name: forget
DELETE FROM inbox.habit AS h USING inbox.upload AS u
 WHERE u.id = :upload AND h.district_id = u.district_id AND h.layer_id = u.layer_id
   AND h.signature = u.report ->> 'signature'
