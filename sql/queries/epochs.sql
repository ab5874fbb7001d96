-- name: begin
SELECT pool.begin_epoch(CAST(:districts AS integer[]), :is_large)

-- name: turn
SELECT pool.take_turn(:epoch)

-- name: lock
SELECT pool.lock_epochs()

-- name: end
SELECT pool.end_epoch(:epoch, :changeset, :district, CAST(:summary AS jsonb))

-- name: patience
SELECT set_config('lock_timeout', :milliseconds, true)

-- name: details
SELECT epoch, published_at FROM pool.epoch WHERE epoch = :epoch

-- name: at
SELECT max(epoch) FROM pool.epoch WHERE published_at <= :moment

-- name: several
SELECT epoch, published_at, changeset_id FROM pool.epoch WHERE epoch = ANY (CAST(:epochs AS bigint[]))

-- name: extent
SELECT pool.touched_extent(:layer, :epoch)

-- name: of_layer
-- A publish that names no layer may have changed all; what only drew tiles anew has changed none.
SELECT district_id, max(epoch) AS epoch FROM pool.epoch
 WHERE NOT summary ?| ARRAY['seeded', 'low_zooms'] AND coalesce(summary ->> 'layer', :layer) = :layer
 GROUP BY district_id
