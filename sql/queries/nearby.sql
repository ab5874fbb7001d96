-- name: namesakes
-- A number is unique within its cadastral neighbourhood; labels that begin with a letter are provisional.
WITH said AS MATERIALIZED (
    SELECT s.line, s.ref, s.state, s.before, v.*
      FROM staged AS s
     CROSS JOIN LATERAL (SELECT coalesce(s.after, s.attributes) AS said) AS c
     CROSS JOIN LATERAL (SELECT said ->> 'block_no' AS block_no, said ->> 'parcel_no' AS parcel_no,
                                coalesce(said ->> 'cadastral_neighbourhood', '') AS neighbourhood) AS v
     WHERE NOT s.is_refused AND v.parcel_no ~ '^[0-9]'),
spelt AS MATERIALIZED (
    SELECT neighbourhood, pool.fold(neighbourhood) AS key
      FROM (SELECT DISTINCT neighbourhood FROM said) AS written),
numbered AS MATERIALIZED (
    SELECT s.line, s.ref, s.block_no, s.parcel_no, s.neighbourhood, spelt.key,
           CASE s.state
               WHEN 'new' THEN true
               WHEN 'same' THEN false
               ELSE s.block_no IS DISTINCT FROM s.before ->> 'block_no'
                 OR s.parcel_no IS DISTINCT FROM s.before ->> 'parcel_no'
                 OR spelt.key IS DISTINCT FROM coalesce(pool.fold(s.before ->> 'cadastral_neighbourhood'), '')
               END AS is_renumbered
      FROM said AS s JOIN spelt USING (neighbourhood)),
within_file AS (
    SELECT n.line, min(o.line) AS other_line
      FROM numbered AS n JOIN numbered AS o USING (block_no, parcel_no, key)
     WHERE n.is_renumbered AND o.line <> n.line AND o.ref IS DISTINCT FROM n.ref
     GROUP BY n.line),
in_pool AS (
    SELECT n.line, min(p.ref) AS other_ref
      FROM numbered AS n
      JOIN pool.parcels AS p ON p.district_id = :district AND p.block_no = n.block_no AND p.parcel_no = n.parcel_no
       AND coalesce(p.cadastral_neighbourhood_key, '') = n.key
     WHERE n.is_renumbered
       AND NOT EXISTS (SELECT FROM staged AS own WHERE own.ref = p.ref)
       AND NOT EXISTS (SELECT FROM published AS e WHERE e.uid = p.uid AND e.is_ending)
     GROUP BY n.line)
SELECT n.line, n.ref, n.block_no, n.parcel_no, n.neighbourhood, f.other_line,
       coalesce(p.other_ref, o.ref) AS other_ref
  FROM numbered AS n
  LEFT JOIN within_file AS f USING (line)
  LEFT JOIN in_pool AS p USING (line)
  LEFT JOIN staged AS o ON o.line = f.other_line
 WHERE f.line IS NOT NULL OR p.line IS NOT NULL
 ORDER BY n.line

-- name: plots
-- The zone in force under the middle of each new or reshaped parcel.
WITH parcel AS MATERIALIZED (
    SELECT line, ref, geom, ST_PointOnSurface(geom) AS middle FROM staged
     WHERE is_sound AND NOT is_refused AND state IN ('new', 'moved') AND ST_Area(geom) > 0)
SELECT parcel.line, parcel.ref, ST_AsBinary(parcel.geom) AS geom, z.ref AS zone_ref, ST_AsBinary(z.geom) AS zone,
       z.use_key, z.building_order, CASE WHEN coalesce(z.floors_state, 'value') = 'value' THEN z.floors END AS storeys,
       z.setback_front_m, z.setback_side_m, z.min_parcel_m2 IS NOT NULL OR z.notes IS NOT NULL AS says_otherwise
  FROM parcel
  JOIN pool.zones AS z ON z.geom && parcel.middle AND ST_Intersects(z.geom, parcel.middle)
  JOIN pool.plans AS p ON p.ref = z.plan_ref AND p.status = 'in_force'
 ORDER BY parcel.line, z.ref

-- name: loose_ends
-- An end that touches nothing, near a line that it does not touch.
WITH tip AS MATERIALIZED (
    SELECT line, ref, unnest(ARRAY[ST_StartPoint(part), ST_EndPoint(part)]) AS geom
      FROM staged, LATERAL (SELECT (ST_Dump(geom)).geom AS part) AS parts
     WHERE is_sound AND NOT is_refused AND state IN ('new', 'moved'))
