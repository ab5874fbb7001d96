-- name: stale
SELECT ref, base_version, published_version FROM pool.stale_changes(:layer, :changeset)

-- name: apply
SELECT retired, updated, inserted FROM pool.apply_changeset(:layer, :changeset)

-- name: lineage
INSERT INTO pool.lineage (parent_uid, child_uid, district_id, changeset_id, epoch, operation, role, area_m2)
SELECT parent_uid, child_uid, district_id, changeset_id, :epoch, operation, role, area_m2
  FROM inbox.kinship WHERE changeset_id = :changeset
