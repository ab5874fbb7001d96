-- Issued answers are only ever added to. Whoever has the number of one may read it; nobody may list them.
ALTER TABLE answers.issued ENABLE ROW LEVEL SECURITY;
ALTER TABLE answers.self_check ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS reads ON answers.self_check;
DROP POLICY IF EXISTS adds ON answers.self_check;
CREATE POLICY reads ON answers.self_check FOR SELECT USING (auth.is_department() OR auth.role() = 'worker');
CREATE POLICY adds ON answers.self_check FOR INSERT WITH CHECK (auth.role() = 'worker');

GRANT USAGE ON SCHEMA answers TO gis_web, gis_worker;
GRANT SELECT ON answers.past_coverage, answers.closed TO gis_web, gis_worker;
GRANT SELECT ON answers.self_check TO gis_web, gis_worker;
GRANT INSERT ON answers.self_check TO gis_worker;

CREATE OR REPLACE FUNCTION answers.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an issued answer is never changed';
END $$;
CREATE OR REPLACE TRIGGER stays BEFORE UPDATE ON answers.issued
    FOR EACH ROW EXECUTE FUNCTION answers.refuse_change();

CREATE OR REPLACE FUNCTION answers.by_number(p_number text) RETURNS SETOF answers.issued
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = answers, pg_temp
    AS $$ SELECT * FROM answers.issued WHERE number = p_number $$;

CREATE OR REPLACE FUNCTION answers.by_code(p_code text) RETURNS SETOF answers.issued
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = answers, pg_temp
    AS $$ SELECT * FROM answers.issued WHERE code = p_code $$;

CREATE OR REPLACE FUNCTION answers.by_digest(p_digest bytea) RETURNS SETOF answers.issued
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = answers, pg_temp
    AS $$ SELECT * FROM answers.issued WHERE digest = p_digest ORDER BY issued_at DESC, number LIMIT 1 $$;

-- The same content on the same day is the same answer, with the number it got first.
CREATE OR REPLACE FUNCTION answers.same(p_body text, p_parent text) RETURNS SETOF answers.issued
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = answers, pg_temp
    AS $$ SELECT * FROM answers.issued
           WHERE digest = sha256(convert_to(p_body, 'UTF8')) AND issued_on = (now() AT TIME ZONE 'UTC')::date
             AND parent IS NOT DISTINCT FROM p_parent $$;

CREATE OR REPLACE FUNCTION answers.issue(
    p_number text, p_code text, p_parcel uuid, p_epoch bigint, p_body text, p_parent text) RETURNS SETOF answers.issued
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = answers, pg_temp
AS $$
BEGIN
    RETURN QUERY SELECT * FROM answers.same(p_body, p_parent);
    IF FOUND THEN
        RETURN;
    END IF;
    INSERT INTO answers.issued (number, code, parcel_uid, epoch, body, digest, parent)
    VALUES (p_number, p_code, p_parcel, p_epoch, p_body, sha256(convert_to(p_body, 'UTF8')), p_parent)
        ON CONFLICT DO NOTHING;
    RETURN QUERY SELECT * FROM answers.same(p_body, p_parent);
END $$;

-- Nothing is kept longer than the operator's setting says.
CREATE OR REPLACE FUNCTION answers.forget_before(p_day date) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = answers, pg_temp
AS $$
DECLARE
    forgotten bigint;
BEGIN
    DELETE FROM answers.issued WHERE issued_on < p_day;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END $$;
REVOKE EXECUTE ON FUNCTION answers.forget_before(date) FROM public;
GRANT EXECUTE ON FUNCTION answers.forget_before(date) TO gis_worker;

-- A patch of coverage that is replaced stays for answers about the past.
CREATE OR REPLACE FUNCTION answers.keep_coverage() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = answers, pool, public, pg_temp
AS $$
BEGIN
    INSERT INTO answers.past_coverage
    SELECT o.*, coalesce(nullif(current_setting('gis.epoch', true), '')::bigint, pool.current_epoch()) FROM old_rows AS o;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER keep_updated AFTER UPDATE ON pool.coverage
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION answers.keep_coverage();
CREATE OR REPLACE TRIGGER keep_deleted AFTER DELETE ON pool.coverage
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION answers.keep_coverage();

CREATE OR REPLACE FUNCTION answers.stamp_coverage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.epoch_from := coalesce(nullif(current_setting('gis.epoch', true), '')::bigint, pool.current_epoch());
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER stamp BEFORE UPDATE ON pool.coverage
    FOR EACH ROW EXECUTE FUNCTION answers.stamp_coverage();
