-- Asked of somebody else's database.
-- name: shape
SELECT a.attname FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
 WHERE a.attrelid = to_regclass(%(table)s) AND a.attnum > 0 AND NOT a.attisdropped AND t.typname = 'geometry'
 ORDER BY a.attnum LIMIT 1

-- name: systems
SELECT DISTINCT ST_SRID({shape}) FROM {table} WHERE {shape} IS NOT NULL ORDER BY 1 LIMIT 5

-- name: rows
-- In an order of their own, so that the same rows make the same file.
SELECT jsonb_build_object('type', 'Feature', 'properties', to_jsonb(t) - {shape_name},
                          'geometry', ST_AsGeoJSON(t.{shape}, 15, 0)::jsonb)::text
  FROM {table} AS t ORDER BY 1
