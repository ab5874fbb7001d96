-- name: create
INSERT INTO auth.account (email, name, password_hash, role, district_id)
VALUES (:email, :name, :hash, :role, :district)
ON CONFLICT (email) DO UPDATE
   SET name = excluded.name, password_hash = excluded.password_hash, role = excluded.role,
       district_id = excluded.district_id, is_active = true, session_no = auth.account.session_no + 1
RETURNING id

-- name: by_email
SELECT id, email, name, password_hash, role, district_id, session_no
  FROM auth.account WHERE email = :email AND is_active

-- name: by_id
SELECT id, email, name, role, district_id, session_no
  FROM auth.account WHERE id = :id AND is_active
