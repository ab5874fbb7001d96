-- name: add
INSERT INTO search.batch (account_id, file_name, column_name, language, sent)
VALUES (:account, :file_name, :column_name, :language, :sent) RETURNING id

-- name: waiting
SELECT count(*) FROM search.batch WHERE account_id = :account AND state IN ('waiting', 'working')

-- name: of
SELECT id, account_id, file_name, column_name, language, state, done, total, note, created_at
  FROM search.batch WHERE id = :batch

-- name: of_account
SELECT id, account_id, file_name, column_name, language, state, done, total, note, created_at
  FROM search.batch WHERE account_id = :account ORDER BY created_at DESC, id

-- name: sent
SELECT sent FROM search.batch WHERE id = :batch

-- name: result
SELECT result FROM search.batch WHERE id = :batch

-- name: progress
UPDATE search.batch SET state = 'working', done = :done, total = :total WHERE id = :batch

-- name: finish
-- What was sent is not needed any more.
UPDATE search.batch
   SET state = :state, note = :note, result = :result, sent = NULL,
       done = CASE WHEN :state = 'done' THEN total ELSE done END
 WHERE id = :batch

-- name: remove
DELETE FROM search.batch WHERE id = :batch

-- name: remove_old
DELETE FROM search.batch WHERE created_at < now() - CAST(:age AS interval)

-- name: zones_of_parcels
-- What plans in force say of each parcel, the largest share first.
SELECT parcel.uid, zone.use_key, zone.use_label, sum(ST_Area(ST_Intersection(zone.geom, parcel.geom))) / ST_Area(parcel.geom) AS share
  FROM pool.parcels AS parcel
  JOIN pool.zones AS zone ON zone.geom && parcel.geom AND ST_IsValid(zone.geom) AND ST_Intersects(zone.geom, parcel.geom)
  LEFT JOIN pool.plans AS plan ON plan.ref = zone.plan_ref
 WHERE parcel.uid = ANY (CAST(:uids AS uuid[])) AND plan.status = 'in_force'
 GROUP BY parcel.uid, parcel.geom, zone.use_key, zone.use_label
 ORDER BY parcel.uid, share DESC, zone.use_key
