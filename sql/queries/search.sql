-- name: doors
-- Doors of that number on streets with one of these names; letters behind the number are compared outside.
SELECT door.uid, door.district_id, door.street_name, door.street_name_key, door.street_type, door.door_no,
       door.neighbourhood, door.neighbourhood_key, ST_X(place.point) AS lon, ST_Y(place.point) AS lat,
       pool.parcel_of(door.parcel_ref, door.geom) AS parcel_uid
  FROM (SELECT * FROM pool.addresses
         WHERE street_name_key = ANY (:keys) AND door_no_int = :door
           AND (CAST(:district AS integer) IS NULL OR district_id = :district)
         ORDER BY district_id, neighbourhood_key, door_no, ref LIMIT :most) AS door
 CROSS JOIN LATERAL (SELECT ST_Transform(door.geom, 4326) AS point) AS place

-- name: doors_of_code
SELECT door.uid, door.district_id, door.street_name, door.street_name_key, door.street_type, door.door_no,
       door.neighbourhood, door.neighbourhood_key, ST_X(place.point) AS lon, ST_Y(place.point) AS lat,
       pool.parcel_of(door.parcel_ref, door.geom) AS parcel_uid
  FROM (SELECT * FROM pool.addresses WHERE address_code = :code ORDER BY ref LIMIT :most) AS door
 CROSS JOIN LATERAL (SELECT ST_Transform(door.geom, 4326) AS point) AS place

-- name: nearest_doors
-- The next lower and the next higher number of one street, on the same side where there is one.
SELECT door.uid, door.district_id, door.street_name, door.street_name_key, door.street_type, door.door_no,
       door.neighbourhood, door.neighbourhood_key, ST_X(place.point) AS lon, ST_Y(place.point) AS lat,
       pool.parcel_of(door.parcel_ref, door.geom) AS parcel_uid
  FROM ((SELECT * FROM pool.addresses
          WHERE street_name_key = ANY (:keys) AND district_id = :district AND door_no_int < :door
          ORDER BY (:door - door_no_int) % 2, door_no_int DESC, door_no LIMIT 1)
        UNION ALL
        (SELECT * FROM pool.addresses
          WHERE street_name_key = ANY (:keys) AND district_id = :district AND door_no_int > :door
          ORDER BY (door_no_int - :door) % 2, door_no_int, door_no LIMIT 1)) AS door
 CROSS JOIN LATERAL (SELECT ST_Transform(door.geom, 4326) AS point) AS place
 ORDER BY door.door_no_int

-- name: streets
-- Streets with one of these names. Pieces of one name are one street where the gaps between them are small.
WITH piece AS MATERIALIZED (
    SELECT uid, ref, name, name_key, street_type, district_id, geom
      FROM pool.roads
     WHERE name_key = ANY (:keys) AND (CAST(:district AS integer) IS NULL OR district_id = :district)
     ORDER BY district_id, ref LIMIT 2000),
grouped AS (
    SELECT piece.*, ST_ClusterDBSCAN(geom, :gap, 1) OVER (PARTITION BY district_id, name_key) AS part FROM piece),
street AS (
    SELECT district_id, name_key, part, min(name) AS name, min(street_type) AS street_type,
           (array_agg(uid ORDER BY ref))[1] AS uid, min(ref) AS ref, ST_Collect(geom) AS geom
      FROM grouped GROUP BY district_id, name_key, part)
SELECT street.uid, street.district_id, street.name, street.name_key, street.street_type,
       neighbourhood.name AS neighbourhood, neighbourhood.name_key AS neighbourhood_key, place.*
  FROM street
 CROSS JOIN LATERAL pool.whereabouts(street.geom) AS place
  LEFT JOIN LATERAL (SELECT name, name_key FROM pool.neighbourhoods
                      WHERE ST_Covers(geom, ST_PointOnSurface(street.geom)) ORDER BY ref LIMIT 1) AS neighbourhood ON true
 ORDER BY street.district_id, street.name_key, street.ref LIMIT :most

-- name: streets_of_doors
-- Where the road layer does not know a street, its doors do.
WITH door AS MATERIALIZED (
    SELECT * FROM pool.addresses
     WHERE street_name_key = ANY (:keys) AND (CAST(:district AS integer) IS NULL OR district_id = :district)
     LIMIT 5000),
street AS (
    SELECT district_id, street_name_key AS name_key, neighbourhood_key, min(street_name) AS name,
           min(street_type) AS street_type, min(neighbourhood) AS neighbourhood, ST_Collect(geom) AS geom
      FROM door GROUP BY district_id, street_name_key, neighbourhood_key)
SELECT CAST(NULL AS uuid) AS uid, street.district_id, street.name, street.name_key, street.street_type,
       street.neighbourhood, street.neighbourhood_key, place.*
  FROM street
 CROSS JOIN LATERAL pool.whereabouts(street.geom) AS place
 ORDER BY street.district_id, street.name_key, street.neighbourhood_key LIMIT :most

-- name: street_names_starting
SELECT name_key FROM pool.roads
 WHERE (name_key = ANY (:keys) OR name_key LIKE :start)
   AND (CAST(:district AS integer) IS NULL OR district_id = :district)
 GROUP BY name_key ORDER BY (name_key = ANY (:keys)) DESC, length(name_key), name_key LIMIT :most

-- name: street_names_alike
-- Names may be misspelt, numbers may not: only streets with the very same numbers are looked at.
SELECT name_key FROM pool.roads
 WHERE :key <% name_key AND btrim(regexp_replace(name_key, '[^0-9]+', ' ', 'g')) = :numbers
   AND (CAST(:district AS integer) IS NULL OR district_id = :district)
 GROUP BY name_key ORDER BY word_similarity(:key, name_key) DESC, name_key LIMIT :most