SELECT tip.line, tip.ref, near.line AS other_line, near.ref AS other_ref,
       ST_AsBinary(ST_ShortestLine(tip.geom, near.geom)) AS gap
  FROM tip CROSS JOIN LATERAL (
      SELECT line, ref, geom, ST_Distance(geom, tip.geom) AS metres
        FROM (SELECT s.line, s.ref, s.geom FROM staged AS s
               WHERE s.line <> tip.line AND s.is_sound AND NOT s.is_refused
                 AND ST_DWithin(s.geom, tip.geom, :gap_m)
               UNION ALL
              SELECT NULL, p.ref, p.geom FROM published AS p
               WHERE NOT p.is_ending AND ST_DWithin(p.geom, tip.geom, :gap_m)
                 AND NOT EXISTS (SELECT FROM staged AS own WHERE own.ref = p.ref)) AS around
       ORDER BY metres LIMIT 1) AS near
 WHERE near.metres > :joint_m
 ORDER BY tip.line, ST_X(tip.geom), ST_Y(tip.geom)

-- name: crossings
-- Both lines go on at the point, and it is not a corner of both.
WITH around AS MATERIALIZED (
    SELECT line, ref, geom, state IN ('new', 'moved') AS is_reshaped,
           (coalesce(after, attributes) ->> 'depth_m')::float8 AS depth_m
      FROM staged WHERE is_sound AND NOT is_refused),
pair AS MATERIALIZED (
    SELECT a.line, a.ref, a.geom, a.depth_m, b.line AS other_line, b.ref AS other_ref, b.geom AS other_geom,
           b.depth_m AS other_depth_m
      FROM around AS a JOIN staged AS s ON s.geom && a.geom AND s.line <> a.line JOIN around AS b ON b.line = s.line
     WHERE a.is_reshaped AND (a.line < b.line OR NOT b.is_reshaped) AND ST_Crosses(a.geom, b.geom)
     UNION ALL
    SELECT a.line, a.ref, a.geom, a.depth_m, NULL, p.ref, p.geom, (p.attributes ->> 'depth_m')::float8
      FROM around AS a JOIN published AS p ON p.geom && a.geom
     WHERE a.is_reshaped AND NOT p.is_ending AND ST_Crosses(a.geom, p.geom)
       AND NOT EXISTS (SELECT FROM staged AS own WHERE own.ref = p.ref))
SELECT line, ref, other_line, other_ref, ST_AsBinary(place) AS place,
       depth_m IS NOT NULL AND other_depth_m IS NOT NULL AS depth_known
  FROM pair, LATERAL (SELECT (ST_Dump(ST_Intersection(geom, other_geom))).geom AS place) AS places
 WHERE ST_Dimension(place) = 0
   AND coalesce(abs(depth_m - other_depth_m) < :passing_m, true)
   AND coalesce(ST_Distance(place, ST_Boundary(geom)) > :joint_m, true)
   AND coalesce(ST_Distance(place, ST_Boundary(other_geom)) > :joint_m, true)
   AND NOT (ST_DWithin(place, ST_Points(geom), :joint_m) AND ST_DWithin(place, ST_Points(other_geom), :joint_m))
 ORDER BY line, other_line, other_ref, ST_X(place), ST_Y(place)

-- name: narrowings
-- Water flows from the upper to the lower end of a pipe whose slope is known; several parts have no one direction.
WITH pipe AS MATERIALIZED (
    SELECT s.line, s.ref, s.state <> 'same' AS is_touched, coalesce(s.after, s.attributes) AS said, s.geom
      FROM staged AS s WHERE s.is_sound AND NOT s.is_refused AND ST_NumGeometries(s.geom) = 1
     UNION ALL
    SELECT NULL, p.ref, false, p.attributes, p.geom FROM published AS p
     WHERE NOT p.is_ending AND ST_NumGeometries(p.geom) = 1
       AND NOT EXISTS (SELECT FROM staged AS own WHERE own.ref = p.ref)),
flow AS MATERIALIZED (
    SELECT line, ref, is_touched, (said ->> 'diameter_mm')::float8 AS mm, ends[1] AS upper, ends[2] AS lower
      FROM pipe CROSS JOIN LATERAL (
          SELECT CASE WHEN ((said ->> 'slope_permille')::float8 > 0) = :along THEN ARRAY[first, last]
                      ELSE ARRAY[last, first] END AS ends
            FROM (SELECT ST_StartPoint(ST_GeometryN(geom, 1)) AS first,
                         ST_EndPoint(ST_GeometryN(geom, 1)) AS last) AS drawn) AS directed
     WHERE (said ->> 'slope_permille')::float8 <> 0 AND said ? 'diameter_mm'),
