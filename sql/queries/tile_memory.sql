-- name: newer
SELECT layer_id, z, x, y FROM tiles.tile WHERE epoch > :epoch LIMIT :most
