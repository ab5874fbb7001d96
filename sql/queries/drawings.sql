-- name: add
INSERT INTO ops.drawing (view_code, edit_digest, title, features, groups)
VALUES (:view, :digest, :title, CAST(:features AS jsonb), CAST(:groups AS jsonb))

-- name: of
SELECT view_code, title, CAST(features AS text) AS features, CAST(groups AS text) AS groups,
       version, changed_at, edit_digest = :digest AS may_edit
  FROM ops.drawing WHERE view_code = :code OR edit_digest = :digest

-- name: change
-- Nothing where somebody else has changed it since that version.
UPDATE ops.drawing
   SET title = :title, features = CAST(:features AS jsonb), groups = CAST(:groups AS jsonb),
       version = version + 1, changed_at = now(), used_on = current_date
 WHERE edit_digest = :digest AND version = :version
RETURNING version

-- name: used
UPDATE ops.drawing SET used_on = current_date WHERE (view_code = :code OR edit_digest = :digest) AND used_on < current_date

-- name: remove
DELETE FROM ops.drawing WHERE edit_digest = :digest

-- name: remove_unused
DELETE FROM ops.drawing WHERE used_on < current_date - CAST(:days AS integer)
