-- name: begin
-- How long each statement of the transaction may take; the newest publish it sees.
SELECT pool.current_epoch() FROM set_config('statement_timeout', :patience, true)

-- name: counted
SELECT coalesce(sum(n), 0) FROM pool.counter
 WHERE layer_id = :layer AND district_id = coalesce(CAST(:district AS numeric), district_id)
