-- name: uploads
SELECT u.id, u.district_id, u.layer_id, u.filename, greatest(u.size_bytes, a.expected_bytes) AS size_bytes,
       u.is_whole_state, coalesce(u.declared_crs, u.declared_srid::text) AS declared_crs, u.state,
       u.received_at, u.checked_at, a.received_bytes, a.expected_bytes, a.expires_at,
       -- The report has counted all; not all are kept.
       coalesce(CAST(u.report #>> '{findings,refusal}' AS integer), f.refusals) AS refusals,
       coalesce(CAST(u.report #>> '{findings,warning}' AS integer), f.warnings) AS warnings,
       coalesce(CAST(u.report #>> '{findings,note}' AS integer), f.notes) AS notes,
       c.id AS changeset_id, c.state AS changeset_state
  FROM inbox.upload u
  LEFT JOIN inbox.arrival a ON a.id = u.id
  LEFT JOIN LATERAL (SELECT id, state FROM inbox.changeset
                      WHERE upload_id = u.id ORDER BY id DESC LIMIT 1) c ON true
  CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE severity = 'refusal') AS refusals,
                             count(*) FILTER (WHERE severity = 'warning') AS warnings,
                             count(*) FILTER (WHERE severity = 'note') AS notes
                        FROM inbox.finding WHERE upload_id = u.id) f
 WHERE (CAST(:id AS uuid) IS NULL OR u.id = :id)
   AND (CAST(:district AS integer) IS NULL OR u.district_id = :district)
   AND (CAST(:state AS text) IS NULL OR u.state = :state)
 ORDER BY u.received_at DESC, u.id
 LIMIT :limit

-- name: upload_report
SELECT report, failure FROM inbox.upload WHERE id = :id

-- name: findings
-- Worst first, then in the order of the file. Where a finding has no shape of its own, its record is shown.
SELECT id, rule, severity, rank, coalesce(line, 0) AS line, ref, facts -> 'text' AS sentences, is_exact,
       other_line, other_ref, area_m2, width_m, was_there_before,
       ST_X(ST_PointOnSurface(shape)) AS lon, ST_Y(ST_PointOnSurface(shape)) AS lat,
       CASE WHEN :is_drawn THEN ST_AsGeoJSON(shape, 7) END AS drawn
  FROM (SELECT f.*, f.geom IS NOT NULL AS is_exact, inbox.lonlat(coalesce(f.geom, r.geom)) AS shape
          FROM inbox.finding f
          LEFT JOIN inbox.record r ON f.geom IS NULL AND r.upload_id = f.upload_id AND r.line = f.line
         WHERE f.upload_id = :upload
           AND (CAST(:id AS bigint) IS NULL OR f.id = :id)
           AND (CAST(:severity AS text) IS NULL OR f.severity = :severity)
           AND (CAST(:rule AS text) IS NULL OR f.rule = :rule)
           AND (:words = '' OR position(pool.fold(:words) IN pool.fold(
                concat_ws(' ', f.ref, f.facts #>> ARRAY['text', :language]))) > 0)
           AND (CAST(:west AS float8) IS NULL OR coalesce(f.geom, r.geom) && (
                SELECT ST_Transform(ST_MakeEnvelope(:west, :south, :east, :north, 4326), storage_srid)
                  FROM ops.profile))
           AND (f.rank, coalesce(f.line, 0), f.id) > (:after_rank, :after_line, :after_id)
         ORDER BY f.rank, coalesce(f.line, 0), f.id
         LIMIT :limit) page
 ORDER BY rank, line, id

-- name: extent_of_findings
SELECT n, ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north
  FROM (SELECT count(*) AS n,
               inbox.lonlat(ST_SetSRID(CAST(ST_Extent(coalesce(f.geom, r.geom)) AS geometry),
                                       max(ST_SRID(coalesce(f.geom, r.geom))))) AS box
          FROM inbox.finding f
          LEFT JOIN inbox.record r ON f.geom IS NULL AND r.upload_id = f.upload_id AND r.line = f.line
         WHERE f.upload_id = :upload
           AND (CAST(:severity AS text) IS NULL OR f.severity = :severity)
           AND (CAST(:rule AS text) IS NULL OR f.rule = :rule)
           AND (:words = '' OR position(pool.fold(:words) IN pool.fold(
                concat_ws(' ', f.ref, f.facts #>> ARRAY['text', :language]))) > 0)) found

-- name: tally_of_findings
SELECT rule, severity, count(*) AS n FROM inbox.finding WHERE upload_id = :upload
 GROUP BY rule, severity, rank ORDER BY rank, n DESC, rule

-- name: records_within
-- Published shapes are in the tiles; what the file would change or could not is here.
SELECT line, ref, outcome, ST_AsGeoJSON(inbox.lonlat(geom), 7) AS drawn
  FROM inbox.record
 WHERE upload_id = :upload
   AND geom && (SELECT ST_Transform(ST_MakeEnvelope(:west, :south, :east, :north, 4326), storage_srid)
                  FROM ops.profile)
 ORDER BY line
 LIMIT :limit

-- name: changesets
SELECT c.id, c.upload_id, c.district_id, c.layer_id, c.title, c.state, c.base_epoch, c.epoch, c.reverts_id,
       c.created_at, a.name AS created_by, u.filename, n.inserts, n.updates, n.retirements, since.at AS since,
       (SELECT max(later.id) FROM inbox.changeset later WHERE later.reverts_id = c.id) AS reverted_by_id,
       c.parted_from_id,
       ARRAY(SELECT rest.id FROM inbox.changeset rest WHERE rest.parted_from_id = c.id ORDER BY rest.id) AS parted_ids
  FROM inbox.changeset c
  LEFT JOIN auth.account a ON a.id = c.created_by
  LEFT JOIN inbox.upload u ON u.id = c.upload_id
  CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE kind = 'insert') AS inserts,
                             count(*) FILTER (WHERE kind = 'update') AS updates,
                             count(*) FILTER (WHERE kind = 'retire') AS retirements
                        FROM inbox.change WHERE changeset_id = c.id) n
  LEFT JOIN LATERAL (SELECT at FROM inbox.transition
                      WHERE changeset_id = c.id ORDER BY id DESC LIMIT 1) since ON true
 WHERE (CAST(:id AS bigint) IS NULL OR c.id = :id)
   AND (CAST(:district AS integer) IS NULL OR c.district_id = :district)
   AND (CAST(:state AS text) IS NULL OR c.state = :state)
 ORDER BY coalesce(since.at, c.created_at) DESC, c.id DESC
 LIMIT :limit

-- name: balance
SELECT coalesce(before_m2, 0) AS before_m2, coalesce(after_m2, 0) AS after_m2, ST_X(place) AS lon, ST_Y(place) AS lat
  FROM (SELECT sum(ST_Area(geom_before)) AS before_m2, sum(ST_Area(geom_after)) AS after_m2,
               ST_Transform(ST_SetSRID(ST_Centroid(ST_Extent(coalesce(geom_after, geom_before))),
                                       max(ST_SRID(coalesce(geom_after, geom_before)))), 4326) AS place
          FROM inbox.change WHERE changeset_id = :changeset) whole

-- name: changes
WITH page AS (
    SELECT c.*,
           CASE WHEN ST_Dimension(geom_before) = 0 THEN ST_Buffer(geom_before, 2) ELSE geom_before END AS drawn_before,
           CASE WHEN ST_Dimension(geom_after) = 0 THEN ST_Buffer(geom_after, 2) ELSE geom_after END AS drawn_after
      FROM inbox.change c
     WHERE c.changeset_id = :changeset AND c.id > :after AND inbox.is_chosen(c, :kind, :field, :rule, :ref)
     ORDER BY c.id
     LIMIT :limit
), boxed AS (
    SELECT page.*, ST_Collect(drawn_before, drawn_after) AS extent FROM page
)
SELECT id, kind, line, ref, before, after,
       ST_Area(geom_before) AS area_before_m2, ST_Area(geom_after) AS area_after_m2,
       ST_XMax(extent) - ST_XMin(extent) AS width, ST_YMax(extent) - ST_YMin(extent) AS height,
       ST_AsSVG(ST_Translate(drawn_before, -ST_XMin(extent), -ST_YMax(extent)), 0, 2) AS path_before,
       ST_AsSVG(ST_Translate(drawn_after, -ST_XMin(extent), -ST_YMax(extent)), 0, 2) AS path_after,
       ST_X(ST_Transform(ST_PointOnSurface(coalesce(geom_after, geom_before)), 4326)) AS lon,
       ST_Y(ST_Transform(ST_PointOnSurface(coalesce(geom_after, geom_before)), 4326)) AS lat
  FROM boxed
 ORDER BY id

-- name: chosen_changes
SELECT n, ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north
  FROM (SELECT count(*) AS n,
               inbox.lonlat(ST_SetSRID(CAST(ST_Extent(ST_Collect(geom_before, geom_after)) AS geometry),
                                       max(ST_SRID(coalesce(geom_after, geom_before))))) AS box
          FROM inbox.change AS c
         WHERE c.changeset_id = :changeset AND inbox.is_chosen(c, :kind, :field, :rule, :ref)) AS chosen

-- name: drawn_changes
SELECT c.id, c.kind, c.ref, ST_AsGeoJSON(inbox.lonlat(geom_before), 7) AS before,
       ST_AsGeoJSON(inbox.lonlat(geom_after), 7) AS after
  FROM inbox.change AS c
  CROSS JOIN (SELECT ST_Transform(ST_MakeEnvelope(CAST(:west AS float8), :south, :east, :north, 4326), storage_srid)
                     AS seen FROM ops.profile) AS view
 WHERE c.changeset_id = :changeset AND inbox.is_chosen(c, :kind, :field, :rule, :ref)
   AND (CAST(:id AS bigint) IS NULL OR c.id = :id)
   AND (seen IS NULL OR geom_before && seen OR geom_after && seen)
 ORDER BY c.id LIMIT :limit

-- name: fields_changed
SELECT DISTINCT key FROM inbox.change AS c
 CROSS JOIN LATERAL jsonb_each(coalesce(c.before, '{}') || coalesce(c.after, '{}')) AS held
 WHERE c.changeset_id = :changeset AND c.kind = 'update'
   AND c.before -> held.key IS DISTINCT FROM c.after -> held.key
 ORDER BY key

-- name: rules_of_changes
SELECT f.rule, count(DISTINCT c.id) AS n
  FROM inbox.changeset AS s
  JOIN inbox.finding AS f ON f.upload_id = s.upload_id
  JOIN inbox.change AS c ON c.changeset_id = s.id AND c.line = f.line
 WHERE s.id = :changeset
 GROUP BY f.rule ORDER BY f.rule

-- name: findings_of_changes
SELECT c.id AS change_id, f.severity, f.facts -> 'text' AS sentences
  FROM inbox.changeset AS s
  JOIN inbox.change AS c ON c.changeset_id = s.id
  JOIN inbox.finding AS f ON f.upload_id = s.upload_id AND f.line = c.line
 WHERE s.id = :changeset AND c.id = ANY (CAST(:changes AS bigint[]))
 ORDER BY c.id, f.rank, f.id

-- name: balances
-- Each change once: by the operation that it takes part in, else by what happens to the feature.
SELECT coalesce(k.operation, 'none') AS operation, c.kind, count(*) AS n,
       coalesce(sum(ST_Area(c.geom_before)), 0) AS before_m2, coalesce(sum(ST_Area(c.geom_after)), 0) AS after_m2
  FROM inbox.change AS c
  LEFT JOIN LATERAL (SELECT min(operation) AS operation FROM inbox.kinship
                      WHERE changeset_id = c.changeset_id AND c.uid IN (parent_uid, child_uid)) AS k ON true
 WHERE c.changeset_id = :changeset
 GROUP BY 1, 2 ORDER BY 1, 2

-- name: operations
SELECT k.operation, k.operation_no, k.role, k.parent_uid, k.child_uid, k.area_m2, p.ref AS parent_ref, c.ref AS child_ref,
       coalesce(o.is_sure, true) AS is_sure, o.doubts, o.declared, o.balance, o.seen_kind, a.name AS chosen_by
  FROM inbox.kinship k
  LEFT JOIN inbox.operation o ON o.changeset_id = k.changeset_id AND o.number = k.operation_no
  LEFT JOIN auth.account a ON a.id = o.chosen_by
  LEFT JOIN inbox.change p ON p.changeset_id = k.changeset_id AND p.uid = k.parent_uid
  LEFT JOIN inbox.change c ON c.changeset_id = k.changeset_id AND c.uid = k.child_uid
 WHERE k.changeset_id = :changeset
 ORDER BY k.operation_no, k.operation, p.ref, c.ref, k.parent_uid, k.child_uid

-- name: transitions
SELECT t.at, a.name AS who, t.state_before, t.state_after, t.why
  FROM inbox.transition t LEFT JOIN auth.account a ON a.id = t.account_id
 WHERE t.changeset_id = :changeset
 ORDER BY t.id
