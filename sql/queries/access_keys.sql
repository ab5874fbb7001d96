-- name: add
INSERT INTO auth.access_key (account_id, name, sha256, may_publish, expires_at)
SELECT id, :name, :sha256, :may_publish, now() + make_interval(days => CAST(:days AS integer))
  FROM auth.account WHERE email = :email AND is_active
RETURNING id

-- name: revoke
UPDATE auth.access_key SET revoked_at = now() WHERE id = :id AND revoked_at IS NULL

-- name: all
SELECT k.id, k.name, a.email, k.may_publish, k.created_at, k.expires_at, k.revoked_at
  FROM auth.access_key AS k JOIN auth.account AS a ON a.id = k.account_id ORDER BY k.id

-- name: holder
SELECT a.id, a.email, a.name, a.role, a.district_id, a.session_no, k.may_publish
  FROM auth.access_key AS k JOIN auth.account AS a ON a.id = k.account_id
 WHERE k.sha256 = :sha256 AND k.revoked_at IS NULL AND a.is_active
   AND (k.expires_at IS NULL OR k.expires_at > now())
