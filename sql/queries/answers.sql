-- Every statement reads the pool as of :epoch: published rows that old, and closed ones in force then.
-- :shape is the parcel as hexadecimal EWKB in the storage CRS, so that the index of each layer serves.

-- name: parcel
-- As of the newest publish where :epoch is null.
WITH asked AS MATERIALIZED (SELECT coalesce(CAST(:epoch AS bigint), pool.current_epoch()) AS epoch),
parcel AS (
    SELECT uid, ref, district_id, block_no, parcel_no, cadastral_neighbourhood, neighbourhood_ref,
           registered_area_m2, computed_area_m2, geom
      FROM pool.parcels WHERE uid = :uid AND epoch_from <= (SELECT epoch FROM asked)
    UNION ALL
    SELECT uid, ref, district_id, block_no, parcel_no, cadastral_neighbourhood, neighbourhood_ref,
           registered_area_m2, computed_area_m2, geom
      FROM history.parcels
     WHERE uid = :uid AND epoch_from <= (SELECT epoch FROM asked) AND epoch_to > (SELECT epoch FROM asked))
SELECT parcel.uid, parcel.ref, parcel.district_id, parcel.block_no, parcel.parcel_no, parcel.cadastral_neighbourhood,
       parcel.registered_area_m2, parcel.computed_area_m2, neighbourhood.name AS neighbourhood,
       encode(ST_AsEWKB(parcel.geom), 'hex') AS shape, ST_Area(parcel.geom) AS shape_m2,
       ST_IsValid(parcel.geom) AS is_valid, place.lon, place.lat, asked.epoch,
       (SELECT published_at FROM pool.epoch WHERE epoch = asked.epoch) AS published_at,
       coalesce((SELECT holds_sample FROM ops.profile), false) AS is_sample
  FROM asked CROSS JOIN parcel
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
-- `reached_m2` counts ground under several zones of one legal state and scale once; `zoned_m2` all those in force.
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
    SELECT zone.*, plan.status AS plan_status, plan.scale_den,
           CASE WHEN ST_IsValid(zone.geom) THEN ST_Intersection(zone.geom, CAST(:shape AS geometry)) END AS part
      FROM zone
      LEFT JOIN LATERAL (SELECT status, scale_den FROM pool.plans WHERE ref = zone.plan_ref AND epoch_from <= :epoch
                         UNION ALL
                         SELECT status, scale_den FROM history.plans
                          WHERE ref = zone.plan_ref AND epoch_from <= :epoch AND epoch_to > :epoch
                         LIMIT 1) AS plan ON true),
measured AS (SELECT cut.*, ST_Area(part) AS share_m2 FROM cut)
SELECT ref, plan_ref, plan_status, scale_den, use_key, use_label, official_code, building_order, floors, floors_state,
       taks, taks_state, kaks, kaks_state, h_max_m, h_state, setback_front_m, setback_side_m, setback_rear_m,
       min_parcel_m2, notes, share_m2, part IS NOT NULL AND ST_Intersects(part, CAST(:shape AS geometry)) AS touches,
       ST_Area(ST_Union(part) FILTER (WHERE share_m2 >= :limit) OVER (PARTITION BY plan_status, scale_den)) AS reached_m2,
       ST_Area(ST_Union(part) FILTER (WHERE share_m2 >= :limit) OVER (PARTITION BY plan_status = 'in_force')) AS zoned_m2
  FROM measured ORDER BY ref

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
-- All kinds at once, or one of them; a whole-area kind counts for its district wherever its outline runs.
-- `reached_m2` counts ground under several hits of a kind and a legal state once.
WITH constrained AS (
    SELECT ref, kind, degree, label, plan_ref, status, legal_basis, geom
      FROM pool.plan_constraints
     WHERE geom && CAST(:shape AS geometry) AND kind <> ALL (CAST(:whole AS text[])) AND epoch_from <= :epoch
    UNION ALL
    SELECT ref, kind, degree, label, plan_ref, status, legal_basis, geom
      FROM history.plan_constraints
     WHERE geom && CAST(:shape AS geometry) AND kind <> ALL (CAST(:whole AS text[]))
       AND epoch_from <= :epoch AND epoch_to > :epoch
    UNION ALL
    SELECT ref, kind, degree, label, plan_ref, status, legal_basis, CAST(:shape AS geometry)
      FROM pool.plan_constraints
     WHERE cardinality(CAST(:whole AS text[])) > 0 AND kind = ANY (CAST(:whole AS text[])) AND district_id = :district
       AND epoch_from <= :epoch
    UNION ALL
    SELECT ref, kind, degree, label, plan_ref, status, legal_basis, CAST(:shape AS geometry)
      FROM history.plan_constraints
     WHERE cardinality(CAST(:whole AS text[])) > 0 AND kind = ANY (CAST(:whole AS text[])) AND district_id = :district
       AND epoch_from <= :epoch AND epoch_to > :epoch),
