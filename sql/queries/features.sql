-- name: begin
-- How long each statement of the transaction may take; the newest publish it sees.
SELECT pool.current_epoch() FROM set_config('statement_timeout', :patience, true)

-- name: counted
SELECT coalesce(sum(n), 0) FROM pool.counter
 WHERE layer_id = :layer AND district_id = coalesce(CAST(:district AS numeric), district_id)

-- name: watched
-- A statement notices within a second that nobody is at the other end any more.
SELECT set_config('client_connection_check_interval', '1s', true)

-- name: by_district
SELECT district_id, n FROM pool.counter WHERE layer_id = :layer AND n > 0
