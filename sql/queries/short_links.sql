-- name: add
INSERT INTO ops.short_link (code, path) VALUES (:code, :path)
    ON CONFLICT (path) DO UPDATE SET used_on = current_date
RETURNING code

-- name: path
SELECT path FROM ops.short_link WHERE code = :code

-- name: used
UPDATE ops.short_link SET used_on = current_date WHERE code = :code AND used_on < current_date

-- name: remove_unused
DELETE FROM ops.short_link WHERE used_on < current_date - CAST(:days AS integer)
