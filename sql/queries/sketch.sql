-- name: around_parcel
-- The frame is half as wide again as the parcel on each side; everything is moved to its north-west corner.
WITH subject AS MATERIALIZED (
    SELECT uid, geom, ST_Expand(geom, greatest(ST_XMax(geom) - ST_XMin(geom), ST_YMax(geom) - ST_YMin(geom), 20) / 2) AS frame
      FROM pool.parcels WHERE uid = :uid
), drawn AS (
    SELECT 1 AS step, 'zone' AS kind, z.use_key AS key, z.ref, ST_ClipByBox2D(z.geom, s.frame::box2d) AS geom
      FROM subject s JOIN pool.zones z ON z.geom && s.frame
      JOIN pool.plans p ON p.ref = z.plan_ref AND p.status = 'in_force'
    UNION ALL
    SELECT 2, 'neighbour', p.parcel_no, p.ref, ST_ClipByBox2D(p.geom, s.frame::box2d)
      FROM subject s JOIN pool.parcels p ON p.geom && s.frame AND p.uid <> s.uid
    UNION ALL
    SELECT 3, 'subject', '', '', geom FROM subject
)
SELECT d.kind, d.key, ST_AsSVG(ST_Translate(d.geom, -ST_XMin(s.frame), -ST_YMax(s.frame)), 0, 2) AS path,
       ST_XMax(s.frame) - ST_XMin(s.frame) AS width, ST_YMax(s.frame) - ST_YMin(s.frame) AS height
  FROM drawn d CROSS JOIN subject s
 WHERE NOT ST_IsEmpty(d.geom) AND ST_Dimension(d.geom) = 2
 ORDER BY d.step, d.ref
