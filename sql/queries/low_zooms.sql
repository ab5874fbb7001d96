-- name: moved_groups
SELECT tiles.group_keys(:layer, CAST(:by AS text[]), :cell_m, :field, :least, :epoch)

-- name: all_groups
SELECT key FROM tiles.group_keys(:layer, CAST(:by AS text[]), :cell_m, :field, :least) AS key
 WHERE starts_with(key, :district || '|')
 UNION
SELECT key FROM tiles.dissolved WHERE layer_id = :layer AND level = :level AND district_id = :district
 ORDER BY 1

-- name: groups
SELECT key, district_id, n, area_m2, length_m, fields, ST_AsEWKB(outline) AS outline, false AS is_context
  FROM tiles.groups(:layer, CAST(:by AS text[]), :cell_m, :field, :least, CAST(:keys AS text[])) ORDER BY key

-- name: neighbours
SELECT d.key, d.district_id, d.n, d.area_m2, d.length_m, d.fields, ST_AsEWKB(d.outline) AS outline, near.is_context
  FROM tiles.neighbours(:layer, :level, CAST(:keys AS text[]), CAST(:outlines AS bytea[])) AS near
  JOIN tiles.dissolved AS d ON d.layer_id = :layer AND d.level = :level AND d.key = near.key
 ORDER BY d.key

-- name: drop_groups
DELETE FROM tiles.dissolved
 WHERE layer_id = :layer AND level = :level AND key = ANY (CAST(:keys AS text[]))
RETURNING ST_AsEWKB(ST_Envelope(geom)) AS box

-- name: keep_groups
WITH made (layer_id, level, key, district_id, n, area_m2, length_m, fields, epoch, outline, shape, has_labels) AS (
    VALUES %s),
placed AS MATERIALIZED (
    SELECT made.*, ST_GeomFromEWKB(outline) AS exact,
           ST_Transform(ST_SetSRID(ST_GeomFromWKB(shape), ST_SRID(ST_GeomFromEWKB(outline))), 3857) AS geom
      FROM made),
before AS MATERIALIZED (
    SELECT d.key, ST_Envelope(d.geom) AS box FROM tiles.dissolved AS d JOIN made USING (layer_id, level, key)),
kept AS (
    INSERT INTO tiles.dissolved AS kept
           (layer_id, level, key, district_id, n, area_m2, length_m, fields, epoch, outline, geom, label)
    SELECT layer_id, level, key, district_id, n, area_m2, length_m, CAST(fields AS jsonb), epoch, exact, geom,
           CASE WHEN has_labels THEN ST_PointOnSurface(geom) END
      FROM placed
        ON CONFLICT (layer_id, level, key) DO UPDATE
       SET n = excluded.n, area_m2 = excluded.area_m2, length_m = excluded.length_m, fields = excluded.fields,
           epoch = excluded.epoch, outline = excluded.outline, geom = excluded.geom, label = excluded.label
     WHERE (kept.n, kept.area_m2, kept.length_m, kept.fields)
        IS DISTINCT FROM (excluded.n, excluded.area_m2, excluded.length_m, excluded.fields)
        OR ST_AsBinary(kept.outline) <> ST_AsBinary(excluded.outline)
        OR ST_AsBinary(kept.geom) <> ST_AsBinary(excluded.geom)
    RETURNING kept.key, ST_Envelope(kept.geom) AS box)
SELECT ST_AsEWKB(ST_Collect(kept.box, before.box)) AS box FROM kept LEFT JOIN before USING (key)

-- name: moved_areas
SELECT district_id, ref FROM tiles.moved_areas(:layer, :areas, :epoch, :is_large)

-- name: recount
SELECT a.district_id, a.ref, ST_AsEWKB(a.geom) AS geom
  FROM tiles.recount(:layer, :areas, CAST(:districts AS integer[]), CAST(:refs AS text[]), :prevailing, :epoch) AS counted
  JOIN tiles.area AS a ON a.areas = :areas AND a.district_id = counted_district AND a.ref = counted_ref

