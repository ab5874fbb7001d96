-- name: render
SELECT z, x, y, mvt
  FROM tiles.render(:layer, CAST(:fields AS text[]), :are_labels, CAST(:zs AS integer[]), CAST(:xs AS integer[]),
                    CAST(:ys AS integer[]), CAST(:as_of AS bigint))

-- name: render_many
SELECT z, x, y, mvt
  FROM tiles.render_many(:layer, CAST(:fields AS text[]), :are_labels, CAST(:zs AS integer[]),
                         CAST(:xs AS integer[]), CAST(:ys AS integer[]))

-- name: render_dissolved
SELECT z, x, y, mvt
  FROM tiles.render_dissolved(:layer, :level, :are_labels, CAST(:zs AS integer[]), CAST(:xs AS integer[]),
                              CAST(:ys AS integer[]))

-- name: render_counted
SELECT z, x, y, mvt
  FROM tiles.render_counted(:layer, :areas, :are_labels, CAST(:zs AS integer[]), CAST(:xs AS integer[]),
                            CAST(:ys AS integer[]))

-- name: render_dissolved_at
SELECT z, x, y, mvt
  FROM tiles.render_dissolved_at(
       :layer, :level, CAST(:by AS text[]), :cell_m, :field, :least, :tolerance, :as_of, :are_labels,
       CAST(:zs AS integer[]), CAST(:xs AS integer[]), CAST(:ys AS integer[]))

-- name: render_counted_at
SELECT z, x, y, mvt
  FROM tiles.render_counted_at(:layer, :areas, :prevailing, :as_of, :are_labels, CAST(:zs AS integer[]),
                               CAST(:xs AS integer[]), CAST(:ys AS integer[]))

-- name: past
SELECT body FROM tiles.past_tile WHERE layer_id = :layer AND z = :z AND x = :x AND y = :y AND as_of = :as_of

-- name: keep_past
INSERT INTO tiles.past_tile (layer_id, z, x, y, as_of, body) VALUES (:layer, :z, :x, :y, :as_of, :body)
ON CONFLICT DO NOTHING

-- name: trim_past
DELETE FROM tiles.past_tile
 WHERE made_at < (SELECT made_at FROM tiles.past_tile ORDER BY made_at DESC OFFSET :most LIMIT 1)

-- name: touched
SELECT z, x, y FROM tiles.touched(:layer, :epoch, :z_from, :z_to)

-- name: keep
INSERT INTO tiles.tile AS kept (layer_id, z, x, y, epoch, body) VALUES %s
ON CONFLICT (layer_id, z, x, y) DO UPDATE SET epoch = excluded.epoch, body = excluded.body
 WHERE kept.body <> excluded.body
RETURNING 1

-- name: make_stage
CREATE TEMPORARY TABLE staged_tile (
    layer_id text, z smallint, x integer, y integer, body bytea, PRIMARY KEY (layer_id, z, x, y)) ON COMMIT DROP

-- name: stage
INSERT INTO staged_tile (layer_id, z, x, y, body) VALUES %s
ON CONFLICT (layer_id, z, x, y) DO UPDATE SET body = excluded.body

-- name: overtaken
SELECT layer_id, z, x, y FROM staged_tile JOIN tiles.tile USING (layer_id, z, x, y)
 WHERE tile.epoch > :seen ORDER BY layer_id, z, x, y

-- name: move_stage
WITH kept AS (
    INSERT INTO tiles.tile AS kept (layer_id, z, x, y, epoch, body)
    SELECT layer_id, z, x, y, :epoch, body FROM staged_tile
        ON CONFLICT (layer_id, z, x, y) DO UPDATE SET epoch = excluded.epoch, body = excluded.body
     WHERE kept.body <> excluded.body
    RETURNING 1)
SELECT count(*) FROM kept

-- name: stored
SELECT epoch, body FROM tiles.tile WHERE layer_id = :layer AND z = :z AND x = :x AND y = :y

-- name: kept_bodies
SELECT z, x, y, body
  FROM unnest(CAST(:zs AS integer[]), CAST(:xs AS integer[]), CAST(:ys AS integer[])) AS asked (z, x, y)
  JOIN tiles.tile USING (z, x, y) WHERE layer_id = :layer

-- name: kept_addresses
SELECT z, x, y
  FROM unnest(CAST(:zs AS integer[]), CAST(:xs AS integer[]), CAST(:ys AS integer[])) AS asked (z, x, y)
  JOIN tiles.tile USING (z, x, y) WHERE layer_id = :layer
