-- A district sees how its sources stand; only the department and the worker change that.
ALTER TABLE inbox.source ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reads ON inbox.source;
DROP POLICY IF EXISTS writes ON inbox.source;
CREATE POLICY reads ON inbox.source FOR SELECT USING (auth.may_handle(district_id));
CREATE POLICY writes ON inbox.source
    USING (auth.is_department() OR auth.role() = 'worker')
    WITH CHECK (auth.is_department() OR auth.role() = 'worker');
