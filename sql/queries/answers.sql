-- Every statement reads the pool as of :epoch: published rows that old, and closed ones in force then.
-- :shape is the parcel as hexadecimal EWKB in the storage CRS, so that the index of each layer serves.

-- name: parcel
WITH parcel AS (
    SELECT uid, ref, district_id, block_no, parcel_no, cadastral_neighbourhood, neighbourhood_ref,
           registered_area_m2, computed_area_m2, geom
      FROM pool.parcels WHERE uid = :uid AND epoch_from <= :epoch
    UNION ALL
    SELECT uid, ref, district_id, block_no, parcel_no, cadastral_neighbourhood, neighbourhood_ref,
           registered_area_m2, computed_area_m2, geom
      FROM history.parcels WHERE uid = :uid AND epoch_from <= :epoch AND epoch_to > :epoch)
SELECT parcel.uid, parcel.ref, parcel.district_id, parcel.block_no, parcel.parcel_no, parcel.cadastral_neighbourhood,
       parcel.registered_area_m2, parcel.computed_area_m2, neighbourhood.name AS neighbourhood,
       encode(ST_AsEWKB(parcel.geom), 'hex') AS shape, ST_Area(parcel.geom) AS shape_m2, place.lon, place.lat
  FROM parcel
 CROSS JOIN LATERAL pool.whereabouts(parcel.geom) AS place
  LEFT JOIN LATERAL (SELECT name FROM pool.neighbourhoods
                      WHERE ref = parcel.neighbourhood_ref
                         OR (parcel.neighbourhood_ref IS NULL AND ST_Covers(geom, ST_PointOnSurface(parcel.geom)))
                      ORDER BY ref LIMIT 1) AS neighbourhood ON true

-- name: ended_parcel
SELECT uid, ref, district_id, block_no, parcel_no FROM history.parcels
 WHERE uid = :uid ORDER BY epoch_to DESC LIMIT 1

-- name: uid_of_ref
SELECT uid FROM (SELECT uid, 0 AS turn, 0 AS epoch_to FROM pool.parcels WHERE ref = :ref
                 UNION ALL
                 SELECT uid, 1, epoch_to FROM history.parcels WHERE ref = :ref) AS named
 ORDER BY turn, epoch_to DESC LIMIT 1

-- name: uid_at
SELECT uid FROM pool.parcels
 WHERE ST_Covers(geom, ST_Transform(ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), CAST(:srid AS integer)))
 ORDER BY ref LIMIT 1

-- name: zones
-- `together_m2` counts ground under several zones once; apart for plans in force and the others.
WITH zone AS (
    SELECT ref, plan_ref, use_key, use_label, official_code, building_order, floors, floors_state, taks, taks_state,
           kaks, kaks_state, h_max_m, h_state, setback_front_m, setback_side_m, setback_rear_m, min_parcel_m2, notes, geom
      FROM pool.zones WHERE geom && CAST(:shape AS geometry) AND epoch_from <= :epoch
    UNION ALL
    SELECT ref, plan_ref, use_key, use_label, official_code, building_order, floors, floors_state, taks, taks_state,
           kaks, kaks_state, h_max_m, h_state, setback_front_m, setback_side_m, setback_rear_m, min_parcel_m2, notes, geom
      FROM history.zones
     WHERE geom && CAST(:shape AS geometry) AND epoch_from <= :epoch AND epoch_to > :epoch),
cut AS (
    SELECT zone.*, plan.status AS plan_status,
           CASE WHEN ST_IsValid(zone.geom) THEN ST_Intersection(zone.geom, CAST(:shape AS geometry)) END AS part
      FROM zone
      LEFT JOIN LATERAL (SELECT status FROM pool.plans WHERE ref = zone.plan_ref AND epoch_from <= :epoch
                         UNION ALL
                         SELECT status FROM history.plans
                          WHERE ref = zone.plan_ref AND epoch_from <= :epoch AND epoch_to > :epoch
                         LIMIT 1) AS plan ON true)
