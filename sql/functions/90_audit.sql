-- The audit: written by triggers so that no writer can forget it, changed by nobody.
CREATE OR REPLACE FUNCTION ops.stay_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ops.audit
    FOR EACH STATEMENT EXECUTE FUNCTION ops.stay_as_written();

CREATE OR REPLACE FUNCTION ops.note(
    p_action text, p_subject text, p_district integer, p_layer text, p_upload uuid, p_changeset bigint, p_account integer,
    p_why text, p_detail jsonb) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = ops, public, pg_temp
AS $$
    INSERT INTO ops.audit (account_id, role, district_id, action, subject, layer_id, upload_id, changeset_id, why, detail)
    VALUES (coalesce(p_account, nullif(current_setting('gis.account', true), '')::integer),
            coalesce((SELECT role FROM auth.account WHERE id = p_account), auth.role()),
            p_district, p_action, p_subject, p_layer, p_upload, p_changeset, coalesce(p_why, ''),
            jsonb_strip_nulls(p_detail))
$$;

-- A file has been sent once all its bytes are there and their sum is known.
CREATE OR REPLACE FUNCTION ops.note_upload() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_new boolean := TG_OP = 'INSERT' OR OLD.state IN ('arriving', 'received') AND OLD.sha256 = '';
    done text := CASE WHEN NEW.state = 'received' AND NEW.sha256 <> '' AND is_new THEN 'sent'
                      WHEN TG_OP = 'INSERT' OR NEW.state = OLD.state THEN NULL
                      WHEN NEW.state = 'received' THEN CASE OLD.state WHEN 'arriving' THEN 'sent' ELSE 'sent_again' END
                      WHEN NEW.state IN ('checked', 'failed') THEN NEW.state END;
BEGIN
    IF done IS NOT NULL THEN
        PERFORM ops.note(done, NEW.filename, NEW.district_id, NEW.layer_id, NEW.id, NULL,
                         CASE WHEN done LIKE 'sent%' THEN NEW.sent_by END, '',
                         jsonb_build_object('sha256', NEW.sha256, 'bytes', NEW.size_bytes,
                                            'counts', NEW.report -> 'counts', 'findings', NEW.report -> 'findings'));
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER audit AFTER INSERT OR UPDATE OF state, sha256 ON inbox.upload
    FOR EACH ROW EXECUTE FUNCTION ops.note_upload();

CREATE OR REPLACE FUNCTION ops.note_transition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed inbox.changeset;
BEGIN
    SELECT * INTO changed FROM inbox.changeset WHERE id = NEW.changeset_id;
    PERFORM ops.note(CASE NEW.state_after WHEN 'checked' THEN 'reverted' ELSE NEW.state_after END, changed.title,
                     NEW.district_id, changed.layer_id, changed.upload_id, NEW.changeset_id, NEW.account_id, NEW.why,
                     jsonb_build_object('reverts', changed.reverts_id, 'epoch', changed.epoch));
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER audit AFTER INSERT ON inbox.transition
    FOR EACH ROW EXECUTE FUNCTION ops.note_transition();

CREATE OR REPLACE FUNCTION ops.note_operation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ops.note('operation_chosen', s.title, NEW.district_id, s.layer_id, s.upload_id, s.id, NEW.chosen_by, '',
                     jsonb_build_object('operation', NEW.number, 'before', OLD.kind, 'after', NEW.kind))
       FROM inbox.changeset AS s WHERE s.id = NEW.changeset_id;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER audit AFTER UPDATE OF kind ON inbox.operation
    FOR EACH ROW EXECUTE FUNCTION ops.note_operation();

CREATE OR REPLACE FUNCTION ops.note_conflict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.choice IS DISTINCT FROM OLD.choice THEN
        PERFORM ops.note('side_chosen', NEW.ref, NEW.district_id, u.layer_id, u.id, NULL, NEW.decided_by, '',
                         jsonb_build_object('part', NEW.part, 'side', NEW.choice))
           FROM inbox.upload AS u WHERE u.id = NEW.upload_id;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER audit AFTER UPDATE OF choice ON inbox.conflict
    FOR EACH ROW EXECUTE FUNCTION ops.note_conflict();

CREATE OR REPLACE FUNCTION ops.note_exception() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ops.note('exception_' || NEW.state, NEW.ref, NEW.district_id, NEW.layer_id, NULL, NULL,
                     coalesce(NEW.decided_by, NEW.asked_by), CASE NEW.state WHEN 'asked' THEN NEW.reason ELSE NEW.answer END,
                     jsonb_build_object('rule', NEW.rule, 'until', NEW.until));
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER audit AFTER INSERT OR UPDATE OF state ON inbox.exception
    FOR EACH ROW EXECUTE FUNCTION ops.note_exception();

-- Repairs are decided one by one or by kind: one act for each rule of a decision, however many shapes it is about.
CREATE OR REPLACE FUNCTION ops.note_repairs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ops.note('repair_' || d.state, u.filename, u.district_id, u.layer_id, u.id, NULL, d.account, '',
                     jsonb_build_object('rule', d.rule, 'count', d.n, 'lines', d.lines))
       FROM (SELECT decided.upload_id, decided.rule, decided.state, max(decided.decided_by) AS account, count(*) AS n,
                    (array_agg(decided.line ORDER BY decided.line))[1:100] AS lines
               FROM decided JOIN undecided USING (id)
              WHERE decided.state IS DISTINCT FROM undecided.state AND decided.state <> 'proposed'
              GROUP BY decided.upload_id, decided.rule, decided.state) AS d
       JOIN inbox.upload AS u ON u.id = d.upload_id
      ORDER BY d.rule, d.state;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER audit AFTER UPDATE ON inbox.repair
    REFERENCING OLD TABLE AS undecided NEW TABLE AS decided
    FOR EACH STATEMENT EXECUTE FUNCTION ops.note_repairs();

-- What has been published keeps the bytes it came from.
CREATE OR REPLACE FUNCTION inbox.keep_originals() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = inbox, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM inbox.changeset WHERE upload_id = OLD.upload_id AND state = 'published') THEN
        RAISE EXCEPTION 'upload % has been published: its bytes are kept', OLD.upload_id
              USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE TRIGGER keep_originals BEFORE UPDATE OR DELETE ON inbox.chunk
    FOR EACH ROW EXECUTE FUNCTION inbox.keep_originals();

ALTER TABLE ops.audit ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reads ON ops.audit;
DROP POLICY IF EXISTS adds ON ops.audit;
CREATE POLICY reads ON ops.audit FOR SELECT
    USING (auth.is_department() OR (district_id IS NOT NULL AND auth.may_handle(district_id)));
CREATE POLICY adds ON ops.audit FOR INSERT WITH CHECK (true);
REVOKE UPDATE, DELETE, TRUNCATE ON ops.audit FROM gis_web, gis_worker;

-- What anybody may know of published changesets: which office did what and when, nobody's name and no reason.
CREATE OR REPLACE FUNCTION ops.offices(p_changesets bigint[])
    RETURNS TABLE (changeset_id bigint, at timestamptz, action text, role text, district_id integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ops, public, pg_temp
AS $$
    SELECT s.id, a.at, a.action, a.role, a.district_id
      FROM inbox.changeset AS s
      JOIN ops.audit AS a ON a.changeset_id = s.id OR (a.upload_id = s.upload_id AND a.action = 'sent')
     WHERE s.id = ANY (p_changesets) AND s.state = 'published'
       AND a.action IN ('sent', 'submitted', 'accepted', 'published', 'reverted')
     ORDER BY s.id, a.id
$$;
