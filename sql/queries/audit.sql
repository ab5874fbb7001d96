-- name: acts
-- The latest first, a page at a time; each condition only where something was asked.
SELECT a.id, a.at, a.role, a.district_id, a.action, a.subject, a.layer_id, a.upload_id, a.changeset_id, a.why, a.detail,
       person.name AS who
  FROM ops.audit AS a LEFT JOIN auth.account AS person ON person.id = a.account_id
 WHERE (CAST(:before AS bigint) IS NULL OR a.id < :before)
   AND (CAST(:action AS text) IS NULL OR a.action = :action)
   AND (CAST(:district AS integer) IS NULL OR a.district_id = :district)
   AND (CAST(:layer AS text) IS NULL OR a.layer_id = :layer)
   AND (CAST(:since AS timestamptz) IS NULL OR a.at >= :since)
   AND (CAST(:until AS timestamptz) IS NULL OR a.at < :until)
   AND (CAST(:changeset AS bigint) IS NULL OR a.changeset_id = :changeset)
   AND (:who = '' OR position(pool.fold(:who) IN pool.fold(coalesce(person.name, ''))) > 0)
 ORDER BY a.id DESC LIMIT :limit

-- name: offices
SELECT changeset_id, at, action, role, district_id FROM ops.offices(CAST(:changesets AS bigint[]))

-- name: originals
-- Uploads of changesets that the actor may see.
SELECT id, upload_id FROM inbox.changeset WHERE id = ANY (CAST(:changesets AS bigint[])) AND upload_id IS NOT NULL