SELECT ref, plan_ref, plan_status, use_key, use_label, official_code, building_order, floors, floors_state,
       taks, taks_state, kaks, kaks_state, h_max_m, h_state, setback_front_m, setback_side_m, setback_rear_m,
       min_parcel_m2, notes, ST_Area(part) AS share_m2,
       ST_Area(ST_Union(part) OVER (PARTITION BY plan_status = 'in_force')) AS together_m2
  FROM cut ORDER BY ref

-- name: plans
-- Plans whose extent reaches the parcel, and those its zones name.
WITH plan AS (
    SELECT ref, plan_no, name, plan_level, plan_kind, scale_den, status, approval_date, display_from, display_to,
           finalised_date, authority, decision_no, notes_text, geom
      FROM pool.plans
     WHERE (geom && CAST(:shape AS geometry) OR ref = ANY (:refs)) AND epoch_from <= :epoch
    UNION ALL
    SELECT ref, plan_no, name, plan_level, plan_kind, scale_den, status, approval_date, display_from, display_to,
           finalised_date, authority, decision_no, notes_text, geom
      FROM history.plans
     WHERE (geom && CAST(:shape AS geometry) OR ref = ANY (:refs)) AND epoch_from <= :epoch AND epoch_to > :epoch)
SELECT ref, plan_no, name, plan_level, plan_kind, scale_den, status, approval_date, display_from, display_to,
       finalised_date, authority, decision_no, notes_text,
       ST_Area(ST_Intersection(geom, CAST(:shape AS geometry))) AS share_m2
  FROM plan ORDER BY scale_den NULLS LAST, ref

-- name: constraints
-- All kinds at once, or one of them. `together_m2` counts ground under several areas of a kind once.
WITH constrained AS (
    SELECT ref, kind, degree, label, plan_ref, status, legal_basis, geom
      FROM pool.plan_constraints
     WHERE geom && CAST(:shape AS geometry) AND epoch_from <= :epoch
       AND (CAST(:theme AS text) IS NULL OR kind = :theme)
    UNION ALL
    SELECT ref, kind, degree, label, plan_ref, status, legal_basis, geom
      FROM history.plan_constraints
     WHERE geom && CAST(:shape AS geometry) AND epoch_from <= :epoch AND epoch_to > :epoch
       AND (CAST(:theme AS text) IS NULL OR kind = :theme)),
cut AS (
    SELECT constrained.*,
           CASE WHEN ST_IsValid(geom) THEN ST_Intersection(geom, CAST(:shape AS geometry)) END AS part
      FROM constrained)
SELECT ref, kind, degree, label, plan_ref, status, legal_basis, ST_Area(part) AS share_m2,
       ST_Area(ST_Union(part) OVER (PARTITION BY kind, status = 'in_force')) AS together_m2,
       ST_Intersects(part, CAST(:shape AS geometry)) AS touches
  FROM cut ORDER BY kind, ref

-- name: surveys
-- How much of the parcel each theme's survey reaches: altogether, and where it is not settled yet.
SELECT layer_id, theme, ST_Area(ST_Union(part)) AS covered_m2,
       coalesce(ST_Area(ST_Union(part) FILTER (WHERE state <> 'surveyed')), 0) AS unsettled_m2,
       min(as_of) AS as_of
  FROM (SELECT layer_id, theme, state, as_of, ST_Intersection(geom, CAST(:shape AS geometry)) AS part
          FROM pool.coverage
         WHERE epoch_from <= :epoch AND geom && CAST(:shape AS geometry) AND ST_IsValid(geom)) AS patch
 GROUP BY layer_id, theme

-- name: constraints_kept
-- Counters are kept by triggers: fewer readable rows mean that a part of the layer is hidden or lost.
SELECT count(*) = (SELECT coalesce(sum(n), 0) FROM pool.counter WHERE layer_id = 'plan_constraints')
       AND NOT bool_or(coalesce(ST_IsEmpty(geom), true)) IS TRUE AS is_whole
  FROM pool.plan_constraints

-- name: zones_kept
SELECT count(*) = (SELECT coalesce(sum(n), 0) FROM pool.counter
                    WHERE layer_id = 'zones' AND district_id = :district) AS is_whole
  FROM pool.zones WHERE district_id = :district
