-- Who did what, when and why, kept for ever: what districts and department do to files and changesets.
SET LOCAL lock_timeout = '5s';

ALTER TABLE ops.audit
    ADD COLUMN layer_id text,
    ADD COLUMN upload_id uuid,
    ADD COLUMN changeset_id bigint,
    ADD COLUMN why text NOT NULL DEFAULT '';
CREATE INDEX audit_district ON ops.audit (district_id, id DESC);
CREATE INDEX audit_account ON ops.audit (account_id, id DESC);
CREATE INDEX audit_changeset ON ops.audit (changeset_id, id);

INSERT INTO ops.audit (at, account_id, role, district_id, action, subject, layer_id, upload_id, changeset_id, why, detail)
SELECT at, account_id, role, district_id, action, subject, layer_id, upload_id, changeset_id, why, detail
  FROM (SELECT u.received_at AS at, u.sent_by AS account_id, coalesce(a.role, 'unknown') AS role, u.district_id,
               'sent' AS action, u.filename AS subject, u.layer_id, u.id AS upload_id, CAST(NULL AS bigint) AS changeset_id,
               '' AS why, jsonb_build_object('sha256', u.sha256, 'bytes', u.size_bytes) AS detail
          FROM inbox.upload AS u LEFT JOIN auth.account AS a ON a.id = u.sent_by WHERE u.state <> 'arriving'
         UNION ALL
        SELECT t.at, t.account_id, coalesce(a.role, 'unknown'), t.district_id,
               CASE WHEN t.state_after = 'checked' THEN 'reverted' ELSE t.state_after END, s.title, s.layer_id, s.upload_id,
               s.id, t.why, jsonb_strip_nulls(jsonb_build_object('reverts', s.reverts_id, 'epoch', s.epoch))
          FROM inbox.transition AS t JOIN inbox.changeset AS s ON s.id = t.changeset_id
          LEFT JOIN auth.account AS a ON a.id = t.account_id) AS acts
 ORDER BY at;
