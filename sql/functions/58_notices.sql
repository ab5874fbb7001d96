-- Who is concerned is told by triggers, in the transaction of what happened: no writer can forget it.
ALTER TABLE inbox.notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbox.letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbox.mail_wish ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reads ON inbox.notice;
DROP POLICY IF EXISTS sees ON inbox.notice;
DROP POLICY IF EXISTS reads ON inbox.letter;
DROP POLICY IF EXISTS settles ON inbox.letter;
DROP POLICY IF EXISTS reads ON inbox.mail_wish;
DROP POLICY IF EXISTS own ON inbox.mail_wish;
CREATE POLICY reads ON inbox.notice FOR SELECT USING (auth.role() = 'worker' OR account_id = auth.account());
CREATE POLICY sees ON inbox.notice FOR UPDATE USING (account_id = auth.account());
CREATE POLICY reads ON inbox.letter FOR SELECT USING (auth.role() = 'worker' OR auth.is_department());
CREATE POLICY settles ON inbox.letter FOR UPDATE USING (auth.role() = 'worker');
CREATE POLICY reads ON inbox.mail_wish FOR SELECT USING (auth.role() = 'worker');
CREATE POLICY own ON inbox.mail_wish USING (account_id = auth.account()) WITH CHECK (account_id = auth.account());
REVOKE INSERT, UPDATE, DELETE ON inbox.notice FROM gis_web, gis_worker;
REVOKE INSERT, UPDATE, DELETE ON inbox.letter FROM gis_web, gis_worker;
GRANT UPDATE (seen_at) ON inbox.notice TO gis_web, gis_worker;
GRANT UPDATE ON inbox.letter TO gis_worker;

-- Everybody concerned but the one who did it; a letter and its job for who wants letters.
CREATE OR REPLACE FUNCTION inbox.tell(
    p_event text, p_district integer, p_offices text[], p_changeset bigint, p_transition bigint, p_source text, p_doer integer)
    RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = jobs, public, pg_temp
AS $$
DECLARE
    letters bigint[];
BEGIN
    WITH told AS (
        INSERT INTO inbox.notice (account_id, event, district_id, changeset_id, transition_id, source_id)
        SELECT a.id, p_event, p_district, p_changeset, p_transition, p_source
          FROM auth.account AS a
         WHERE a.is_active AND a.id IS DISTINCT FROM p_doer
           AND ('department' = ANY (p_offices) AND a.role IN ('department', 'administrator')
                OR 'district' = ANY (p_offices) AND a.role IN ('editor', 'approver') AND a.district_id = p_district)
         ORDER BY a.id
        RETURNING id, account_id
    ), written AS (
        INSERT INTO inbox.letter (notice_id)
        SELECT told.id FROM told LEFT JOIN inbox.mail_wish AS w USING (account_id)
         WHERE w.is_mailed IS NOT FALSE
        RETURNING notice_id
    )
    SELECT array_agg(notice_id ORDER BY notice_id) INTO letters FROM written;
    IF letters IS NOT NULL THEN
        PERFORM procrastinate_defer_jobs_v1(array_agg(
                    ROW('mail', 'send_letter', 0, 'letter-' || n, NULL, jsonb_build_object('notice_id', n), NULL)
                    ::procrastinate_job_to_defer_v1 ORDER BY n))
           FROM unnest(letters) AS n;
    END IF;
END $$;
REVOKE EXECUTE ON FUNCTION inbox.tell FROM PUBLIC;

-- What is submitted concerns the department; what is decided, the district. Of steps that are taken at once only the last
-- is told, as is what the worker makes of them; to the department as well where it had no time to look.
CREATE OR REPLACE FUNCTION inbox.tell_transition() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = inbox, public, pg_temp
AS $$
DECLARE
    offices text[] := ARRAY[CASE NEW.state_after WHEN 'submitted' THEN 'department' ELSE 'district' END];
BEGIN
    IF EXISTS (SELECT FROM inbox.transition AS later
                WHERE later.changeset_id = NEW.changeset_id AND later.id > NEW.id) THEN
        RETURN NULL;
    END IF;
    IF NEW.state_after = 'accepted'
       AND EXISTS (SELECT FROM jobs.procrastinate_jobs
                    WHERE task_name = 'publish_changeset' AND status IN ('todo', 'doing')
                      AND args @> jsonb_build_object('changeset_id', NEW.changeset_id)) THEN
        RETURN NULL;
    END IF;
    IF NEW.state_after <> 'submitted'
       AND EXISTS (SELECT FROM inbox.transition AS accepted
                    WHERE accepted.changeset_id = NEW.changeset_id AND accepted.state_after = 'accepted'
                      AND accepted.in_transaction = (SELECT in_transaction FROM inbox.transition AS submitted
                                                      WHERE submitted.changeset_id = NEW.changeset_id
                                                        AND submitted.state_after = 'submitted'
                                                      ORDER BY submitted.id DESC LIMIT 1)) THEN
        offices := ARRAY['department', 'district'];
    END IF;
    PERFORM inbox.tell(NEW.state_after, NEW.district_id, offices, NEW.changeset_id, NEW.id, NULL, NEW.account_id);
    RETURN NULL;
END $$;
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'inbox.transition'::regclass AND tgname = 'tell_at_commit') THEN
        CREATE CONSTRAINT TRIGGER tell_at_commit AFTER INSERT ON inbox.transition
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
            WHEN (NEW.state_after IN ('submitted', 'accepted', 'returned', 'published'))
            EXECUTE FUNCTION inbox.tell_transition();
    END IF;
END $$;

-- A source that fails once is tried again within minutes; who fails a third time in a row is told of, once.
CREATE OR REPLACE FUNCTION inbox.tell_failing_source() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = inbox, public, pg_temp
AS $$
BEGIN
    PERFORM inbox.tell('pull_failed', NEW.district_id, ARRAY['department', 'district'], NULL, NULL, NEW.id, NULL);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER tell AFTER UPDATE OF failures ON inbox.source
    FOR EACH ROW WHEN (NEW.failures = 3 AND OLD.failures < 3)
    EXECUTE FUNCTION inbox.tell_failing_source();
