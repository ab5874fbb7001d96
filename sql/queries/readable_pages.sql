-- name: parcels_numbered
-- Parcels that have these numbers, or once had them; one that has had several counts by its last.
SELECT DISTINCT ON (named.uid) named.uid, named.district_id, named.block_no, named.parcel_no, named.is_published,
       coalesce(named.cadastral_neighbourhood, neighbourhood.name) AS neighbourhood,
       named.cadastral_neighbourhood_key, neighbourhood.name_key AS neighbourhood_key
  FROM (SELECT uid, district_id, block_no, parcel_no, cadastral_neighbourhood, cadastral_neighbourhood_key,
               neighbourhood_ref, true AS is_published, CAST(NULL AS bigint) AS epoch_to
          FROM pool.parcels WHERE block_no = :block AND parcel_no = :parcel
        UNION ALL
        SELECT uid, district_id, block_no, parcel_no, cadastral_neighbourhood, cadastral_neighbourhood_key,
               neighbourhood_ref, false, epoch_to
          FROM history.parcels WHERE block_no = :block AND parcel_no = :parcel) AS named
  LEFT JOIN pool.neighbourhoods AS neighbourhood ON neighbourhood.ref = named.neighbourhood_ref
 WHERE CAST(:district AS integer) IS NULL OR named.district_id = :district
 ORDER BY named.uid, named.is_published DESC, named.epoch_to DESC
 LIMIT :most

-- name: parcels
-- What these parcels are called, or were last.
SELECT DISTINCT ON (named.uid) named.uid, named.district_id, named.block_no, named.parcel_no, named.is_published,
       coalesce(named.cadastral_neighbourhood, neighbourhood.name) AS neighbourhood,
       named.cadastral_neighbourhood_key, neighbourhood.name_key AS neighbourhood_key
  FROM (SELECT uid, district_id, block_no, parcel_no, cadastral_neighbourhood, cadastral_neighbourhood_key,
               neighbourhood_ref, true AS is_published, CAST(NULL AS bigint) AS epoch_to
          FROM pool.parcels WHERE uid = ANY (:uids)
        UNION ALL
        SELECT uid, district_id, block_no, parcel_no, cadastral_neighbourhood, cadastral_neighbourhood_key,
               neighbourhood_ref, false, epoch_to
          FROM history.parcels WHERE uid = ANY (:uids)) AS named
  LEFT JOIN pool.neighbourhoods AS neighbourhood ON neighbourhood.ref = named.neighbourhood_ref
 ORDER BY named.uid, named.is_published DESC, named.epoch_to DESC

-- name: plans_numbered
-- Plans that have this number, or once had it.
SELECT DISTINCT ON (plan.uid) plan.uid, plan.ref, plan.district_id, plan.plan_no, plan.name, plan.status, plan.authority,
       plan.display_from, plan.display_to, plan.is_published, place.*, ST_Area(plan.geom) AS area_m2
  FROM (SELECT uid, ref, district_id, plan_no, name, status, authority, display_from, display_to, geom,
               true AS is_published, CAST(NULL AS bigint) AS epoch_to
          FROM pool.plans WHERE plan_no = :number
        UNION ALL
        SELECT uid, ref, district_id, plan_no, name, status, authority, display_from, display_to, geom, false, epoch_to
          FROM history.plans WHERE plan_no = :number) AS plan
 CROSS JOIN LATERAL pool.whereabouts(plan.geom) AS place
 ORDER BY plan.uid, plan.is_published DESC, plan.epoch_to DESC
 LIMIT :most

-- name: plan_number
-- Of a plan, or what it was last.
SELECT plan_no FROM (SELECT plan_no, 0 AS turn, 0 AS epoch_to FROM pool.plans WHERE uid = :uid
                     UNION ALL
                     SELECT plan_no, 1, epoch_to FROM history.plans WHERE uid = :uid) AS named
 ORDER BY turn, epoch_to DESC LIMIT 1

-- name: uses_of_plan
-- What a plan lays on its ground, the widest first.
SELECT use_key, use_label, count(*) AS n, sum(ST_Area(geom)) AS area_m2
  FROM pool.zones WHERE plan_ref = :ref
 GROUP BY use_key, use_label ORDER BY area_m2 DESC, use_label, use_key

-- name: sketch_of_plan
-- A plan's outline over its zones, moved to its north-west corner; what would be smaller than a dot is left out.
WITH plan AS MATERIALIZED (
    SELECT ref, geom, ST_XMin(geom) AS west, ST_YMax(geom) AS north, ST_XMax(geom) - ST_XMin(geom) AS width,
           ST_YMax(geom) - ST_YMin(geom) AS height
      FROM pool.plans WHERE uid = :uid
), drawn AS (
    SELECT 1 AS step, 'zone' AS kind, zone.use_key AS key, zone.ref, ST_Simplify(zone.geom, greatest(width, height) / 600) AS geom
      FROM plan JOIN pool.zones AS zone ON zone.plan_ref = plan.ref
    UNION ALL
    SELECT 2, 'subject', '', ref, ST_SimplifyPreserveTopology(geom, greatest(width, height) / 600) FROM plan)
SELECT drawn.kind, drawn.key, ST_AsSVG(ST_Translate(drawn.geom, -plan.west, -plan.north), 1, 1) AS path, plan.width, plan.height
  FROM drawn CROSS JOIN plan
 WHERE drawn.geom IS NOT NULL AND NOT ST_IsEmpty(drawn.geom)
 ORDER BY drawn.step, drawn.ref