cut AS (
    SELECT constrained.*, coalesce(declared.limit_m2, :limit) AS limit_m2,
           CASE WHEN ST_IsValid(geom) THEN ST_Intersection(geom, CAST(:shape AS geometry)) END AS part
      FROM constrained
      LEFT JOIN unnest(CAST(:kinds AS text[]), CAST(:limits AS double precision[])) AS declared (theme, limit_m2)
             ON declared.theme = kind
     WHERE CAST(:theme AS text) IS NULL OR kind = :theme),
measured AS (SELECT cut.*, ST_Area(part) AS share_m2 FROM cut)
SELECT ref, kind, degree, label, plan_ref, status, legal_basis, limit_m2, share_m2,
       part IS NOT NULL AND ST_Intersects(part, CAST(:shape AS geometry)) AS touches,
       ST_Area(ST_Union(part) FILTER (WHERE share_m2 >= limit_m2) OVER (PARTITION BY kind, status)) AS reached_m2,
       ST_Area(ST_Union(part) FILTER (WHERE share_m2 >= limit_m2) OVER (PARTITION BY kind, status = 'in_force')) AS together_m2
  FROM measured ORDER BY kind, ref

-- name: surveys
-- How much of the parcel each theme's survey reaches: altogether, and where it is not settled yet. Where a survey ends
-- near a parcel at its district's border, also how much it would reach if it were drawn :border metres wider or narrower.
WITH parcel AS MATERIALIZED (
    SELECT CAST(:shape AS geometry) AS shape, ST_Expand(ST_Envelope(CAST(:shape AS geometry)), 2 * CAST(:border AS double precision)) AS frame),
at_border AS MATERIALIZED (
    SELECT EXISTS (SELECT FROM pool.districts AS d
                    WHERE d.geom && frame AND ST_DWithin(ST_Boundary(d.geom), shape, :border)) AS is_near
      FROM parcel),
patch AS MATERIALIZED (  -- found by the index alone, before anything costly is asked of them
    SELECT layer_id, theme, state, as_of, geom FROM pool.coverage
     WHERE geom && ST_Expand(CAST(:shape AS geometry), 2 * CAST(:border AS double precision)) AND theme <> ALL (CAST(:whole AS text[]))
       AND epoch_from <= :epoch
    UNION ALL
    SELECT layer_id, theme, state, as_of, geom FROM answers.past_coverage
     WHERE geom && ST_Expand(CAST(:shape AS geometry), 2 * CAST(:border AS double precision)) AND theme <> ALL (CAST(:whole AS text[]))
       AND epoch_from <= :epoch AND epoch_to > :epoch
    UNION ALL
    SELECT layer_id, theme, state, as_of, frame FROM pool.coverage CROSS JOIN parcel
     WHERE cardinality(CAST(:whole AS text[])) > 0 AND theme = ANY (CAST(:whole AS text[])) AND district_id = :district
       AND epoch_from <= :epoch
    UNION ALL
    SELECT layer_id, theme, state, as_of, frame FROM answers.past_coverage CROSS JOIN parcel
     WHERE cardinality(CAST(:whole AS text[])) > 0 AND theme = ANY (CAST(:whole AS text[])) AND district_id = :district
       AND epoch_from <= :epoch AND epoch_to > :epoch),
near AS (
    SELECT layer_id, theme, state, as_of,
           CASE WHEN ST_Covers(geom, frame) THEN frame ELSE ST_Intersection(geom, frame) END AS part
      FROM patch CROSS JOIN parcel WHERE ST_IsValid(geom)),
joined AS (
    SELECT layer_id, theme, ST_Union(part) AS reach, ST_Union(part) FILTER (WHERE state <> 'surveyed') AS unsettled,
           min(as_of) FILTER (WHERE ST_Intersects(part, shape)) AS as_of
      FROM near CROSS JOIN parcel GROUP BY layer_id, theme),
tried AS (
    SELECT joined.*, shape, :border > 0 AND NOT ST_Covers(reach, frame) AS has_edge FROM joined CROSS JOIN parcel)
