-- name: around
-- Others' features within so many metres of a district's border; where none is published, of what it holds.
WITH border AS MATERIALIZED (
    SELECT ST_Subdivide(ST_Boundary(coalesce(
               (SELECT ST_Union(geom) FROM pool.districts WHERE district_id = :district),
               (SELECT ST_ConvexHull(ST_Collect(geom)) FROM pool.parcels WHERE district_id = :district))), 64) AS part)
SELECT p.ref, p.block_no, p.parcel_no, p.district_id, ST_AsBinary(p.geom) AS geom
  FROM pool.parcels AS p
 WHERE p.district_id <> :district
   AND p.id = ANY (ARRAY(SELECT near.id FROM border JOIN pool.parcels AS near ON near.geom && ST_Expand(part, :metres)))
   AND EXISTS (SELECT FROM border WHERE ST_DWithin(p.geom, part, :metres))
 ORDER BY p.ref
