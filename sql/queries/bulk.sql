-- name: stage
CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA

-- name: copy
COPY staged ({columns}) FROM STDIN

-- name: insert
INSERT INTO {table} ({columns}) SELECT {columns} FROM staged

-- name: unstage
DROP TABLE staged

-- name: cover
INSERT INTO pool.coverage (layer_id, theme, district_id, state, as_of, source, epoch_from, geom)
VALUES %s

-- name: analyze
ANALYZE
