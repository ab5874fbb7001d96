-- Whether a change is one that somebody wants to see; nothing asked for is everything. The field "geom" is the shape,
-- the rule "*" any rule.
CREATE OR REPLACE FUNCTION inbox.is_chosen(
    change inbox.change, wanted_kind text, wanted_field text, wanted_rule text, wanted_ref text) RETURNS boolean
    LANGUAGE sql STABLE
AS $$
    SELECT (wanted_kind = '' OR change.kind = wanted_kind)
       AND (wanted_field = '' OR (change.kind = 'update' AND CASE wanted_field
            WHEN 'geom' THEN change.geom_before IS DISTINCT FROM change.geom_after
            ELSE change.before -> wanted_field IS DISTINCT FROM change.after -> wanted_field END))
       AND (wanted_ref = '' OR position(pool.fold(wanted_ref) IN pool.fold(change.ref)) > 0)
       AND (wanted_rule = '' OR EXISTS (
            SELECT FROM inbox.changeset AS s JOIN inbox.finding AS f ON f.upload_id = s.upload_id
             WHERE s.id = change.changeset_id AND f.line = change.line
               AND (wanted_rule = '*' OR f.rule = wanted_rule)))
$$;
