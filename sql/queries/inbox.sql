-- name: enqueue
-- procrastinate's own function, called inside the caller's transaction: no commit, no job.
SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[
    ROW(:queue, :task, 0, :lock, NULL, CAST(:arguments AS jsonb), NULL)::procrastinate_job_to_defer_v1]))

-- name: begin_upload
INSERT INTO inbox.upload (district_id, layer_id, sent_by, filename, size_bytes, sha256, is_whole_state,
                          declared_crs, report, state)
VALUES (:district, :layer, :sent_by, :filename, 0, '', :is_whole_state, :declared_crs, CAST(:report AS jsonb), :state)
RETURNING id

-- name: keep_piece
INSERT INTO inbox.chunk (upload_id, district_id, number, bytes)
SELECT :upload, :district, coalesce(max(number) + 1, 0), :bytes FROM inbox.chunk WHERE upload_id = :upload

-- name: end_upload
UPDATE inbox.upload SET size_bytes = :size, sha256 = :sha256, state = 'received', received_at = clock_timestamp()
 WHERE id = :upload

-- name: is_edit
UPDATE inbox.upload SET is_edit = true WHERE id = :upload

-- name: begin_beside
-- The same bytes for another layer; none where they came for it before.
INSERT INTO inbox.upload (district_id, layer_id, sent_by, filename, size_bytes, sha256, is_whole_state, state, received_at)
SELECT u.district_id, :layer, u.sent_by, u.filename, u.size_bytes, u.sha256, u.is_whole_state, 'received', u.received_at
  FROM inbox.upload AS u
 WHERE u.id = :upload
   AND NOT EXISTS (SELECT FROM inbox.upload AS earlier
                    WHERE earlier.district_id = u.district_id AND earlier.layer_id = :layer AND earlier.sha256 = u.sha256)
RETURNING id

-- name: keep_beside
INSERT INTO inbox.chunk (upload_id, district_id, number, bytes)
SELECT :beside, district_id, number, bytes FROM inbox.chunk WHERE upload_id = :upload

-- name: of_same_file
SELECT other.id, other.layer_id, other.state
  FROM inbox.upload AS u
  JOIN inbox.upload AS other ON other.district_id = u.district_id AND other.sha256 = u.sha256 AND other.layer_id <> u.layer_id
 WHERE u.id = :upload AND u.sha256 <> ''
 ORDER BY other.layer_id, other.received_at, other.id

-- name: lead_to_earlier
UPDATE inbox.arrival SET upload_id = :earlier WHERE upload_id = :upload

-- name: forget_upload
DELETE FROM inbox.upload WHERE id = :upload

-- name: same_upload
-- Once the district has published something, the same bytes say something new: they are checked again.
SELECT earlier.id
  FROM inbox.upload AS earlier JOIN inbox.upload AS sent ON sent.id = :upload
 WHERE earlier.id <> sent.id AND earlier.state <> 'failed'
   AND earlier.district_id = sent.district_id AND earlier.layer_id = sent.layer_id
   AND NOT earlier.is_edit
   AND earlier.sha256 = sent.sha256 AND earlier.is_whole_state = sent.is_whole_state
   AND coalesce(earlier.declared_crs, earlier.declared_srid::text)
       IS NOT DISTINCT FROM coalesce(sent.declared_crs, sent.declared_srid::text)
   AND nullif((earlier.report -> 'asked') - 'by', '{}') IS NOT DISTINCT FROM sent.report -> 'asked'
   AND NOT EXISTS (SELECT FROM pool.epoch
                    WHERE district_id = sent.district_id AND published_at > earlier.received_at)
 ORDER BY earlier.received_at DESC LIMIT 1

-- name: admit_one_at_a_time
SELECT pg_advisory_xact_lock(hashtext('gisserver.inbox'), :district)

