-- Who watches what is the watcher's own affair; the department sees it, and the worker tells it.
CREATE OR REPLACE FUNCTION auth.account() RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('gis.account', true), '')::integer $$;

CREATE OR REPLACE FUNCTION watch.is_own(p_account integer) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$ SELECT auth.is_department() OR auth.role() = 'worker' OR p_account = auth.account() $$;

ALTER TABLE watch.subscription ENABLE ROW LEVEL SECURITY;
ALTER TABLE watch.webhook ENABLE ROW LEVEL SECURITY;
ALTER TABLE watch.secret ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own ON watch.subscription;
DROP POLICY IF EXISTS ends ON watch.subscription;
DROP POLICY IF EXISTS adds ON watch.subscription;
DROP POLICY IF EXISTS own ON watch.webhook;
DROP POLICY IF EXISTS adds ON watch.secret;
DROP POLICY IF EXISTS reads ON watch.secret;
CREATE POLICY own ON watch.subscription FOR SELECT USING (watch.is_own(account_id));
CREATE POLICY ends ON watch.subscription FOR DELETE USING (watch.is_own(account_id));
CREATE POLICY adds ON watch.subscription FOR INSERT
    WITH CHECK (audience <= auth.audience() AND (auth.role() = 'worker' OR account_id IS NOT DISTINCT FROM auth.account()));
CREATE POLICY own ON watch.webhook
    USING (EXISTS (SELECT FROM watch.subscription AS s WHERE s.id = subscription_id));
CREATE POLICY adds ON watch.secret FOR INSERT
    WITH CHECK (EXISTS (SELECT FROM watch.webhook AS w WHERE w.id = webhook_id));
CREATE POLICY reads ON watch.secret FOR SELECT USING (auth.role() = 'worker');

GRANT USAGE ON SCHEMA watch TO gis_web, gis_worker;
GRANT SELECT, INSERT, DELETE ON watch.subscription, watch.webhook TO gis_web, gis_worker;
GRANT UPDATE ON watch.webhook TO gis_worker;
GRANT INSERT ON watch.secret TO gis_web, gis_worker;
GRANT SELECT ON watch.secret TO gis_worker;

-- Whoever has the secret of an address may read what it watches; a look notes the day.
CREATE OR REPLACE FUNCTION watch.by_token(p_digest bytea) RETURNS SETOF watch.subscription
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = watch, pg_temp
AS $$
BEGIN
    UPDATE watch.subscription SET used_on = current_date WHERE token_digest = p_digest AND used_on < current_date;
    RETURN QUERY SELECT * FROM watch.subscription WHERE token_digest = p_digest;
END $$;

CREATE OR REPLACE FUNCTION watch.end_by_token(p_digest bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = watch, pg_temp
AS $$
BEGIN
    DELETE FROM watch.subscription WHERE token_digest = p_digest;
    RETURN FOUND;
END $$;

CREATE OR REPLACE FUNCTION watch.number_of_subscriptions() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = watch, pg_temp
    AS $$ SELECT count(*) FROM watch.subscription $$;

-- One job for each webhook that works, in the transaction of the publish; one that waits already tells this as well.
CREATE OR REPLACE FUNCTION watch.call_webhooks() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = jobs, public, pg_temp
AS $$
BEGIN
    PERFORM procrastinate_defer_jobs_v1(array_agg(
                ROW('webhooks', 'tell_webhook', 0, 'webhook-' || w.id, NULL, jsonb_build_object('webhook_id', w.id), NULL)
                ::procrastinate_job_to_defer_v1 ORDER BY w.id))
       FROM watch.webhook AS w
      WHERE w.is_active
        AND NOT EXISTS (SELECT FROM procrastinate_jobs AS j WHERE j.lock = 'webhook-' || w.id AND j.status = 'todo')
     HAVING count(*) > 0;
END $$;
