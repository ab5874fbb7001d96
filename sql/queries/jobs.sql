-- name: is_there
SELECT to_regclass('jobs.procrastinate_jobs') IS NOT NULL

-- name: create_schema
CREATE SCHEMA IF NOT EXISTS jobs;
SET LOCAL search_path = jobs, public

-- name: grant
GRANT USAGE ON SCHEMA jobs TO gis_web, gis_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO gis_web, gis_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA jobs TO gis_web, gis_worker

-- name: wait_for_our_turn
SET LOCAL lock_timeout = '20s';
SELECT pg_advisory_xact_lock(hashtext('gisserver.migrate'))