-- name: waiting
SELECT (SELECT coalesce(sum(greatest(u.size_bytes, a.expected_bytes)), 0)
          FROM inbox.upload u LEFT JOIN inbox.arrival a ON a.id = u.id
         WHERE u.district_id = :district AND u.state IN ('arriving', 'received', 'checking')) AS bytes,
       (SELECT count(*) FROM inbox.upload WHERE state = 'arriving' AND sent_by = :account) AS unfinished

-- name: upload
SELECT id, district_id, layer_id, sent_by, filename, size_bytes, is_whole_state, state,
       coalesce(declared_crs, declared_srid::text) AS declared_crs,
       report #>> '{asked,source_layer}' AS source_layer, report #> '{asked,columns}' AS columns, is_edit, source_id
  FROM inbox.upload WHERE id = :upload

-- name: lock_upload
SELECT id, district_id, layer_id, sent_by, filename, size_bytes, is_whole_state, state,
       coalesce(declared_crs, declared_srid::text) AS declared_crs,
       report #>> '{asked,source_layer}' AS source_layer, report #> '{asked,columns}' AS columns, is_edit, source_id
  FROM inbox.upload WHERE id = :upload FOR UPDATE

-- name: received_on
SELECT received_at::date FROM inbox.upload WHERE id = :upload

-- name: pieces
SELECT bytes FROM inbox.chunk WHERE upload_id = :upload ORDER BY number

-- name: ask_again
UPDATE inbox.upload
   SET state = 'received', failure = NULL, declared_crs = coalesce(:declared_crs, declared_crs),
       report = jsonb_strip_nulls(jsonb_build_object('asked', jsonb_build_object(
           'source_layer', coalesce(:source_layer, report #>> '{asked,source_layer}'),
           'columns', coalesce(CAST(:columns AS jsonb), report #> '{asked,columns}'),
           'by', CAST(nullif(current_setting('gis.account', true), '') AS integer))))
 WHERE id = :upload

-- name: ask_afresh
UPDATE inbox.upload
   SET state = 'received', failure = NULL, declared_crs = NULL, declared_srid = NULL, report = '{}'
 WHERE id = :upload

-- name: mark_checking
UPDATE inbox.upload SET state = 'checking' WHERE id = :upload AND state = 'received'

-- name: checked
UPDATE inbox.upload
   SET state = 'checked', checked_at = clock_timestamp(), failure = NULL,
       report = CAST(:report AS jsonb) || jsonb_strip_nulls(jsonb_build_object('asked', report -> 'asked'))
 WHERE id = :upload

-- name: failed
UPDATE inbox.upload
   SET state = 'failed', checked_at = clock_timestamp(), failure = CAST(:failure AS jsonb),
       report = jsonb_strip_nulls(jsonb_build_object('asked', report -> 'asked'))
 WHERE id = :upload

-- name: open_changesets
SELECT id, state FROM inbox.changeset WHERE upload_id = :upload ORDER BY id

-- name: forget_changesets
-- One that was handed back keeps its trace.
DELETE FROM inbox.changeset WHERE upload_id = :upload AND state IN ('received', 'checked')

-- name: forget_records
DELETE FROM inbox.record WHERE upload_id = :upload

-- name: forget_findings
DELETE FROM inbox.finding WHERE upload_id = :upload

-- name: keep_findings
INSERT INTO inbox.finding (upload_id, district_id, rule, severity, line, ref, facts, geom, other_line, other_ref,
                           area_m2, width_m, was_there_before) VALUES %s

-- name: keep_records
-- An unchanged record is the published one; the original bytes stay in any case.
INSERT INTO inbox.record (upload_id, district_id, line, ref, attributes, geom, original_geom, outcome, refused_by)
SELECT :upload, :district, line, ref, attributes, geom, original_geom,
       CASE WHEN is_refused THEN 'refused' ELSE 'changed' END, refused_by
  FROM staged WHERE is_refused OR state <> 'same'
 ORDER BY line
