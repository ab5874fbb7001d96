-- name: keep
INSERT INTO answers.self_check (epoch, seed, asked, seconds, differing)
VALUES (:epoch, :seed, :asked, :seconds, to_jsonb(CAST(:differing AS text[])))

-- name: last
SELECT epoch, seed, asked, seconds, differing, began_at FROM answers.self_check ORDER BY id DESC LIMIT 1
