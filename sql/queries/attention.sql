-- name: endings
-- What ends without a successor, beside what the district has.
SELECT count(*) AS ending,
       coalesce((SELECT n FROM pool.counter WHERE layer_id = s.layer_id AND district_id = s.district_id), 0) AS features
  FROM inbox.changeset AS s
  JOIN inbox.change AS c ON c.changeset_id = s.id AND c.kind = 'retire'
 WHERE s.id = :changeset
   AND NOT EXISTS (SELECT FROM inbox.kinship AS k WHERE k.changeset_id = s.id AND k.parent_uid = c.uid)
 GROUP BY s.id

-- name: odd_sizes
SELECT count(*) AS n, min(area) AS least, max(area) AS most, (array_agg(ref ORDER BY ref))[1:6] AS refs
  FROM (SELECT ref, ST_Area(geom_after) AS area FROM inbox.change
         WHERE changeset_id = :changeset AND ST_Dimension(geom_after) = 2) AS sized
 WHERE area < :smallest OR (:largest > 0 AND area > :largest)

-- name: odd_growth
SELECT count(*) AS n, max(greatest(was / became, became / was)) AS most, (array_agg(ref ORDER BY ref))[1:6] AS refs
  FROM (SELECT ref, nullif(ST_Area(geom_before), 0) AS was, nullif(ST_Area(geom_after), 0) AS became
          FROM inbox.change WHERE changeset_id = :changeset AND kind = 'update') AS sized
 WHERE greatest(was / became, became / was) >= :times

-- name: handed_in
-- In the clock time of the place.
SELECT extract(isodow FROM at)::integer AS weekday, extract(hour FROM at)::integer AS hour,
       to_char(at, 'YYYY-MM-DD HH24:MI') AS clock
  FROM (SELECT coalesce((SELECT t.at FROM inbox.transition AS t
                          WHERE t.changeset_id = s.id AND t.state_after = 'submitted' ORDER BY t.id DESC LIMIT 1),
                        s.created_at) AT TIME ZONE :timezone AS at
          FROM inbox.changeset AS s WHERE s.id = :changeset) AS sent

-- name: amount
-- The usual size is the middle one of the district's last publishes of that layer.
SELECT (SELECT count(*) FROM inbox.change WHERE changeset_id = s.id) AS n,
       (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY size)
          FROM (SELECT coalesce((e.summary ->> 'inserted')::bigint, 0) + coalesce((e.summary ->> 'updated')::bigint, 0)
                       + coalesce((e.summary ->> 'retired')::bigint, 0) AS size
                  FROM pool.epoch AS e
                 WHERE e.district_id = s.district_id AND e.changeset_id IS DISTINCT FROM s.id
                   AND e.changeset_id IS NOT NULL AND e.summary ->> 'layer' = s.layer_id
                 ORDER BY e.epoch DESC LIMIT 20) AS lately) AS usual
  FROM inbox.changeset AS s WHERE s.id = :changeset

-- name: far
-- On a grid of squares as wide as the distance: a square that holds few changes and has no other beside it.
WITH squares AS (
    SELECT floor(ST_X(middle) / :far) AS x, floor(ST_Y(middle) / :far) AS y, count(*) AS n,
           (array_agg(ref ORDER BY ref))[1:6] AS refs
      FROM (SELECT ref, ST_Centroid(coalesce(geom_after, geom_before)) AS middle
              FROM inbox.change WHERE changeset_id = :changeset) AS placed
     WHERE middle IS NOT NULL
     GROUP BY 1, 2
), alone AS (
    SELECT * FROM squares AS s
     WHERE n <= (SELECT sum(n) FROM squares) / 10 AND NOT EXISTS (SELECT FROM squares AS o
                        WHERE o.x BETWEEN s.x - 1 AND s.x + 1 AND o.y BETWEEN s.y - 1 AND s.y + 1
                          AND (o.x, o.y) <> (s.x, s.y))
)
SELECT coalesce(sum(n), 0)::bigint AS n, (SELECT sum(n) FROM squares) AS of,
       (SELECT array_agg(ref ORDER BY ref) FROM (SELECT unnest(refs) AS ref FROM alone ORDER BY 1 LIMIT 6) AS first) AS refs
  FROM alone

-- name: warnings
SELECT greatest(coalesce((u.report #>> '{findings,refusal}')::bigint, 0)
                + coalesce((u.report #>> '{findings,warning}')::bigint, 0),
                (SELECT count(*) FROM inbox.finding AS f WHERE f.upload_id = u.id AND f.severity <> 'note')) AS n
  FROM inbox.changeset AS s JOIN inbox.upload AS u ON u.id = s.upload_id
 WHERE s.id = :changeset