SELECT layer_id, theme, as_of, ST_Area(ST_Intersection(reach, shape)) AS covered_m2,
       coalesce(ST_Area(ST_Intersection(unsettled, shape)), 0) AS unsettled_m2,
       CASE WHEN has_edge AND (SELECT is_near FROM at_border)
            THEN ST_Area(ST_Intersection(ST_Buffer(reach, :border), shape)) END AS grown_m2,
       CASE WHEN has_edge AND (SELECT is_near FROM at_border)
            THEN ST_Area(ST_Intersection(ST_Buffer(reach, -:border), shape)) END AS shrunk_m2
  FROM tried

-- name: origins
SELECT lineage.parent_uid AS uid, parent.ref, parent.block_no, parent.parcel_no, lineage.operation, published.published_at
  FROM pool.lineage AS lineage
  JOIN LATERAL (SELECT ref, block_no, parcel_no FROM history.parcels
                 WHERE uid = lineage.parent_uid ORDER BY epoch_to DESC LIMIT 1) AS parent ON true
  LEFT JOIN pool.epoch AS published ON published.epoch = lineage.epoch
 WHERE lineage.child_uid = :uid AND lineage.parent_uid <> :uid AND lineage.epoch <= :epoch
   AND lineage.operation <> 'revert' AND (lineage.undone_epoch IS NULL OR lineage.undone_epoch > :epoch)
 ORDER BY parent.ref

-- name: claims
-- Published parcels of other districts that take ground of this one; found by the index of shapes alone.
WITH other AS MATERIALIZED (
    SELECT ref, district_id, geom, epoch_from, CAST(NULL AS bigint) AS epoch_to
      FROM pool.parcels WHERE geom && CAST(:shape AS geometry)
    UNION ALL
    SELECT ref, district_id, geom, epoch_from, epoch_to FROM history.parcels WHERE geom && CAST(:shape AS geometry))
SELECT ref, district_id, share_m2
  FROM (SELECT ref, district_id,
               CASE WHEN ST_IsValid(geom) THEN ST_Area(ST_Intersection(geom, CAST(:shape AS geometry))) END AS share_m2
          FROM other
         WHERE district_id <> :district AND epoch_from <= :epoch AND (epoch_to IS NULL OR epoch_to > :epoch)) AS measured
 WHERE share_m2 >= :limit ORDER BY ref

-- name: constraints_kept
-- Counters are kept by triggers: fewer readable rows mean that a part of the layer, or of its past, is hidden or lost.
SELECT count(*) = (SELECT coalesce(sum(n), 0) FROM pool.counter WHERE layer_id = 'plan_constraints')
       AND NOT bool_or(coalesce(ST_IsEmpty(geom), true)) IS TRUE
       AND (SELECT count(*) FROM history.plan_constraints WHERE epoch_to > :epoch)
         = (SELECT coalesce(sum(n), 0) FROM answers.closed WHERE layer_id = 'plan_constraints' AND epoch_to > :epoch)
       AS is_whole
  FROM pool.plan_constraints

-- name: zones_kept
SELECT count(*) = (SELECT coalesce(sum(n), 0) FROM pool.counter
                    WHERE layer_id = 'zones' AND district_id = :district)
       AND (SELECT count(*) FROM history.zones WHERE epoch_to > :epoch AND district_id = :district)
         = (SELECT coalesce(sum(n), 0) FROM answers.closed
             WHERE layer_id = 'zones' AND epoch_to > :epoch AND district_id = :district) AS is_whole
  FROM pool.zones WHERE district_id = :district

-- name: lost_past
-- Layers of which fewer closed versions are left than publishes after :epoch have closed.
SELECT layer_id
  FROM (SELECT 'plan_constraints' AS layer_id, count(*) AS n FROM history.plan_constraints WHERE epoch_to > :epoch
        UNION ALL
        SELECT 'plans', count(*) FROM history.plans WHERE epoch_to > :epoch
        UNION ALL
        SELECT 'zones', count(*) FROM history.zones WHERE epoch_to > :epoch) AS kept
 WHERE n < (SELECT coalesce(sum(closed.n), 0) FROM answers.closed
             WHERE closed.layer_id = kept.layer_id AND closed.epoch_to > :epoch)
 ORDER BY layer_id

-- name: issue
SELECT number, code, parcel_uid, epoch, body, digest, parent, issued_at
  FROM answers.issue(:number, :code, :parcel, :epoch, :body, :parent)

-- name: by_number
SELECT number, code, parcel_uid, epoch, body, digest, parent, issued_at FROM answers.by_number(:number)

-- name: by_code
SELECT number, code, parcel_uid, epoch, body, digest, parent, issued_at FROM answers.by_code(:code)

-- name: by_digest
SELECT number, code, parcel_uid, epoch, body, digest, parent, issued_at FROM answers.by_digest(:digest)

-- name: forget
SELECT answers.forget_before(:day)
