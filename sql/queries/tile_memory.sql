-- name: newer
SELECT layer_id, z, x, y FROM tiles.tile WHERE epoch > :epoch LIMIT :most

-- name: prepare
PREPARE tile_row (text, integer, integer, integer) AS
SELECT epoch, body FROM tiles.tile WHERE layer_id = $1 AND z = $2 AND x = $3 AND y = $4

-- name: row
EXECUTE tile_row (%s, %s, %s, %s)