-- name: all_areas
SELECT district_id, ref FROM tiles.area WHERE areas = :areas

-- name: area_outlines
SELECT ref, district_id, name, ST_AsEWKB(outline) AS outline
  FROM tiles.area_outlines(:areas, :epoch) ORDER BY district_id, ref

-- name: drop_areas
DELETE FROM tiles.area AS kept
 WHERE areas = :areas
   AND NOT EXISTS (SELECT FROM unnest(CAST(:districts AS integer[]), CAST(:refs AS text[])) AS wanted (district, ref)
                    WHERE wanted.district = kept.district_id AND wanted.ref = kept.ref)
RETURNING district_id, ref, true AS has_moved, ST_AsEWKB(geom) AS before, NULL::bytea AS after

-- name: keep_areas
WITH made (areas, ref, district_id, name, epoch, outline, shape) AS (VALUES %s),
placed AS MATERIALIZED (
    SELECT areas, ref, district_id, name, epoch, exact,
           ST_Multi(ST_Transform(ST_SetSRID(ST_GeomFromWKB(shape), ST_SRID(exact)), 3857)) AS geom
      FROM made, LATERAL (SELECT ST_GeomFromEWKB(outline) AS exact OFFSET 0) AS given),
before AS MATERIALIZED (
    SELECT areas, district_id, ref, ST_AsEWKB(a.geom) AS geom, ST_AsBinary(a.outline) AS outline
      FROM tiles.area AS a JOIN placed USING (areas, district_id, ref)),
kept AS (
    INSERT INTO tiles.area AS kept (areas, ref, district_id, name, epoch, outline, geom, label)
    SELECT areas, ref, district_id, name, epoch, exact, geom, ST_PointOnSurface(geom) FROM placed
        ON CONFLICT (areas, district_id, ref) DO UPDATE
       SET name = excluded.name, epoch = excluded.epoch, outline = excluded.outline, geom = excluded.geom,
           label = excluded.label
     WHERE kept.name IS DISTINCT FROM excluded.name
        OR ST_AsBinary(kept.outline) <> ST_AsBinary(excluded.outline)
        OR ST_AsBinary(kept.geom) <> ST_AsBinary(excluded.geom)
    RETURNING kept.areas, kept.district_id, kept.ref, kept.geom, kept.outline)
SELECT kept.district_id, kept.ref, before.outline IS DISTINCT FROM ST_AsBinary(kept.outline) AS has_moved,
       before.geom AS before, ST_AsEWKB(kept.geom) AS after
  FROM kept LEFT JOIN before USING (areas, district_id, ref)

-- name: reached
SELECT z, x, y FROM tiles.reached(
    (SELECT array_agg(ST_GeomFromEWKB(shape)) FROM unnest(CAST(:shapes AS bytea[])) AS shape), :z_from, :z_to)

-- name: dissolved_in_box
SELECT ST_AsBinary(ST_ClipByBox2D(outline, box2d(CAST(:box AS geometry)))) AS shape, fields, n, area_m2, length_m
  FROM tiles.dissolved
 WHERE layer_id = :layer AND level = :level AND outline && CAST(:box AS geometry)
 ORDER BY key LIMIT :most

-- name: counted_in_box
SELECT ST_AsBinary(ST_ClipByBox2D(a.outline, box2d(CAST(:box AS geometry)))) AS shape, c.fields, a.name, c.n, c.area_m2, c.length_m
  FROM tiles.area AS a
  JOIN tiles.count AS c ON c.layer_id = :layer AND c.areas = a.areas AND c.district_id = a.district_id AND c.ref = a.ref
 WHERE a.areas = :level AND a.outline && CAST(:box AS geometry)
 ORDER BY a.district_id, a.ref LIMIT :most
