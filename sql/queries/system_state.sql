-- name: jobs
-- What is due and not begun, what runs, what was given up within a week, and when a worker was last heard of.
SELECT count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()) AS waiting,
       count(*) FILTER (WHERE status = 'doing') AS running,
       (SELECT count(*) FROM jobs.procrastinate_events
         WHERE type = 'failed' AND at > now() - interval '7 days') AS failed,
       (SELECT max(last_heartbeat) FROM jobs.procrastinate_workers) AS worker_heard_at
  FROM jobs.procrastinate_jobs WHERE status IN ('todo', 'doing')

-- name: tiles
-- Many as the planner knows their number: to count millions would take seconds.
SELECT greatest((SELECT reltuples FROM pg_class WHERE oid = 'tiles.tile'::regclass),
                (SELECT count(*) FROM (SELECT FROM tiles.tile LIMIT 10000) AS few))::bigint AS about,
       pg_total_relation_size('tiles.tile') AS bytes,
       (SELECT max(epoch) FROM tiles.tile) AS epoch

-- name: database
SELECT pg_database_size(current_database()) AS bytes, pool.current_epoch() AS epoch,
       current_setting('archive_mode') <> 'off' AS is_archived, last_archived_time AS archived_at,
       last_failed_time > coalesce(last_archived_time, '-infinity') AS is_archive_failing
  FROM pg_stat_archiver

-- name: publishes_by_week
-- The newest week last; weeks without a publish count nothing.
SELECT week::date AS week, count(epoch.epoch) AS publishes
  FROM generate_series(date_trunc('week', CAST(:now AS timestamptz) AT TIME ZONE :timezone)
                           - (CAST(:weeks AS integer) - 1) * interval '7 days',
                       date_trunc('week', CAST(:now AS timestamptz) AT TIME ZONE :timezone), interval '7 days') AS week
  LEFT JOIN pool.epoch AS epoch
    ON epoch.published_at AT TIME ZONE :timezone >= week
   AND epoch.published_at AT TIME ZONE :timezone < week + interval '7 days'
 GROUP BY week ORDER BY week
