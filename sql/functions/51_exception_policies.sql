-- A district asks and reads its own; only the department decides; nobody takes a decision away.
ALTER TABLE inbox.exception ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reads ON inbox.exception;
DROP POLICY IF EXISTS asks ON inbox.exception;
DROP POLICY IF EXISTS decides ON inbox.exception;
CREATE POLICY reads ON inbox.exception FOR SELECT USING (auth.may_handle(district_id));
CREATE POLICY asks ON inbox.exception FOR INSERT
    WITH CHECK (auth.may_handle(district_id) AND state = 'asked');
CREATE POLICY decides ON inbox.exception FOR UPDATE
    USING ((SELECT auth.is_department())) WITH CHECK ((SELECT auth.is_department()));
