-- name: make_tables
-- Temporary and without row-level security, so that spatial indexes serve; nothing of it outlives the transaction.
-- What was sent is copied once it has been compared: writing rows anew costs a third of changing them.
DROP TABLE IF EXISTS pg_temp.sent, pg_temp.staged, pg_temp.published, pg_temp.base;
CREATE TEMP TABLE sent (
    line integer NOT NULL,
    ref text,
    attributes jsonb NOT NULL,
    misfits jsonb,
    geom geometry,
    original_geom geometry,
    is_sound boolean NOT NULL
) ON COMMIT DROP;
CREATE TEMP TABLE staged (
    LIKE sent,
    is_refused boolean NOT NULL DEFAULT false,
    refused_by text[] NOT NULL DEFAULT '{}',
    state text NOT NULL,
    uid uuid NOT NULL,
    version integer,
    before jsonb,
    after jsonb,
    geom_before geometry
) ON COMMIT DROP;
CREATE TEMP TABLE published (
    uid uuid PRIMARY KEY,
    ref text NOT NULL,
    version integer NOT NULL,
    district_id integer NOT NULL,
    epoch_from bigint NOT NULL,
    attributes jsonb NOT NULL,
    geom geometry NOT NULL,
    is_ending boolean NOT NULL DEFAULT false
) ON COMMIT DROP;
-- What was published when the file was taken from the pool and is not any more, or not like that.
CREATE TEMP TABLE base (
    uid uuid PRIMARY KEY,
    ref text NOT NULL,
    version integer NOT NULL,
    attributes jsonb NOT NULL,
    geom geometry NOT NULL
) ON COMMIT DROP

-- name: copy_sent
COPY sent (line, ref, attributes, misfits, geom, original_geom, is_sound) FROM STDIN

-- name: know_sent
-- Only what is joined: of shapes and attributes it would take as long as copying them.
ANALYZE sent (line, ref)

-- name: index_published
CREATE INDEX ON published (ref);
ANALYZE published (uid, ref, district_id)

-- name: index_places
CREATE INDEX ON published USING gist (geom);
ANALYZE published (uid, ref, district_id, is_ending, geom)

-- name: forget_columns
UPDATE sent
   SET attributes = attributes - CAST(:fields AS text[]),
       misfits = (SELECT nullif(jsonb_agg(misfit), '[]') FROM jsonb_array_elements(misfits) AS misfit
                   WHERE NOT misfit ->> 'field' = ANY (CAST(:fields AS text[])))

-- name: forget_refs
UPDATE sent SET ref = NULL

-- name: ref_by_code
-- A door without a ref is the published one of its code; a new one is named after its code.
UPDATE sent
   SET ref = coalesce((SELECT min(door.ref) FROM pool.addresses AS door
                        WHERE door.address_code = sent.attributes ->> 'address_code' AND door.district_id = :district),
                      attributes ->> 'address_code')
 WHERE ref IS NULL

-- name: ref_by_number
-- A record without a ref takes the one published feature of its number; several are no answer.
WITH named AS (
    SELECT s.line, min(p.ref) AS ref
      FROM sent AS s
      JOIN published AS p ON p.district_id = :district
       AND p.attributes ->> 'block_no' = s.attributes ->> 'block_no'
       AND p.attributes ->> 'parcel_no' = s.attributes ->> 'parcel_no'
       AND (s.attributes ->> 'cadastral_neighbourhood' IS NULL
            OR pool.fold(s.attributes ->> 'cadastral_neighbourhood')
             = pool.fold(p.attributes ->> 'cadastral_neighbourhood'))
     WHERE s.ref IS NULL
     GROUP BY s.line
    HAVING count(*) = 1)
UPDATE sent AS s SET ref = named.ref FROM named WHERE named.line = s.line

