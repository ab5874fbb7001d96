-- name: epoch
SELECT pool.current_epoch()

-- name: streets_since
-- What publishes after one changed; streets that are gone have an n of 0.
SELECT id, district_id, name_key, type_key, neighbourhood_key, postal_codes, sites, n, other_names
  FROM search.street WHERE epoch > :epoch ORDER BY id

-- name: former_names_since
SELECT district_id, name_key, type_key, now_name_key, now_type_key, name
  FROM search.former_name WHERE epoch > :epoch
 ORDER BY district_id, name_key, type_key, now_name_key, now_type_key

-- name: doors
-- Doors of that number on these streets; letters behind the number are compared outside.
SELECT door.uid, door.district_id, door.street_name, door.street_name_key, door.street_type, door.door_no, door.site,
       door.block, door.postal_code, door.neighbourhood, door.neighbourhood_key, ST_X(door.geom) AS x,
       ST_Y(door.geom) AS y, pool.parcel_of(door.parcel_ref, door.geom) AS parcel_uid
  FROM unnest(CAST(:keys AS text[]), CAST(:districts AS integer[]), CAST(:neighbourhoods AS text[]))
       AS street (key, district, neighbourhood)
  JOIN pool.addresses AS door
    ON door.street_name_key = street.key AND door.district_id = street.district
   AND coalesce(door.neighbourhood_key, '') = street.neighbourhood
   AND door.door_no_int = :door
 ORDER BY door.district_id, door.neighbourhood_key, door.door_no, door.ref LIMIT :most

-- name: doors_of_site
SELECT door.uid, door.district_id, door.street_name, door.street_name_key, door.street_type, door.door_no, door.site,
       door.block, door.postal_code, door.neighbourhood, door.neighbourhood_key, ST_X(door.geom) AS x,
       ST_Y(door.geom) AS y, pool.parcel_of(door.parcel_ref, door.geom) AS parcel_uid
  FROM unnest(CAST(:keys AS text[]), CAST(:districts AS integer[]), CAST(:neighbourhoods AS text[]))
       AS street (key, district, neighbourhood)
  JOIN pool.addresses AS door
    ON door.street_name_key = street.key AND door.district_id = street.district
   AND coalesce(door.neighbourhood_key, '') = street.neighbourhood
   AND door.site IS NOT NULL
 ORDER BY door.district_id, door.neighbourhood_key, door.door_no_int, door.door_no, door.ref LIMIT :most

-- name: doors_of_code
SELECT uid, district_id, street_name, street_name_key, street_type, door_no, site, block, postal_code,
       neighbourhood, neighbourhood_key, ST_X(geom) AS x, ST_Y(geom) AS y, pool.parcel_of(parcel_ref, geom) AS parcel_uid
  FROM pool.addresses WHERE address_code = :code ORDER BY ref LIMIT :most

-- name: doors_beginning
-- Doors of these streets whose number begins so, for who is typing it.
SELECT door.uid, door.district_id, door.street_name, door.street_name_key, door.street_type, door.door_no, door.site,
       door.block, door.postal_code, door.neighbourhood, door.neighbourhood_key, ST_X(door.geom) AS x,
       ST_Y(door.geom) AS y, pool.parcel_of(door.parcel_ref, door.geom) AS parcel_uid
  FROM unnest(CAST(:keys AS text[]), CAST(:districts AS integer[]), CAST(:neighbourhoods AS text[]))
       AS street (key, district, neighbourhood)
  JOIN pool.addresses AS door
    ON door.street_name_key = street.key AND door.district_id = street.district
   AND coalesce(door.neighbourhood_key, '') = street.neighbourhood
   AND door.door_no LIKE :start
 ORDER BY door.district_id, door.neighbourhood_key, door.door_no_int, door.door_no, door.ref LIMIT :most

