-- Whole layers as they are published, for computing without any index.

-- name: parcels
SELECT uid, district_id, encode(ST_AsEWKB(geom), 'hex') AS shape FROM pool.parcels WHERE uid = ANY (CAST(:uids AS uuid[]))

-- name: zones
SELECT zone.ref, zone.plan_ref, zone.use_key, plan.status AS status, ST_AsBinary(zone.geom) AS shape
  FROM pool.zones AS zone LEFT JOIN pool.plans AS plan ON plan.ref = zone.plan_ref ORDER BY zone.ref

-- name: constraints
SELECT ref, kind AS theme, status, district_id, ST_AsBinary(geom) AS shape FROM pool.plan_constraints ORDER BY ref

-- name: coverage
SELECT layer_id, theme, state, district_id, ST_AsBinary(geom) AS shape FROM pool.coverage ORDER BY id

-- name: districts
SELECT district_id, ST_AsBinary(geom) AS shape FROM pool.districts ORDER BY ref

-- name: random_parcels
-- The same for the same seed and pool.
SELECT uid FROM pool.parcels ORDER BY md5(CAST(uid AS text) || :seed) LIMIT :count

-- name: border_parcels
-- Parcels on the edge of a constraint, of a survey or of a district: where arithmetic is most easily wrong.
WITH edge AS (
    (SELECT ST_Boundary(geom) AS line FROM pool.plan_constraints WHERE ST_IsValid(geom) ORDER BY md5(ref || :seed) LIMIT 100)
    UNION ALL
    (SELECT ST_Boundary(geom) FROM pool.coverage WHERE ST_IsValid(geom) ORDER BY md5(id || :seed) LIMIT 100)
    UNION ALL
    (SELECT ST_Boundary(geom) FROM pool.districts ORDER BY md5(ref || :seed) LIMIT 10)),
piece AS (SELECT ST_Subdivide(line, 32) AS line FROM edge),
met AS (SELECT DISTINCT parcel.uid FROM piece JOIN pool.parcels AS parcel ON ST_DWithin(parcel.geom, piece.line, 0.5))
SELECT uid FROM met ORDER BY md5(CAST(uid AS text) || :seed) LIMIT :count
