-- name: newer
SELECT layer_id, z, x, y FROM tiles.tile WHERE epoch > :epoch LIMIT :most

-- name: prepare
SET default_transaction_read_only = on;
PREPARE tile_rows (text[], integer[], integer[], integer[]) AS
SELECT asked.number, tile.epoch, tile.body
  FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS asked (layer_id, z, x, y, number)
  JOIN tiles.tile USING (layer_id, z, x, y)

-- name: rows
EXECUTE tile_rows (%s, %s, %s, %s)