-- name: nearest_doors
-- The next lower and the next higher number of each of these streets, on the same side where there is one; a street is what
-- has the same number in :places.
SELECT door.place, door.uid, door.district_id, door.street_name, door.street_name_key, door.street_type, door.door_no, door.site,
       door.block, door.postal_code, door.neighbourhood, door.neighbourhood_key, ST_X(door.geom) AS x,
       ST_Y(door.geom) AS y, pool.parcel_of(door.parcel_ref, door.geom) AS parcel_uid, door.door_no_int
  FROM (SELECT DISTINCT ON (street.place, door.door_no_int > :door) street.place, door.*
          FROM unnest(CAST(:places AS integer[]), CAST(:keys AS text[]), CAST(:districts AS integer[]),
                      CAST(:neighbourhoods AS text[])) AS street (place, key, district, neighbourhood)
          JOIN pool.addresses AS door
            ON door.street_name_key = street.key AND door.district_id = street.district
           AND coalesce(door.neighbourhood_key, '') = street.neighbourhood
         WHERE door.door_no_int IS NOT NULL
         ORDER BY street.place, door.door_no_int > :door, abs(door.door_no_int - :door) % 2,
                  abs(door.door_no_int - :door), door.door_no, door.ref) AS door
 ORDER BY door.place, door.door_no_int

-- name: streets
SELECT id, source, district_id, name, street_type, name_key, type_key, neighbourhood, neighbourhood_key, uid, n, x, y,
       west, south, east, north
  FROM search.street WHERE id = ANY (:ids) AND n > 0 ORDER BY id

-- name: doors_near
-- For reverse search: what stands nearest to a point.
SELECT uid, district_id, street_name, street_name_key, street_type, door_no, site, block, postal_code,
       neighbourhood, neighbourhood_key, ST_X(geom) AS x, ST_Y(geom) AS y, pool.parcel_of(parcel_ref, geom) AS parcel_uid,
       geom <-> ST_SetSRID(ST_MakePoint(:x, :y), CAST(:srid AS integer)) AS metres
  FROM pool.addresses
 WHERE ST_DWithin(geom, ST_SetSRID(ST_MakePoint(:x, :y), CAST(:srid AS integer)), :most_metres)
 ORDER BY metres, ref LIMIT :most

-- name: areas_at
-- The district and the neighbourhood a point lies in.
SELECT 'neighbourhood' AS kind, uid, district_id, name FROM pool.neighbourhoods
 WHERE ST_Covers(geom, ST_SetSRID(ST_MakePoint(:x, :y), CAST(:srid AS integer)))
UNION ALL
SELECT 'district', uid, district_id, name FROM pool.districts
 WHERE ST_Covers(geom, ST_SetSRID(ST_MakePoint(:x, :y), CAST(:srid AS integer)))

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
-- Parcels that once had these numbers and have them no more; by which operation and publish they lost them.
SELECT DISTINCT ON (ended.uid) ended.uid, ended.block_no, ended.parcel_no,
       ended.cadastral_neighbourhood_key, CAST(NULL AS text) AS neighbourhood_key,
       (SELECT line.operation FROM pool.lineage AS line
         WHERE line.parent_uid = ended.uid AND line.epoch = ended.epoch_to AND line.undone_epoch IS NULL
         ORDER BY line.child_uid = line.parent_uid LIMIT 1) AS operation,
       (SELECT epoch.published_at FROM pool.epoch AS epoch WHERE epoch.epoch = ended.epoch_to) AS ended_at
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
-- Things called so, or whose name begins so; `keys` are the same name with the profile's words behind it. A range instead
-- of LIKE finds its index also where the statement was planned before the name was known.
SELECT named.kind, named.uid, named.district_id, named.name, named.name_key, named.detail, place.*,
       CASE WHEN named.kind = 'place' THEN pool.parcel_of(NULL, named.geom) END AS parcel_uid
  FROM (SELECT * FROM pool.named() AS called
         WHERE (called.name_key = ANY (:keys)
                OR called.name_key ~>=~ :start AND called.name_key ~<~ (CAST(:start AS text) || chr(1114111)))
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
  FROM pool.named_partly_alike(:key, CAST(:district AS integer), :most) AS named
 CROSS JOIN LATERAL pool.whereabouts(named.geom) AS place
