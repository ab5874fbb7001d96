-- name: one
SELECT id, upload_id, district_id, layer_id, title, state, base_epoch, epoch, reverts_id
  FROM inbox.changeset WHERE id = :changeset

-- name: lock
SELECT id, upload_id, district_id, layer_id, title, state, base_epoch, epoch, reverts_id
  FROM inbox.changeset WHERE id = :changeset FOR UPDATE

-- name: latest
SELECT s.id, s.upload_id, s.district_id, s.layer_id, s.title, s.state, s.base_epoch, s.epoch, s.reverts_id
  FROM inbox.changeset AS s
 WHERE (CAST(:state AS text) IS NULL OR s.state = :state)
   AND (CAST(:district AS integer) IS NULL OR s.district_id = :district)
 ORDER BY s.id DESC LIMIT :limit

-- name: add
INSERT INTO inbox.changeset (upload_id, district_id, layer_id, title, state, base_epoch, reverts_id, created_by)
VALUES (:upload, :district, :layer, :title, :state, :base_epoch, :reverts, :created_by)
RETURNING id

-- name: move
UPDATE inbox.changeset SET state = :state, epoch = coalesce(:epoch, epoch) WHERE id = :changeset

-- name: transition
INSERT INTO inbox.transition (changeset_id, district_id, account_id, state_before, state_after, why)
VALUES (:changeset, :district, :account, :before, :after, :why)

-- name: transitions
SELECT t.at, a.name AS who, t.state_before, t.state_after, t.why
  FROM inbox.transition AS t LEFT JOIN auth.account AS a ON a.id = t.account_id
 WHERE t.changeset_id = :changeset ORDER BY t.id

-- name: changes
SELECT kind, line, ref, before, after FROM inbox.change WHERE changeset_id = :changeset ORDER BY ref, id LIMIT :limit

-- name: kinds
SELECT kind, count(*) AS n FROM inbox.change WHERE changeset_id = :changeset GROUP BY kind ORDER BY kind

-- name: count_changes
SELECT count(*) FROM inbox.change WHERE changeset_id = :changeset

-- name: findings
SELECT f.rule, f.severity, f.line, f.ref, f.facts
  FROM inbox.finding AS f JOIN inbox.changeset AS s USING (upload_id)
 WHERE s.id = :changeset
 ORDER BY array_position(ARRAY['refusal', 'warning', 'note'], f.severity), f.line NULLS FIRST, f.id LIMIT :limit

-- name: count_refusals
-- Not every finding is kept, but every refused record.
SELECT count(*)
  FROM (SELECT coalesce(f.line, 0)
          FROM inbox.finding AS f JOIN inbox.changeset AS s USING (upload_id)
         WHERE s.id = :changeset AND f.severity = 'refusal'
         UNION
        SELECT r.line
          FROM inbox.record AS r JOIN inbox.changeset AS s USING (upload_id)
         WHERE s.id = :changeset AND r.outcome = 'refused') AS refused

-- name: count_publish_refusals
-- What was let through to the department but may not be published, among the records that became changes.
SELECT count(*)
  FROM inbox.finding AS f JOIN inbox.changeset AS s USING (upload_id)
 WHERE s.id = :changeset AND f.severity <> 'refusal' AND f.facts #>> '{severity_at,publish}' = 'refusal'
   AND (f.line IS NULL OR EXISTS (SELECT FROM inbox.change AS c WHERE c.changeset_id = s.id AND c.line = f.line))

-- name: items
-- With the version that each has once it is published; what ends has the one it ends with.
SELECT c.kind, c.line, coalesce(c.layer_id, s.layer_id) AS layer_id, c.uid, c.ref,
       coalesce(c.base_version, 0) + CASE WHEN c.kind = 'retire' THEN 0 ELSE 1 END AS version
  FROM inbox.change AS c JOIN inbox.changeset AS s ON s.id = c.changeset_id
 WHERE c.changeset_id = :changeset ORDER BY c.id

-- name: other_layers
SELECT DISTINCT layer_id FROM inbox.change WHERE changeset_id = :changeset AND layer_id IS NOT NULL

-- name: inverse
-- What was inserted ends, what ended comes back as itself, what was edited becomes as it was.
INSERT INTO inbox.change (changeset_id, district_id, layer_id, kind, line, uid, ref, base_version, before, after,
                          geom_before, geom_after)
SELECT :inverse, district_id, layer_id,
       CASE kind WHEN 'insert' THEN 'retire' WHEN 'retire' THEN 'insert' ELSE 'update' END,
       line, uid, ref,
       CASE kind WHEN 'retire' THEN base_version ELSE coalesce(base_version, 0) + 1 END,
       after, before, geom_after, geom_before
  FROM inbox.change WHERE changeset_id = :changeset ORDER BY id

-- name: inverse_kinship
-- Children become their parents again. What undoes an undoing tells the first operation once more.
WITH undone AS (SELECT reverts_id FROM inbox.changeset WHERE id = :changeset)
INSERT INTO inbox.kinship (changeset_id, district_id, operation_no, parent_uid, child_uid, operation, role, area_m2)
SELECT :inverse, district_id, operation_no, child_uid, parent_uid, 'revert',
       CASE role WHEN 'beginning' THEN 'end' WHEN 'end' THEN 'beginning' ELSE role END, area_m2
  FROM inbox.kinship WHERE changeset_id = :changeset AND (SELECT reverts_id FROM undone) IS NULL
 UNION ALL
SELECT :inverse, district_id, operation_no, parent_uid, child_uid, operation, role, area_m2
  FROM inbox.kinship WHERE changeset_id = (SELECT reverts_id FROM undone)

-- name: inverse_operations
WITH undone AS (SELECT reverts_id FROM inbox.changeset WHERE id = :changeset)
INSERT INTO inbox.operation (changeset_id, number, district_id, kind, is_sure)
SELECT :inverse, number, district_id, 'revert', true
  FROM inbox.operation WHERE changeset_id = :changeset AND (SELECT reverts_id FROM undone) IS NULL
 UNION ALL
SELECT :inverse, number, district_id, kind, true
  FROM inbox.operation WHERE changeset_id = (SELECT reverts_id FROM undone)

-- name: retired
SELECT uid FROM inbox.changes_of(:layer, :changeset) WHERE kind = 'retire'

-- name: decisions
-- Whose they are and who published them, as far as the actor may see them.
SELECT s.id, s.title, s.reverts_id, sender.name AS sent_by, decider.name AS published_by
  FROM inbox.changeset AS s
  LEFT JOIN auth.account AS sender ON sender.id = s.created_by
  LEFT JOIN inbox.transition AS t ON t.changeset_id = s.id AND t.state_after = 'published'
  LEFT JOIN auth.account AS decider ON decider.id = t.account_id
 WHERE s.id = ANY (CAST(:changesets AS bigint[]))
