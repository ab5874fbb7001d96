-- District and department read what is said and add to it under their own names; nobody takes a word away.
ALTER TABLE inbox.comment ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reads ON inbox.comment;
DROP POLICY IF EXISTS says ON inbox.comment;
CREATE POLICY reads ON inbox.comment FOR SELECT USING (auth.may_handle(district_id));
CREATE POLICY says ON inbox.comment FOR INSERT
    WITH CHECK (auth.may_handle(district_id)
                AND account_id IS NOT DISTINCT FROM nullif(current_setting('gis.account', true), '')::integer);
