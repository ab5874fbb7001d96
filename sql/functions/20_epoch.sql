-- The order of publishes. An epoch's number is known from its start, since rows, history and tiles carry it,
-- and commit order is epoch order (docs/decisions/0004-large-publishes.md):
--   a small publish holds the lock of epochs from its start and takes the next number;
--   a large one takes the next full thousand, its turn when it has brought its rows, and the lock only at its end.
CREATE OR REPLACE FUNCTION pool.current_epoch() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(max(epoch), 0) FROM pool.epoch $$;

CREATE OR REPLACE FUNCTION pool.lock_epochs() RETURNS void
    LANGUAGE sql
    AS $$ SELECT pg_advisory_xact_lock(hashtext('pool.epoch')) $$;

CREATE OR REPLACE FUNCTION pool.begin_epoch(p_districts integer[], p_is_large boolean) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pool, public, pg_temp
AS $$
DECLARE
    large_publish CONSTANT integer := hashtext('pool.large_publish');
    next_epoch bigint;
BEGIN
    -- Publishes of one district follow one another: nobody waits for another's rows with the lock of epochs in hand.
    PERFORM pg_advisory_xact_lock(hashtext('pool.district'), district)
       FROM (SELECT unnest(p_districts) AS district ORDER BY 1) AS listed;
    IF p_is_large THEN
        LOOP
            next_epoch := 1000 * nextval('pool.large_publish');
            -- The number may be in the past, or given up by a later one that has its turn already.
            EXIT WHEN next_epoch > pool.current_epoch()
                  AND pg_try_advisory_xact_lock(large_publish, (next_epoch / 1000)::integer);
        END LOOP;
    ELSE
        PERFORM pool.lock_epochs();
        next_epoch := pool.current_epoch() + 1;
        IF next_epoch % 1000 = 0 THEN
            -- That number may belong to a large publish that 999 small ones have overtaken.
            IF NOT pg_try_advisory_xact_lock(large_publish, (next_epoch / 1000)::integer) THEN
                RAISE EXCEPTION 'a large publish has to end first' USING ERRCODE = 'lock_not_available';
            END IF;
            next_epoch := next_epoch + 1;
        END IF;
    END IF;
    PERFORM set_config('gis.epoch', next_epoch::text, true);
    RETURN next_epoch;
END $$;

-- Large publishes bring their rows at the same time, and do all else one after another: this waits until those with
-- lower numbers have ended. Nobody can take one of these numbers any more while the locks are held.
CREATE OR REPLACE FUNCTION pool.take_turn(p_epoch bigint) RETURNS void
    LANGUAGE sql
AS $$
    SELECT pg_advisory_xact_lock_shared(hashtext('pool.large_publish'), number::integer)
      FROM generate_series(pool.current_epoch() / 1000 + 1, p_epoch / 1000 - 1) AS number
$$;

CREATE OR REPLACE FUNCTION pool.end_epoch(p_epoch bigint, p_changeset bigint, p_district integer, p_summary jsonb)
    RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pool, public, pg_temp
AS $$
BEGIN
    PERFORM pool.check_lineage(p_epoch);
    PERFORM pool.lock_epochs();
    INSERT INTO pool.epoch (epoch, published_at, changeset_id, district_id, summary)
    VALUES (p_epoch, clock_timestamp(), p_changeset, p_district, p_summary);
    PERFORM pg_notify('gis_epoch', p_epoch::text);
END $$;

-- The publishes that may have changed a layer, by district; null where one of several districts does not name them.
-- One that names no layer may have changed all; what only drew tiles anew has changed none.
CREATE OR REPLACE FUNCTION pool.publishes_of(p_layer text) RETURNS TABLE (epoch bigint, district_id integer)
    LANGUAGE sql STABLE
AS $$
    SELECT e.epoch, coalesce(e.district_id, one.district)
      FROM pool.epoch AS e
      LEFT JOIN LATERAL (SELECT value::integer AS district FROM jsonb_array_elements_text(e.summary -> 'districts'))
             AS one ON e.district_id IS NULL
     WHERE CASE WHEN e.summary ? 'layers' THEN e.summary -> 'layers' ? p_layer
                WHEN e.summary ? 'layer' THEN e.summary ->> 'layer' = p_layer
                WHEN jsonb_typeof(e.summary -> 'inserted') = 'object' THEN e.summary -> 'inserted' ? p_layer
                ELSE NOT e.summary ?| ARRAY['seeded', 'low_zooms'] END
$$;
