-- name: figures
-- Of each changeset what may be out of the ordinary about it, in numbers; of features the first six refs.
SELECT s.id, ending.*, sized.*, grown.*, amount.*, apart.*, handed_in.*
  FROM inbox.changeset AS s
 CROSS JOIN LATERAL (
       -- What ends without a successor, beside what the district has.
       SELECT count(*) AS ending,
              coalesce((SELECT n FROM pool.counter WHERE layer_id = s.layer_id AND district_id = s.district_id), 0) AS features
         FROM inbox.change AS c
        WHERE c.changeset_id = s.id AND c.kind = 'retire'
          AND NOT EXISTS (SELECT FROM inbox.kinship AS k WHERE k.changeset_id = s.id AND k.parent_uid = c.uid)) AS ending
 CROSS JOIN LATERAL (
       SELECT count(*) AS odd_sizes, min(area) AS least_m2, max(area) AS most_m2, (array_agg(ref ORDER BY ref))[1:6] AS odd_refs
         FROM (SELECT ref, ST_Area(geom_after) AS area FROM inbox.change
                WHERE changeset_id = s.id AND ST_Dimension(geom_after) = 2) AS areas
        WHERE area < :smallest OR (:largest > 0 AND area > :largest)) AS sized
 CROSS JOIN LATERAL (
       SELECT count(*) AS grown, max(greatest(was / became, became / was)) AS most_times,
              (array_agg(ref ORDER BY ref))[1:6] AS grown_refs
         FROM (SELECT ref, nullif(ST_Area(geom_before), 0) AS was, nullif(ST_Area(geom_after), 0) AS became
                 FROM inbox.change WHERE changeset_id = s.id AND kind = 'update') AS areas
        WHERE greatest(was / became, became / was) >= :times) AS grown
 CROSS JOIN LATERAL (
       -- The usual size is the middle one of the district's last publishes of that layer.
       SELECT (SELECT count(*) FROM inbox.change WHERE changeset_id = s.id) AS changes,
              (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY size)
                 FROM (SELECT coalesce((e.summary ->> 'inserted')::bigint, 0) + coalesce((e.summary ->> 'updated')::bigint, 0)
                              + coalesce((e.summary ->> 'retired')::bigint, 0) AS size
                         FROM pool.epoch AS e
                        WHERE e.district_id = s.district_id AND e.changeset_id IS DISTINCT FROM s.id
                          AND e.changeset_id IS NOT NULL AND e.summary ->> 'layer' = s.layer_id
                        ORDER BY e.epoch DESC LIMIT 20) AS lately) AS usual) AS amount
 CROSS JOIN LATERAL (
       -- On a grid of squares as wide as the distance: a square that holds few changes and has no other beside it.
       WITH squares AS (
           SELECT floor(ST_X(middle) / nullif(:far, 0)) AS x, floor(ST_Y(middle) / nullif(:far, 0)) AS y, count(*) AS n,
                  (array_agg(ref ORDER BY ref))[1:6] AS refs
             FROM (SELECT ref, ST_Centroid(coalesce(geom_after, geom_before)) AS middle
                     FROM inbox.change WHERE changeset_id = s.id) AS placed
            WHERE middle IS NOT NULL
            GROUP BY 1, 2
       ), alone AS (
           SELECT * FROM squares AS here
            WHERE n <= (SELECT sum(n) FROM squares) / 10 AND NOT EXISTS (SELECT FROM squares AS o
                               WHERE o.x BETWEEN here.x - 1 AND here.x + 1 AND o.y BETWEEN here.y - 1 AND here.y + 1
                                 AND (o.x, o.y) <> (here.x, here.y))
       )
       SELECT coalesce(sum(n), 0)::bigint AS far, (SELECT sum(n) FROM squares) AS placed,
              (SELECT array_agg(ref ORDER BY ref)
                 FROM (SELECT unnest(refs) AS ref FROM alone ORDER BY 1 LIMIT 6) AS first) AS far_refs
         FROM alone) AS apart
 CROSS JOIN LATERAL (
       -- In the clock time of the place.
       SELECT extract(isodow FROM at)::integer AS weekday, extract(hour FROM at)::integer AS hour,
              at AS clock
         FROM (SELECT coalesce((SELECT t.at FROM inbox.transition AS t
                                 WHERE t.changeset_id = s.id AND t.state_after = 'submitted' ORDER BY t.id DESC LIMIT 1),
                               s.created_at) AT TIME ZONE :timezone AS at) AS sent) AS handed_in
 WHERE s.id = ANY (CAST(:changesets AS bigint[]))

-- name: warnings
SELECT greatest(coalesce((u.report #>> '{findings,refusal}')::bigint, 0)
                + coalesce((u.report #>> '{findings,warning}')::bigint, 0),
                (SELECT count(*) FROM inbox.finding AS f WHERE f.upload_id = u.id AND f.severity <> 'note')) AS n
  FROM inbox.changeset AS s JOIN inbox.upload AS u ON u.id = s.upload_id
 WHERE s.id = :changeset
