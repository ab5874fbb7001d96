-- name: districts
SELECT d.district_id,
       coalesce((SELECT sum(n) FROM pool.counter WHERE layer_id = :layer AND district_id = d.district_id), 0) AS features,
       (SELECT count(*) FROM inbox.changeset WHERE district_id = d.district_id AND state = 'submitted') AS waiting,
       (SELECT count(*) FROM inbox.upload WHERE district_id = d.district_id AND state = 'failed'
           AND received_at > now() - interval '30 days') AS failures,
       (SELECT max(received_at) FROM inbox.upload
         WHERE district_id = d.district_id AND state <> 'arriving') AS last_upload_at,
       (SELECT max(published_at) FROM pool.epoch WHERE district_id = d.district_id) AS last_publish_at
  FROM unnest(CAST(:districts AS integer[])) WITH ORDINALITY AS d (district_id, place)
 ORDER BY d.place