cell AS MATERIALIZED (
    -- Ends that meet share a cell of this lattice or one beside it.
    SELECT flow.*, floor(ST_X(upper) / 0.5) + dx AS x, floor(ST_Y(upper) / 0.5) + dy AS y
      FROM flow, generate_series(-1, 1) AS dx, generate_series(-1, 1) AS dy)
SELECT coalesce(b.line, a.line) AS line, CASE WHEN b.line IS NULL THEN a.ref ELSE b.ref END AS ref,
       CASE WHEN b.line IS NOT NULL THEN a.line END AS other_line,
       CASE WHEN b.line IS NULL THEN b.ref ELSE a.ref END AS other_ref,
       a.mm AS upper_mm, b.mm AS lower_mm, ST_AsBinary(b.upper) AS place
  FROM flow AS a
  JOIN cell AS b ON b.x = floor(ST_X(a.lower) / 0.5) AND b.y = floor(ST_Y(a.lower) / 0.5)
 WHERE b.mm < a.mm AND (a.is_touched OR b.is_touched) AND ST_DWithin(a.lower, b.upper, :joint_m)
 ORDER BY 1, 3, 4, ST_X(b.upper)

-- name: doors
-- Each asked door with the nearest piece of its street, and the other doors on the same side of that piece.
WITH asked AS MATERIALIZED (
    SELECT line, ref, geom, said ->> 'street_name' AS street, pool.fold(said ->> 'street_name') AS key,
           CAST(substring(said ->> 'door_no' FROM '^[0-9]{1,9}') AS integer) AS number, state <> 'same' AS is_asked
      FROM staged, LATERAL (SELECT coalesce(after, attributes) AS said) AS c
     WHERE is_sound AND NOT is_refused),
door AS MATERIALIZED (
    SELECT row_number() OVER () AS id, d.* FROM (
        SELECT line, ref, geom, street, key, number, is_asked FROM asked
         UNION ALL
        SELECT NULL, p.ref, p.geom, p.street_name, p.street_name_key, p.door_no_int, false FROM pool.addresses AS p
         WHERE p.district_id = :district
           AND p.street_name_key IN (SELECT key FROM asked WHERE is_asked)
           AND NOT EXISTS (SELECT FROM staged AS own WHERE own.ref = p.ref)) AS d),
piece AS MATERIALIZED (
    SELECT r.id, r.name_key AS key, part FROM pool.roads AS r, LATERAL (SELECT (ST_Dump(r.geom)).geom AS part) AS parts
     WHERE r.district_id = :district AND r.name_key IN (SELECT key FROM asked WHERE is_asked)),
placed AS MATERIALIZED (
    SELECT DISTINCT ON (d.id) d.*, piece.id AS road, piece.part
      FROM door AS d JOIN piece USING (key)
     ORDER BY d.id, ST_Distance(d.geom, piece.part), piece.id),
sided AS MATERIALIZED (
    SELECT placed.*,
           sign((ST_X(after) - ST_X(before)) * (ST_Y(geom) - ST_Y(before))
              - (ST_Y(after) - ST_Y(before)) * (ST_X(geom) - ST_X(before))) AS side
      FROM placed
     CROSS JOIN LATERAL (SELECT ST_LineLocatePoint(part, geom) AS along) AS located
     CROSS JOIN LATERAL (SELECT ST_LineInterpolatePoint(part, greatest(along - 0.01, 0)) AS before,
                                ST_LineInterpolatePoint(part, least(along + 0.01, 1)) AS after) AS tangent),
counted AS (
    SELECT sided.*, count(number) OVER same_side AS doors,
           count(number) FILTER (WHERE number % 2 = 1) OVER same_side AS odd
      FROM sided WINDOW same_side AS (PARTITION BY road, side))
SELECT line, ref, street, number, ST_AsBinary(ST_ShortestLine(geom, part)) AS to_street,
       doors - CASE WHEN number IS NULL THEN 0 ELSE 1 END AS same_side,
       odd - coalesce(number % 2, 0) AS same_side_odd
  FROM counted WHERE is_asked ORDER BY line

-- name: overhangs
SELECT s.line, s.ref, p.ref AS parcel_ref, ST_AsBinary(outside) AS outside, ST_Area(outside) / ST_Area(s.geom) AS share
  FROM staged AS s
  JOIN pool.parcels AS p ON p.district_id = :district AND p.ref = coalesce(s.after, s.attributes) ->> 'parcel_ref'
 CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_Difference(s.geom, p.geom), 3) AS outside) AS o
 WHERE s.is_sound AND NOT s.is_refused AND s.state <> 'same' AND ST_Area(s.geom) > 0
   AND NOT ST_CoveredBy(s.geom, p.geom) AND ST_Area(outside) > 0
 ORDER BY s.line
