-- name: shares
-- What new and reshaped records share with published features that the file moves or no longer names.
WITH parent AS MATERIALIZED (
    SELECT p.uid, p.ref, p.geom, p.attributes, s.line IS NOT NULL AS is_kept
      FROM published AS p LEFT JOIN staged AS s ON s.ref = p.ref
     WHERE p.district_id = :district AND (s.line IS NULL OR s.state = 'moved'))
SELECT parent.uid AS parent_uid, parent.ref AS parent_ref, ST_Area(parent.geom) AS parent_area,
       ST_Perimeter(parent.geom) AS parent_length, parent.attributes AS parent_attributes, parent.is_kept,
       child.line AS child_line, child.uid AS child_uid, child.ref AS child_ref,
       child.state = 'new' AS is_new, ST_Area(child.geom) AS child_area,
       ST_NumGeometries(child.geom) AS child_parts, common.area
  FROM parent JOIN staged AS child ON child.geom && parent.geom AND ST_Intersects(parent.geom, child.geom)
 CROSS JOIN LATERAL (SELECT ST_Area(ST_Intersection(parent.geom, child.geom)) AS area OFFSET 0) AS common
 WHERE child.state IN ('new', 'moved') AND child.is_sound AND ST_Area(child.geom) > 0
   AND common.area > greatest(:tolerance_m2, :share * least(ST_Area(parent.geom), ST_Area(child.geom)))
 ORDER BY parent.ref, child.line

-- name: ground
-- The features of each group, and the others around them as they will be once the file is published; a box that
-- depended on the row it is held against would find no index.
WITH parent AS MATERIALIZED (
    SELECT g.number, p.uid, p.geom
      FROM unnest(CAST(:parent_groups AS integer[]), CAST(:parents AS uuid[])) AS g (number, uid)
      JOIN published AS p ON p.uid = g.uid),
child AS MATERIALIZED (
    SELECT g.number, s.line, s.geom
      FROM unnest(CAST(:child_groups AS integer[]), CAST(:lines AS integer[])) AS g (number, line)
      JOIN staged AS s ON s.line = g.line),
place AS MATERIALIZED (
    SELECT number, ST_SetSRID(ST_Expand(CAST(ST_Extent(geom) AS geometry), 1), min(ST_SRID(geom))) AS box
      FROM parent GROUP BY number)
SELECT number, 'parent' AS part, ST_AsBinary(geom) AS geom FROM parent
UNION ALL
SELECT number, 'child', ST_AsBinary(geom) FROM child
UNION ALL
SELECT place.number, 'other', ST_AsBinary(p.geom)
  FROM place JOIN published AS p ON p.geom && place.box
 WHERE NOT p.is_ending
   AND NOT EXISTS (SELECT FROM staged AS s WHERE s.ref = p.ref)
   AND NOT EXISTS (SELECT FROM parent WHERE parent.uid = p.uid)
UNION ALL
SELECT place.number, 'other', ST_AsBinary(s.geom)
  FROM place JOIN staged AS s ON s.geom && place.box
 WHERE s.is_sound AND NOT s.is_refused
   AND NOT EXISTS (SELECT FROM child WHERE child.number = place.number AND child.line = s.line)

-- name: register
-- A published parcel with a provisional label gets its number from the one new record that is drawn where it is.
WITH provisional AS MATERIALIZED (
    SELECT uid, ref, block_no, parcel_no, geom FROM pool.parcels
     WHERE district_id = :district AND (status IN ('draft', 'proposed') OR parcel_no !~ '[0-9]')),
drawn AS (
    SELECT s.line, s.ref, p.uid
      FROM provisional AS p JOIN sent AS s ON s.geom && p.geom
     WHERE s.ref IS NOT NULL AND s.is_sound AND s.attributes ->> 'parcel_no' ~ '[0-9]'
       AND coalesce(s.attributes ->> 'status', 'registered') NOT IN ('draft', 'proposed')
       AND p.ref <> s.ref
       AND (p.block_no, p.parcel_no) IS DISTINCT FROM (s.attributes ->> 'block_no', s.attributes ->> 'parcel_no')
       AND NOT EXISTS (SELECT FROM pool.parcels AS taken WHERE taken.ref = s.ref)
       AND NOT EXISTS (SELECT FROM sent AS same WHERE same.ref = p.ref)
       AND ST_Area(ST_Intersection(s.geom, p.geom)) > :same * greatest(ST_Area(s.geom), ST_Area(p.geom))),
certain AS (
    SELECT line, ref, uid FROM drawn
     WHERE (SELECT count(*) FROM drawn AS d WHERE d.uid = drawn.uid) = 1
       AND (SELECT count(*) FROM drawn AS d WHERE d.line = drawn.line) = 1),
copied AS (
    INSERT INTO published (uid, ref, version, district_id, epoch_from, attributes, geom)
    SELECT p.uid, certain.ref, p.version, p.district_id, p.epoch_from, pool.attributes('parcels', to_jsonb(p)), p.geom
      FROM certain JOIN pool.parcels AS p ON p.uid = certain.uid
    ON CONFLICT (uid) DO UPDATE SET ref = excluded.ref)
SELECT line FROM certain

-- name: alone
-- Features that keep their outline: a new number, another use of the ground, or what the file says of them.
SELECT line, uid, kind, area_m2
  FROM (SELECT s.line, s.uid, ST_Area(s.geom_before) AS area_m2,
               CASE WHEN s.before ->> 'block_no' IS DISTINCT FROM s.after ->> 'block_no'
                      OR s.before ->> 'parcel_no' IS DISTINCT FROM s.after ->> 'parcel_no' THEN 'renumbering'
                    WHEN s.before ->> 'land_use_text' IS DISTINCT FROM s.after ->> 'land_use_text' THEN 'use_change'
                    WHEN s.line = ANY (CAST(:declared AS integer[])) THEN 'correction'
               END AS kind
          FROM staged AS s WHERE s.state = 'edited' AND NOT s.is_refused AND s.after ? 'parcel_no') AS told
 WHERE kind IS NOT NULL ORDER BY line

-- name: without_parents
SELECT line, ref, uid, ST_Area(geom) AS area_m2
  FROM staged WHERE state = 'new' AND is_sound AND line = ANY (CAST(:lines AS integer[])) ORDER BY line

-- name: keep
INSERT INTO inbox.operation (changeset_id, number, district_id, kind, declared, is_sure, doubts, balance) VALUES %s

-- name: keep_kinship
INSERT INTO inbox.kinship (changeset_id, district_id, operation_no, parent_uid, child_uid, operation, role, area_m2)
VALUES %s

-- name: parties
-- Held until commit, so that a publish meanwhile and a choice cannot cross.
SELECT o.number,
       (SELECT count(DISTINCT parent_uid) FROM inbox.kinship AS k
         WHERE k.changeset_id = o.changeset_id AND k.operation_no = o.number AND k.role <> 'beginning') AS parents,
       (SELECT count(DISTINCT child_uid) FROM inbox.kinship AS k
         WHERE k.changeset_id = o.changeset_id AND k.operation_no = o.number AND k.role <> 'end') AS children
  FROM inbox.operation AS o
 WHERE o.changeset_id = :changeset AND o.number = :number AND o.kind <> 'revert' FOR UPDATE

-- name: choose
WITH chosen AS (
    UPDATE inbox.operation
       SET seen_kind = coalesce(seen_kind, kind), kind = :kind, chosen_by = :account, chosen_at = clock_timestamp()
     WHERE changeset_id = :changeset AND number = :number)
UPDATE inbox.kinship SET operation = :kind WHERE changeset_id = :changeset AND operation_no = :number
