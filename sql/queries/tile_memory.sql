-- name: newer
SELECT layer_id, z, x, y FROM tiles.tile WHERE epoch > :epoch LIMIT :most

-- name: rows
SELECT asked.number, tile.epoch, tile.body
  FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS asked (layer_id, z, x, y, number)
  JOIN tiles.tile USING (layer_id, z, x, y)
