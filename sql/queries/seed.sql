-- name: occupied
SELECT z, x, y FROM tiles.occupied(
    :layer, CAST(:areas AS text[]), CAST(:zs AS integer[]), CAST(:xs AS integer[]), CAST(:ys AS integer[]))

-- name: keep
INSERT INTO tiles.tile AS kept (layer_id, z, x, y, epoch, body)
SELECT layer_id, z, x, y, epoch, body FROM (VALUES %s) AS drawn (layer_id, z, x, y, epoch, body, seen)
 WHERE NOT EXISTS (SELECT FROM tiles.tile AS t
                    WHERE t.layer_id = drawn.layer_id AND t.z = drawn.z AND t.x = drawn.x AND t.y = drawn.y
                      AND t.epoch > drawn.seen)
ON CONFLICT (layer_id, z, x, y) DO UPDATE SET epoch = excluded.epoch, body = excluded.body
 WHERE kept.body <> excluded.body
RETURNING 1

-- name: keep_empty
INSERT INTO tiles.tile (layer_id, z, x, y, epoch, body)
SELECT layer_id, z, x, y, seen, '\x' FROM (VALUES %s) AS drawn (layer_id, z, x, y, seen)
ON CONFLICT (layer_id, z, x, y) DO NOTHING

-- name: lacks_shapes
SELECT EXISTS (SELECT FROM pool.counter AS c WHERE c.n > 0 AND c.layer_id = ANY(:counted) AND NOT EXISTS (
    SELECT FROM tiles.count AS t WHERE t.layer_id = c.layer_id AND t.district_id = c.district_id))
   AND EXISTS (SELECT FROM pool.districts)

-- name: done_until
SELECT z, x, y FROM tiles.seeding WHERE layer_id = :layer AND z = :z

-- name: mark_done
INSERT INTO tiles.seeding (layer_id, z, x, y) VALUES (:layer, :z, :x, :y)
ON CONFLICT (layer_id, z) DO UPDATE SET x = excluded.x, y = excluded.y

-- name: forget_progress
DELETE FROM tiles.seeding

-- name: districts
SELECT district_id FROM pool.counter GROUP BY district_id ORDER BY district_id

-- name: sample
SELECT z, x, y FROM tiles.tile
 WHERE layer_id = :layer AND z BETWEEN :z_from AND :z_to
 ORDER BY CASE WHEN CAST(:count AS integer) IS NOT NULL THEN random() END LIMIT CAST(:count AS integer)

-- name: features_in_pool
SELECT z, x, y, n FROM tiles.features_in_pool(
    :layer, CAST(:zs AS integer[]), CAST(:xs AS integer[]), CAST(:ys AS integer[]))
