-- name: after
-- What only drew tiles anew is no publish of features.
SELECT epoch, published_at, changeset_id, district_id, summary
  FROM pool.epoch
 WHERE epoch > :epoch AND summary ?| ARRAY['layer', 'inserted']
 ORDER BY epoch LIMIT :limit

-- name: before
SELECT epoch, published_at, changeset_id, district_id, summary
  FROM pool.epoch
 WHERE epoch < :epoch AND summary ?| ARRAY['layer', 'inserted']
 ORDER BY epoch DESC LIMIT :limit
