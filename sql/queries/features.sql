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

-- name: page_at_once
-- Around the statement of a page, where the braces are: the page in one row. Nothing between the sorted page and
-- string_agg changes the order, so it is not sorted again, which would take a sixth of the time.
SELECT told.matched, page.*, EXISTS (SELECT FROM {table} WHERE id > page.last) AS is_more
  FROM (SELECT coalesce(sum(n), 0)::bigint AS matched FROM pool.counter WHERE layer_id = {layer}) AS told,
       (SELECT coalesce(string_agg(body, ','), '') AS bodies, count(*) AS returned, min(id) AS first, max(id) AS last
          FROM ({page}) AS read) AS page
