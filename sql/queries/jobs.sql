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

-- name: enqueue_once
-- Without procrastinate's queueing lock: that would make what asked for a second one fail, and keep an
-- interrupted one from being put back into the queue beside it.
SELECT procrastinate_defer_jobs_v1(ARRAY[
    ROW(:queue, :task, 0, :task, NULL, CAST('{}' AS jsonb), now() + CAST(:wait AS interval))::procrastinate_job_to_defer_v1])
 WHERE NOT EXISTS (SELECT FROM jobs.procrastinate_jobs WHERE task_name = :task AND status = 'todo')

-- name: under_way
SELECT id FROM jobs.procrastinate_jobs
 WHERE task_name = :task AND status IN ('todo', 'doing') AND args @> CAST(:arguments AS jsonb)
 ORDER BY id LIMIT 1

-- name: due
SELECT greatest(scheduled_at, now()) FROM jobs.procrastinate_jobs
 WHERE task_name = :task AND status IN ('todo', 'doing') ORDER BY scheduled_at LIMIT 1
