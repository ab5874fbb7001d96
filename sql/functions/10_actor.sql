-- Who is acting: set for one transaction by the store (SET LOCAL), read by the row-level policies.
CREATE OR REPLACE FUNCTION auth.role() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(nullif(current_setting('gis.role', true), ''), 'anonymous') $$;

CREATE OR REPLACE FUNCTION auth.district() RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('gis.district', true), '')::integer $$;

-- 0 public, 1 planner, 2 department; as layers.core.layer.Audience.
CREATE OR REPLACE FUNCTION auth.audience() RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT CASE WHEN auth.role() IN ('department', 'administrator', 'worker', 'publisher') THEN 2
                      WHEN auth.role() IN ('planner', 'editor', 'approver') THEN 1
                      ELSE 0 END $$;

CREATE OR REPLACE FUNCTION auth.is_department() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT auth.role() IN ('department', 'administrator') $$;

-- A publish acts as the district whose changeset it is, so even the publisher stays in its own area.
CREATE OR REPLACE FUNCTION auth.may_publish(district integer) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT auth.role() = 'publisher' AND auth.district() = district $$;

CREATE OR REPLACE FUNCTION auth.may_handle(district integer) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT auth.is_department() OR auth.role() = 'worker'
              OR (auth.role() IN ('editor', 'approver', 'publisher') AND auth.district() = district) $$;
