-- name: settings
-- What is prepared is planned once, not for each ask: planning takes longer than reading a row.
SELECT set_config('default_transaction_read_only', 'on', false), set_config('plan_cache_mode', 'force_generic_plan', false)

-- name: listing
-- Around another statement, where the braces are: every row, and one without anything where there is none, says the newest
-- publish.
SELECT told.epoch, found.* FROM (SELECT coalesce(max(epoch), 0) AS epoch FROM pool.epoch) AS told
  LEFT JOIN (SELECT true AS is_found, listed.* FROM ({}) AS listed) AS found ON true
