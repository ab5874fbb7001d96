-- name: create_roles
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['gis_owner', 'gis_web', 'gis_worker'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', wanted);
        END IF;
        IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO %I', wanted, current_user);
        END IF;
    END LOOP;
END $$

-- name: roles_may_log_in
ALTER ROLE gis_owner LOGIN;
ALTER ROLE gis_web LOGIN;
ALTER ROLE gis_worker LOGIN

-- name: create_extensions
CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
-- Lets row-level security use spatial indexes (docs/decisions/0003); only a superuser may, the rest works without.
DO $$
BEGIN
    ALTER FUNCTION public.geometry_overlaps(public.geometry, public.geometry) LEAKPROOF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE WARNING 'restricted layers are read without their spatial index: ask a superuser for '
        'ALTER FUNCTION public.geometry_overlaps(public.geometry, public.geometry) LEAKPROOF';
END $$

-- name: open_database
DO $$
BEGIN
    EXECUTE format('GRANT CREATE, CONNECT, TEMPORARY ON DATABASE %I TO gis_owner', current_database());
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO gis_web, gis_worker', current_database());
    EXECUTE format('ALTER DATABASE %I SET search_path = public, jobs', current_database());
    GRANT ALL ON SCHEMA public TO gis_owner;
END $$

-- name: has_database
SELECT EXISTS (SELECT FROM pg_database WHERE datname = %(name)s)
