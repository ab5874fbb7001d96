-- name: habit
SELECT h.columns, h.declared_crs, h.source_layer, h.filename, h.confirmed_at, a.name AS confirmed_by
  FROM inbox.habit AS h LEFT JOIN auth.account AS a ON a.id = h.confirmed_by
 WHERE h.district_id = :district AND h.layer_id = :layer AND h.signature = :signature

-- name: remember
-- Saying the same once more is no news: who said it first, and when, stays.
INSERT INTO inbox.habit AS h (district_id, layer_id, signature, columns, declared_crs, source_layer, filename,
                              confirmed_by)
SELECT district_id, layer_id, :signature, CAST(:columns AS jsonb), :declared_crs, :source_layer, filename,
       coalesce(CAST(report #>> '{asked,by}' AS integer), sent_by)
  FROM inbox.upload WHERE id = :upload
    ON CONFLICT (district_id, layer_id, signature) DO UPDATE
   SET columns = excluded.columns, declared_crs = coalesce(excluded.declared_crs, h.declared_crs),
       source_layer = excluded.source_layer, filename = excluded.filename, confirmed_by = excluded.confirmed_by,
       confirmed_at = now()
 WHERE (h.columns, h.declared_crs, h.source_layer) IS DISTINCT FROM
       (excluded.columns, coalesce(excluded.declared_crs, h.declared_crs), excluded.source_layer)

-- name: forget
DELETE FROM inbox.habit AS h USING inbox.upload AS u
 WHERE u.id = :upload AND h.district_id = u.district_id AND h.layer_id = u.layer_id
   AND h.signature = u.report ->> 'signature'
