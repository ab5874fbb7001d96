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

-- name: first
SELECT epoch, published_at FROM pool.epoch ORDER BY epoch LIMIT 1

-- name: several
SELECT epoch, published_at, changeset_id FROM pool.epoch WHERE epoch = ANY (CAST(:epochs AS bigint[]))

-- name: extent
SELECT pool.touched_extent(:layer, :epoch)

-- name: of_layer
SELECT district_id, max(epoch) AS epoch FROM pool.publishes_of(:layer) GROUP BY district_id
