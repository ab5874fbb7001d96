-- name: occupied
SELECT x, y FROM tiles.occupied(:layer, CAST(:areas AS text[]), :z, CAST(:xs AS integer[]), CAST(:ys AS integer[]))

-- name: kept_addresses
SELECT z, x, y, '\x'::bytea AS body
  FROM unnest(CAST(:zs AS integer[]), CAST(:xs AS integer[]), CAST(:ys AS integer[])) AS asked (z, x, y)
  JOIN tiles.tile USING (z, x, y) WHERE layer_id = :layer

-- name: kept_bodies
SELECT z, x, y, body
  FROM unnest(CAST(:zs AS integer[]), CAST(:xs AS integer[]), CAST(:ys AS integer[])) AS asked (z, x, y)
  JOIN tiles.tile USING (z, x, y) WHERE layer_id = :layer

-- name: keep
INSERT INTO tiles.tile AS kept (layer_id, z, x, y, epoch, body)
SELECT layer_id, z, x, y, epoch, body FROM (VALUES %s) AS drawn (layer_id, z, x, y, epoch, body, seen)
 WHERE NOT EXISTS (SELECT FROM tiles.tile AS t
                    WHERE t.layer_id = drawn.layer_id AND t.z = drawn.z AND t.x = drawn.x AND t.y = drawn.y
                      AND t.epoch > drawn.seen)
ON CONFLICT (layer_id, z, x, y) DO UPDATE SET epoch = excluded.epoch, body = excluded.body
 WHERE kept.body <> excluded.body
RETURNING 1

-- name: lacks_shapes
SELECT EXISTS (SELECT FROM pool.counter AS c WHERE c.n > 0 AND NOT EXISTS (
    SELECT FROM tiles.count AS t WHERE t.layer_id = c.layer_id AND t.district_id = c.district_id))
   AND EXISTS (SELECT FROM pool.districts)
