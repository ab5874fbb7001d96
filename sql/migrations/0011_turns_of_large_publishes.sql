-- Numbers of large publishes, in thousands (sql/functions/20_epoch.sql).
SET LOCAL lock_timeout = '5s';

CREATE SEQUENCE pool.large_publish AS integer;
