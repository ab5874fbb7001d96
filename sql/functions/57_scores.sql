-- Only the worker writes what it has counted; everybody reads it: it is about published shapes.
GRANT SELECT ON ops.fault, ops.faults_counted TO gis_web, gis_worker;
GRANT INSERT, UPDATE, DELETE ON ops.fault TO gis_worker;
GRANT UPDATE ON ops.faults_counted TO gis_worker;

-- Numbers about a district's work with the department, without what the work is about: that only its members see.
CREATE OR REPLACE FUNCTION ops.work_of_districts()
    RETURNS TABLE (district_id integer, open_findings bigint, waiting bigint, review_hours double precision)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ops, pg_temp
AS $$
    WITH newest AS (
        SELECT DISTINCT ON (u.district_id, u.layer_id) u.district_id,
               coalesce((u.report #>> '{findings,refusal}')::bigint, 0)
               + coalesce((u.report #>> '{findings,warning}')::bigint, 0) AS findings,
               EXISTS (SELECT FROM inbox.changeset AS s
                        WHERE s.upload_id = u.id AND s.state = 'published') AS is_published
          FROM inbox.upload AS u WHERE u.state = 'checked'
         ORDER BY u.district_id, u.layer_id, u.received_at DESC
    ), decided AS (
        SELECT t.district_id, extract(epoch FROM t.at - submitted.at) / 3600 AS hours
          FROM inbox.transition AS t
         CROSS JOIN LATERAL (SELECT max(b.at) AS at FROM inbox.transition AS b
                              WHERE b.changeset_id = t.changeset_id AND b.state_after = 'submitted' AND b.id < t.id) AS submitted
         WHERE t.state_before = 'submitted' AND t.state_after IN ('accepted', 'returned')
           AND t.at > now() - interval '90 days'
    )
    SELECT d.district_id,
           coalesce((SELECT sum(n.findings) FROM newest AS n
                      WHERE n.district_id = d.district_id AND NOT n.is_published), 0)::bigint,
           (SELECT count(*) FROM inbox.changeset AS s WHERE s.district_id = d.district_id AND s.state = 'submitted'),
           (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY h.hours) FROM decided AS h WHERE h.district_id = d.district_id)
      FROM (SELECT district_id FROM inbox.upload UNION SELECT district_id FROM inbox.changeset) AS d
$$;