-- name: ref_of_new
-- New parcels are named after their number, with the neighbourhood where the number alone is taken.
WITH numbered AS (
    SELECT line, :district || '-' || (attributes ->> 'block_no') || '-' || (attributes ->> 'parcel_no') AS plain,
           :district || '-' || replace(pool.fold(attributes ->> 'cadastral_neighbourhood'), ' ', '-')
                || '-' || (attributes ->> 'block_no') || '-' || (attributes ->> 'parcel_no') AS full_name
      FROM sent AS s
     WHERE ref IS NULL AND attributes ? 'block_no' AND attributes ? 'parcel_no'
       AND NOT EXISTS (SELECT FROM published AS p
                        WHERE p.district_id = :district
                          AND s.attributes ->> 'cadastral_neighbourhood' IS NULL
                          AND p.attributes ->> 'block_no' = s.attributes ->> 'block_no'
                          AND p.attributes ->> 'parcel_no' = s.attributes ->> 'parcel_no')),
counted AS (SELECT *, count(*) OVER (PARTITION BY plain) AS namesakes FROM numbered)
UPDATE sent AS s
   SET ref = CASE WHEN counted.full_name IS NOT NULL
                   AND (counted.namesakes > 1 OR EXISTS (SELECT FROM published WHERE ref = counted.plain))
                  THEN counted.full_name ELSE counted.plain END
  FROM counted WHERE counted.line = s.line

-- name: match
-- Shapes closer than the tolerance are the same shape: re-exporting and re-projecting moves corners that much.
INSERT INTO staged (line, ref, attributes, misfits, geom, original_geom, is_sound, uid, version, state, after, before,
                    geom_before)
SELECT line, ref, attributes, misfits, geom, original_geom, is_sound, coalesce(uid, was_uid, gen_random_uuid()),
       coalesce(version, was_version), state, after, CASE WHEN is_told THEN before END, CASE WHEN is_told THEN geom_before END
  FROM (SELECT *, state <> 'same' OR misfits IS NOT NULL AS is_told
          FROM (SELECT *, CASE WHEN uid IS NULL THEN 'new'
                               WHEN NOT is_same_shape THEN 'moved'
                               WHEN after <> before THEN 'edited'
                               ELSE 'same' END AS state
                  FROM (SELECT s.*, p.uid, p.version, p.attributes AS before, p.geom AS geom_before,
                               b.uid AS was_uid, b.version AS was_version,
                               CASE WHEN s.misfits IS NOT NULL OR s.attributes <> p.attributes
                                    THEN (p.attributes - CAST(:carried AS text[])) || s.attributes
                                         || coalesce((SELECT jsonb_object_agg(kept, p.attributes -> kept)
                                                        FROM jsonb_array_elements(s.misfits) AS misfit,
                                                             LATERAL (SELECT misfit ->> 'field') AS named (kept)
                                                       WHERE p.attributes ? kept), '{}') END AS after,
                               CASE WHEN s.geom IS NULL THEN false
                                    WHEN s.geom = p.geom THEN true
                                    ELSE ST_DWithin(ST_Envelope(s.geom), ST_Envelope(p.geom), :tolerance)
                                         AND ST_HausdorffDistance(s.geom, p.geom) <= :tolerance
                                         -- The same corners in another order are near in every point and yet another
                                         -- shape.
                                         AND ST_IsValid(s.geom)
                                         AND abs(ST_Area(s.geom) - ST_Area(p.geom)) <= :tolerance * ST_Perimeter(p.geom)
                                    END AS is_same_shape
                          FROM sent AS s LEFT JOIN published AS p ON p.ref = s.ref AND p.district_id = :district
                          -- What ended since the file was taken, and is wanted back, comes back as itself.
                          LEFT JOIN base AS b ON b.ref = s.ref AND p.uid IS NULL
                        OFFSET 0) AS compared
                OFFSET 0) AS judged) AS told;
DROP TABLE pg_temp.sent;
ALTER TABLE staged ADD PRIMARY KEY (line);
CREATE INDEX ON staged (ref);
CREATE INDEX ON staged USING gist (geom);
ANALYZE staged (line, ref, uid, state, is_refused, is_sound, geom)

