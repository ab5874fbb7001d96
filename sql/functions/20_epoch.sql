-- One publish at a time: the lock is held until commit, so commit order is epoch order.
CREATE OR REPLACE FUNCTION pool.begin_epoch(p_changeset bigint, p_district integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pool, public, pg_temp
AS $$
DECLARE
    next_epoch bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('pool.epoch'));
    INSERT INTO pool.epoch (epoch, changeset_id, district_id)
        SELECT coalesce(max(epoch), 0) + 1, p_changeset, p_district FROM pool.epoch
        RETURNING epoch INTO next_epoch;
    PERFORM set_config('gis.epoch', next_epoch::text, true);
    RETURN next_epoch;
END $$;

CREATE OR REPLACE FUNCTION pool.end_epoch(p_epoch bigint, p_summary jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pool, public, pg_temp
AS $$
BEGIN
    UPDATE pool.epoch SET summary = p_summary, published_at = clock_timestamp() WHERE epoch = p_epoch;
    PERFORM pg_notify('gis_epoch', p_epoch::text);
END $$;

CREATE OR REPLACE FUNCTION pool.current_epoch() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(max(epoch), 0) FROM pool.epoch $$;