-- name: parcels
SELECT parcel.uid, parcel.ref, parcel.district_id, parcel.block_no, parcel.parcel_no,
       coalesce(parcel.cadastral_neighbourhood, neighbourhood.name) AS neighbourhood,
       parcel.cadastral_neighbourhood_key, neighbourhood.name_key AS neighbourhood_key, place.*
  FROM (SELECT * FROM pool.parcels
         WHERE block_no = :block AND parcel_no = :parcel
           AND (CAST(:district AS integer) IS NULL OR district_id = :district)
         ORDER BY district_id, cadastral_neighbourhood_key, ref LIMIT :most) AS parcel
  LEFT JOIN pool.neighbourhoods AS neighbourhood ON neighbourhood.ref = parcel.neighbourhood_ref
 CROSS JOIN LATERAL pool.whereabouts(parcel.geom) AS place
 ORDER BY parcel.district_id, parcel.cadastral_neighbourhood_key, parcel.ref

-- name: ended_parcels
-- Parcels that once had these numbers and have them no more.
SELECT DISTINCT ON (ended.uid) ended.uid, ended.block_no, ended.parcel_no,
       ended.cadastral_neighbourhood_key, CAST(NULL AS text) AS neighbourhood_key
  FROM history.parcels AS ended
 WHERE ended.block_no = :block AND ended.parcel_no = :parcel
   AND (CAST(:district AS integer) IS NULL OR ended.district_id = :district)
   AND NOT EXISTS (SELECT FROM pool.parcels AS published
                    WHERE published.uid = ended.uid AND published.block_no = ended.block_no
                      AND published.parcel_no = ended.parcel_no)
 ORDER BY ended.uid, ended.epoch_to DESC LIMIT :most

-- name: heirs
-- What is published in the place of an ended parcel; one that was only renumbered is its own heir.
SELECT parcel.uid, parcel.ref, parcel.district_id, parcel.block_no, parcel.parcel_no,
       coalesce(parcel.cadastral_neighbourhood, neighbourhood.name) AS neighbourhood,
       parcel.cadastral_neighbourhood_key, neighbourhood.name_key AS neighbourhood_key, place.*
  FROM (SELECT uid FROM pool.successors('parcels', :uid) UNION SELECT CAST(:uid AS uuid)) AS heir
  JOIN pool.parcels AS parcel ON parcel.uid = heir.uid
  LEFT JOIN pool.neighbourhoods AS neighbourhood ON neighbourhood.ref = parcel.neighbourhood_ref
 CROSS JOIN LATERAL pool.whereabouts(parcel.geom) AS place
 ORDER BY parcel.ref LIMIT :most

-- name: parcel_at
SELECT uid, district_id, block_no, parcel_no FROM pool.parcels
 WHERE ST_Covers(geom, ST_SetSRID(ST_MakePoint(:x, :y), CAST(:srid AS integer))) ORDER BY ref LIMIT 1

-- name: plans_numbered
SELECT 'plan' AS kind, plan.uid, plan.district_id, plan.name, plan.name_key, plan.plan_no AS detail,
       CAST(NULL AS uuid) AS parcel_uid, place.*
  FROM pool.plans AS plan CROSS JOIN LATERAL pool.whereabouts(plan.geom) AS place
 WHERE plan.plan_no = :plan_no ORDER BY plan.ref LIMIT :most

-- name: names
-- Things called so, or whose name begins so; `keys` are the same name with the profile's words behind it.
SELECT named.kind, named.uid, named.district_id, named.name, named.name_key, named.detail, place.*,
       CASE WHEN named.kind = 'place' THEN pool.parcel_of(NULL, named.geom) END AS parcel_uid
  FROM (SELECT * FROM pool.named() AS called
         WHERE (called.name_key = ANY (:keys) OR called.name_key LIKE :start)
           AND (CAST(:district AS integer) IS NULL OR called.district_id = :district)
         ORDER BY (called.name_key = ANY (:keys)) DESC, length(called.name_key), called.name_key,
                  called.kind, called.district_id, called.uid
         LIMIT :most) AS named
 CROSS JOIN LATERAL pool.whereabouts(named.geom) AS place

-- name: names_alike
-- Misspelt names, whole: cheap, and enough for a long one, which shares its common words with thousands of others.
SELECT named.kind, named.uid, named.district_id, named.name, named.name_key, named.detail, place.*,
       CASE WHEN named.kind = 'place' THEN pool.parcel_of(NULL, named.geom) END AS parcel_uid
  FROM (SELECT * FROM pool.named() AS called
         WHERE called.name_key % :key AND (CAST(:district AS integer) IS NULL OR called.district_id = :district)
         ORDER BY similarity(called.name_key, :key) DESC, called.name_key,
                  called.kind, called.district_id, called.uid
         LIMIT :most) AS named
 CROSS JOIN LATERAL pool.whereabouts(named.geom) AS place

-- name: names_partly_alike
-- A misspelt part of a longer name; for a short text only.
SELECT named.kind, named.uid, named.district_id, named.name, named.name_key, named.detail, place.*,
       CASE WHEN named.kind = 'place' THEN pool.parcel_of(NULL, named.geom) END AS parcel_uid
  FROM (SELECT * FROM pool.named() AS called
         WHERE :key <% called.name_key AND (CAST(:district AS integer) IS NULL OR called.district_id = :district)
         ORDER BY word_similarity(:key, called.name_key) DESC, length(called.name_key), called.name_key,
                  called.kind, called.district_id, called.uid
         LIMIT :most) AS named
 CROSS JOIN LATERAL pool.whereabouts(named.geom) AS place

-- name: loosen
-- Two letters that changed places break half of the trigrams of a short name.
SELECT set_config('pg_trgm.word_similarity_threshold', '0.35', true)
