-- Columns a changeset may set: neither those every table has nor those the database derives.
CREATE OR REPLACE FUNCTION pool.domain_columns(p_layer text) RETURNS text[]
    LANGUAGE sql STABLE
AS $$
    SELECT array_agg(attname::text ORDER BY attnum)
      FROM pg_attribute
     WHERE attrelid = format('pool.%I', p_layer)::regclass AND attnum > 0 AND NOT attisdropped
       AND attgenerated = ''
       AND attname NOT IN ('id', 'uid', 'ref', 'district_id', 'epoch_from', 'version',
                           'source_change_id', 'origin', 'geom', 'computed_area_m2')
$$;

-- The attributes of a pool row that a file can carry, as one comparable value.
CREATE OR REPLACE FUNCTION pool.attributes(p_layer text, p_row jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
AS $$
    SELECT coalesce(jsonb_object_agg(key, value), '{}')
      FROM jsonb_each(p_row)
     WHERE key = ANY (pool.domain_columns(p_layer)) AND value <> 'null'
$$;

-- The changes of one layer; a changeset of edits may reach over several.
CREATE OR REPLACE FUNCTION inbox.changes_of(p_layer text, p_changeset bigint) RETURNS SETOF inbox.change
    LANGUAGE sql STABLE
AS $$
    SELECT c.* FROM inbox.change c JOIN inbox.changeset s ON s.id = c.changeset_id
     WHERE c.changeset_id = p_changeset
       AND (c.layer_id IS NULL AND s.layer_id = p_layer OR c.layer_id = p_layer)
$$;

-- Changes that were made from a version which is no longer the published one.
CREATE OR REPLACE FUNCTION pool.stale_changes(p_layer text, p_changeset bigint)
    RETURNS TABLE (change_id bigint, ref text, base_version integer, published_version integer)
    LANGUAGE plpgsql
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT c.id, c.ref, c.base_version, p.version
           FROM inbox.changes_of(%1$L, $1) c LEFT JOIN pool.%1$I p ON p.uid = c.uid
          WHERE c.kind <> ''insert''
            AND p.version IS DISTINCT FROM c.base_version
          UNION ALL
         SELECT c.id, c.ref, c.base_version, p.version
           FROM inbox.changes_of(%1$L, $1) c JOIN pool.%1$I p ON p.ref = c.ref AND p.uid <> c.uid
          WHERE c.kind <> ''retire''
            AND NOT EXISTS (SELECT FROM inbox.changes_of(%1$L, $1) r
                             WHERE r.kind = ''retire'' AND r.uid = p.uid)
          ORDER BY 2, 1', p_layer) USING p_changeset;
END $$;

-- Retire, update, insert, in this order so that a ref may pass from one feature to another.
-- Row-level security hides foreign rows from UPDATE and DELETE, so the counts are compared.
CREATE OR REPLACE FUNCTION pool.apply_changeset(p_layer text, p_changeset bigint)
    RETURNS TABLE (retired bigint, updated bigint, inserted bigint)
    LANGUAGE plpgsql
AS $$
DECLARE
    names text := (SELECT string_agg(quote_ident(name), ', ') FROM unnest(pool.domain_columns(p_layer)) name);
    taken text := (SELECT string_agg('r.' || quote_ident(name), ', ') FROM unnest(pool.domain_columns(p_layer)) name);
    wanted bigint;
BEGIN
    EXECUTE format('DELETE FROM pool.%1$I p USING inbox.changes_of(%1$L, $1) c
        WHERE c.kind = ''retire'' AND p.uid = c.uid', p_layer) USING p_changeset;
    GET DIAGNOSTICS retired = ROW_COUNT;

    EXECUTE format('UPDATE pool.%1$I p
        SET (ref, geom, source_change_id, origin, %2$s) = ROW(c.ref, c.geom_after, c.id, ''edit'', %3$s)
        FROM inbox.changes_of(%1$L, $1) c CROSS JOIN LATERAL jsonb_populate_record(NULL::pool.%1$I, c.after) r
        WHERE c.kind = ''update'' AND p.uid = c.uid', p_layer, names, taken)
        USING p_changeset;
    GET DIAGNOSTICS updated = ROW_COUNT;

    EXECUTE format('INSERT INTO pool.%1$I
            (uid, ref, district_id, geom, version, source_change_id, origin, %2$s)
        SELECT c.uid, c.ref, c.district_id, c.geom_after, coalesce(c.base_version, 0) + 1, c.id, ''edit'', %3$s
        FROM inbox.changes_of(%1$L, $1) c CROSS JOIN LATERAL jsonb_populate_record(NULL::pool.%1$I, c.after) r
        WHERE c.kind = ''insert'' ORDER BY c.id', p_layer, names, taken)
        USING p_changeset;
    GET DIAGNOSTICS inserted = ROW_COUNT;

    SELECT count(*) INTO wanted FROM inbox.changes_of(p_layer, p_changeset);
    IF retired + updated + inserted <> wanted THEN
        RAISE EXCEPTION 'changeset % wants % changes, the rows it may touch are %',
            p_changeset, wanted, retired + updated + inserted USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEXT;
END $$;
