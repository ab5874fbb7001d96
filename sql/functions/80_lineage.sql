-- Published descendants of a feature; UNION, not UNION ALL, so that a wrong cycle ends.
CREATE OR REPLACE FUNCTION pool.successors(p_layer text, p_uid uuid)
    RETURNS TABLE (uid uuid, ref text, operation text)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'WITH RECURSIVE descent (uid, operation) AS (
             SELECT child_uid, operation FROM pool.lineage WHERE parent_uid = $1
             UNION
             SELECT l.child_uid, l.operation FROM pool.lineage l JOIN descent d ON l.parent_uid = d.uid)
         SELECT DISTINCT ON (p.ref) p.uid, p.ref, d.operation
           FROM descent d JOIN pool.%I p ON p.uid = d.uid ORDER BY p.ref, d.operation', p_layer)
    USING p_uid;
END $$;
