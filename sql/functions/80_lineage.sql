-- Lineage joins features with those they came from, publish by publish. A line of a feature with itself says that it
-- goes on (remainder), came from nothing (beginning) or ended without another (end).

-- What holds today: lines that were not undone.
CREATE OR REPLACE VIEW pool.kinship WITH (security_invoker) AS
    SELECT parent_uid, child_uid, changeset_id, epoch, operation, area_m2
      FROM pool.lineage WHERE undone_epoch IS NULL AND parent_uid <> child_uid;

-- Published descendants of a feature, itself where only its ref has changed. Each with the operation that first led
-- away from the feature; UNION, not UNION ALL, so that lines that come back end.
CREATE OR REPLACE FUNCTION pool.heirs(p_layer text, p_uid uuid)
    RETURNS TABLE (uid uuid, ref text, operation text, epoch bigint)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'WITH RECURSIVE descent (uid, operation, epoch) AS (
             SELECT child_uid, operation, epoch FROM pool.kinship WHERE parent_uid = $1
             UNION
             SELECT l.child_uid, l.operation, l.epoch
               FROM pool.kinship l JOIN descent d ON l.parent_uid = d.uid AND l.epoch >= d.epoch)
         SELECT DISTINCT ON (ref) uid, ref, operation, epoch
           FROM (SELECT p.uid, p.ref, d.operation, d.epoch FROM descent d JOIN pool.%1$I p ON p.uid = d.uid
                 UNION ALL
                 SELECT p.uid, p.ref, ''renumbering'', p.epoch_from FROM pool.%1$I p WHERE p.uid = $1) AS found
          ORDER BY ref, epoch DESC, operation', p_layer)
    USING p_uid;
END $$;

CREATE OR REPLACE FUNCTION pool.successors(p_layer text, p_uid uuid)
    RETURNS TABLE (uid uuid, ref text, operation text)
    LANGUAGE sql STABLE
    AS $$ SELECT uid, ref, operation FROM pool.heirs(p_layer, p_uid) $$;

-- A feature and whatever descends from it.
CREATE OR REPLACE FUNCTION pool.line_of_descent(p_uid uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE
AS $$
    WITH RECURSIVE descent (uid) AS (
        SELECT p_uid
        UNION
        SELECT l.child_uid FROM pool.lineage AS l JOIN descent AS d ON l.parent_uid = d.uid)
    SELECT uid FROM descent
$$;

-- What no publish may leave behind; asked by its end, so that no writer can forget it.
CREATE OR REPLACE FUNCTION pool.check_lineage(p_epoch bigint) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pool, public, pg_temp
AS $$
DECLARE
    broken text;
BEGIN
    SELECT h.ref INTO broken FROM history.parcels AS h
     WHERE h.epoch_to = p_epoch
       AND NOT EXISTS (SELECT FROM pool.parcels AS p WHERE p.uid = h.uid)
       AND NOT EXISTS (SELECT FROM pool.lineage AS l WHERE l.epoch = p_epoch AND l.parent_uid = h.uid
                          AND (l.child_uid <> h.uid OR l.role = 'end'))
     LIMIT 1;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'parcel % ends without a successor or a stated end', broken USING ERRCODE = 'check_violation';
    END IF;

    -- Each line joins a version that ended by this publish with one that began by it.
    SELECT l.parent_uid::text INTO broken FROM pool.lineage AS l
     WHERE l.epoch = p_epoch
       AND (l.role <> 'beginning' AND NOT EXISTS (
                SELECT FROM history.parcels AS h WHERE h.uid = l.parent_uid AND h.epoch_to = p_epoch)
         OR l.role <> 'end' AND NOT EXISTS (
                SELECT FROM pool.parcels AS p WHERE p.uid = l.child_uid AND p.epoch_from = p_epoch)
         OR l.role = 'end' AND EXISTS (SELECT FROM pool.parcels AS p WHERE p.uid = l.parent_uid))
     LIMIT 1;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'lineage of % joins nothing that ended and began', broken USING ERRCODE = 'check_violation';
    END IF;

    SELECT l.parent_uid::text INTO broken FROM pool.lineage AS l
     WHERE l.epoch = p_epoch AND l.role = 'result'
       AND EXISTS (SELECT FROM pool.parcels AS p WHERE p.uid = l.parent_uid)
       AND NOT EXISTS (SELECT FROM pool.lineage AS own
                        WHERE own.epoch = p_epoch AND own.parent_uid = l.parent_uid AND own.role = 'remainder'
                          AND own.child_uid = l.parent_uid)
     LIMIT 1;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'parent % outlives its only successor', broken USING ERRCODE = 'check_violation';
    END IF;

    SELECT l.child_uid::text INTO broken FROM pool.lineage AS l
     WHERE l.epoch = p_epoch AND l.operation = 'amalgamation'
     GROUP BY l.child_uid HAVING count(*) < 2 LIMIT 1;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'amalgamation into % has one parent', broken USING ERRCODE = 'check_violation';
    END IF;
END $$;

GRANT SELECT ON pool.kinship TO gis_web, gis_worker;
