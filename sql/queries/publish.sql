-- name: stale
SELECT ref, base_version, published_version FROM pool.stale_changes(:layer, :changeset)

-- name: apply
SELECT retired, updated, inserted FROM pool.apply_changeset(:layer, :changeset)

-- name: lineage
INSERT INTO pool.lineage (parent_uid, child_uid, district_id, changeset_id, epoch, operation, role, area_m2)
SELECT parent_uid, child_uid, district_id, changeset_id, :epoch, operation, role, area_m2
  FROM inbox.kinship WHERE changeset_id = :changeset
ON CONFLICT DO NOTHING

-- name: endings
-- What ends and has become nothing says so itself.
INSERT INTO pool.lineage (parent_uid, child_uid, district_id, changeset_id, epoch, operation, role, area_m2)
SELECT c.uid, c.uid, c.district_id, c.changeset_id, :epoch,
       CASE WHEN s.reverts_id IS NULL THEN 'ending' ELSE 'revert' END, 'end',
       coalesce(ST_Area(c.geom_before), 0)
  FROM inbox.changes_of('parcels', :changeset) AS c JOIN inbox.changeset AS s ON s.id = c.changeset_id
 WHERE c.kind = 'retire'
   AND NOT EXISTS (SELECT FROM inbox.kinship AS k WHERE k.changeset_id = c.changeset_id AND k.parent_uid = c.uid)
ON CONFLICT DO NOTHING

-- name: undo_lineage
-- What a changeset said is not so any more once it is undone; who undoes that undoing says it anew.
UPDATE pool.lineage SET undone_epoch = :epoch
 WHERE undone_epoch IS NULL
   AND changeset_id = (SELECT reverts_id FROM inbox.changeset WHERE id = :changeset)
