-- name: around_parcel
-- As of :epoch. The frame is half as wide again as the parcel on each side; everything is moved to its north-west corner.
WITH subject AS MATERIALIZED (
    SELECT CAST(:uid AS uuid) AS uid, shape AS geom,
           ST_Expand(shape, greatest(ST_XMax(shape) - ST_XMin(shape), ST_YMax(shape) - ST_YMin(shape), 20) / 2) AS frame
      FROM (SELECT CAST(:shape AS geometry) AS shape) AS given
), zone AS (
    SELECT ref, use_key, plan_ref, geom FROM pool.zones WHERE geom && (SELECT frame FROM subject) AND epoch_from <= :epoch
    UNION ALL
    SELECT ref, use_key, plan_ref, geom FROM history.zones
     WHERE geom && (SELECT frame FROM subject) AND epoch_from <= :epoch AND epoch_to > :epoch
), parcel AS (
    SELECT ref, uid, parcel_no, geom FROM pool.parcels WHERE geom && (SELECT frame FROM subject) AND epoch_from <= :epoch
    UNION ALL
    SELECT ref, uid, parcel_no, geom FROM history.parcels
     WHERE geom && (SELECT frame FROM subject) AND epoch_from <= :epoch AND epoch_to > :epoch
), constrained AS (
    SELECT ref, kind, geom FROM pool.plan_constraints WHERE geom && (SELECT frame FROM subject) AND epoch_from <= :epoch
    UNION ALL
    SELECT ref, kind, geom FROM history.plan_constraints
     WHERE geom && (SELECT frame FROM subject) AND epoch_from <= :epoch AND epoch_to > :epoch
), drawn AS (
    SELECT 1 AS step, 'zone' AS kind, z.use_key AS key, '' AS label, z.ref, ST_ClipByBox2D(z.geom, s.frame::box2d) AS geom
      FROM subject AS s CROSS JOIN zone AS z
     WHERE EXISTS (SELECT FROM pool.plans WHERE ref = z.plan_ref AND status = 'in_force' AND epoch_from <= :epoch
                   UNION ALL
                   SELECT FROM history.plans WHERE ref = z.plan_ref AND status = 'in_force'
                                                AND epoch_from <= :epoch AND epoch_to > :epoch)
    UNION ALL
    SELECT 2, 'neighbour', '', p.parcel_no, p.ref, ST_ClipByBox2D(p.geom, s.frame::box2d)
      FROM subject AS s CROSS JOIN parcel AS p WHERE p.uid <> s.uid
    UNION ALL
    SELECT 3, 'constraint', c.kind, '', c.ref, ST_ClipByBox2D(c.geom, s.frame::box2d)
      FROM subject AS s CROSS JOIN constrained AS c
    UNION ALL
    SELECT 4, 'subject', '', '', '', geom FROM subject
)
SELECT d.kind, d.key, d.label, ST_AsSVG(ST_Translate(d.geom, -ST_XMin(s.frame), -ST_YMax(s.frame)), 1, 2) AS path,
       CAST(round(CAST(ST_X(middle) - ST_XMin(s.frame) AS numeric), 2) AS double precision) AS x,
       CAST(round(CAST(ST_YMax(s.frame) - ST_Y(middle) AS numeric), 2) AS double precision) AS y,
       CAST(round(CAST(ST_XMax(s.frame) - ST_XMin(s.frame) AS numeric), 2) AS double precision) AS width,
       CAST(round(CAST(ST_YMax(s.frame) - ST_YMin(s.frame) AS numeric), 2) AS double precision) AS height
  FROM drawn AS d CROSS JOIN subject AS s
  LEFT JOIN LATERAL (SELECT ST_PointOnSurface(d.geom) AS middle WHERE d.kind = 'neighbour') AS label ON true
 WHERE NOT ST_IsEmpty(d.geom) AND ST_Dimension(d.geom) = 2
 ORDER BY d.step, d.ref