-- name: known_of
-- Of these lines the first that is a published feature, or has the ref of another district's.
SELECT s.line, s.ref
  FROM staged AS s
 WHERE s.line = ANY (CAST(:lines AS integer[])) AND EXISTS (SELECT FROM published AS p WHERE p.ref = s.ref)
 ORDER BY s.line LIMIT 1

-- name: mark_absent
-- Features that a file of the whole state no longer holds; what has begun since it was taken, it never could.
UPDATE published AS p SET is_ending = true
 WHERE p.district_id = :district AND NOT EXISTS (SELECT FROM staged AS s WHERE s.ref = p.ref)
   AND (p.epoch_from <= :base OR EXISTS (SELECT FROM base AS b WHERE b.ref = p.ref))

-- name: mark_ending
UPDATE published SET is_ending = :is_ending WHERE uid = ANY (CAST(:uids AS uuid[]))

-- name: keep_under_refused
-- Ground that a refused record would take over is not given up for it.
UPDATE published AS p SET is_ending = false
 WHERE is_ending AND EXISTS (SELECT FROM staged AS s WHERE s.is_refused AND s.geom && p.geom)

-- name: count_ending
SELECT count(*) FROM published WHERE is_ending

-- name: unnamed
SELECT count(*) FROM staged WHERE ref IS NULL

-- name: refuse
UPDATE staged AS s SET is_refused = true, refused_by = string_to_array(told.rules, ' ')
  FROM unnest(CAST(:lines AS integer[]), CAST(:rules AS text[])) AS told (line, rules) WHERE told.line = s.line

-- name: examined
SELECT line, ref, coalesce(after, attributes) AS attributes, misfits, ST_AsBinary(geom) AS geom, ST_AsBinary(geom_before) AS geom_before,
       state, is_sound
  FROM staged WHERE state <> 'same' OR misfits IS NOT NULL OR ref IS NULL ORDER BY line

-- name: count_examined
SELECT count(*) FROM staged WHERE state <> 'same' OR misfits IS NOT NULL OR ref IS NULL

-- name: keep_changes
INSERT INTO inbox.change (changeset_id, district_id, layer_id, kind, line, uid, ref, base_version, before, after,
                          geom_before, geom_after, original_geom, pipeline)
SELECT :changeset, :district, :layer, kind, line, uid, ref, version, before, after, geom_before, geom_after, original_geom,
       CASE WHEN original_geom IS NOT NULL THEN :pipeline END
  FROM (SELECT 'retire' AS kind, NULL AS line, uid, ref, version, attributes AS before, NULL AS after,
               geom AS geom_before, NULL AS geom_after, NULL AS original_geom
          FROM published WHERE is_ending
         UNION ALL
        SELECT CASE state WHEN 'new' THEN 'insert' ELSE 'update' END, line, uid, ref, version, before,
               coalesce(after, attributes), geom_before, CASE state WHEN 'edited' THEN geom_before ELSE geom END,
               CASE WHEN state <> 'edited' THEN original_geom END
          FROM staged WHERE NOT is_refused AND state <> 'same') AS made
 ORDER BY line NULLS FIRST, ref

-- name: counts
SELECT count(*) AS records,
       count(*) FILTER (WHERE is_refused) AS refused,
       count(*) FILTER (WHERE NOT is_refused AND state = 'same') AS unchanged,
       count(*) FILTER (WHERE NOT is_refused AND state = 'new') AS inserted,
       count(*) FILTER (WHERE NOT is_refused AND state IN ('moved', 'edited')) AS updated,
       (SELECT count(*) FROM published WHERE is_ending) AS retired
  FROM staged

-- name: balance
SELECT coalesce((SELECT n FROM pool.counter WHERE layer_id = :layer AND district_id = :district), 0) AS n,
       coalesce((SELECT area_m2 FROM pool.counter WHERE layer_id = :layer AND district_id = :district), 0) AS area,
       coalesce(sum(coalesce(ST_Area(geom_after), 0) - coalesce(ST_Area(geom_before), 0)), 0) AS area_change,
       count(*) FILTER (WHERE kind = 'insert') - count(*) FILTER (WHERE kind = 'retire') AS n_change
  FROM inbox.change WHERE changeset_id = :changeset
