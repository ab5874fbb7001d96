-- name: ask
-- In the words of the latest finding; none is made where nothing was found.
INSERT INTO inbox.exception (district_id, layer_id, rule, ref, sentences, reason, asked_by)
SELECT u.district_id, u.layer_id, f.rule, f.ref, f.facts -> 'text', :reason, :account
  FROM inbox.finding AS f JOIN inbox.upload AS u ON u.id = f.upload_id
 WHERE u.district_id = :district AND u.layer_id = :layer AND f.rule = :rule AND f.ref = :ref
   AND f.severity <> 'note'
 ORDER BY f.id DESC LIMIT 1
ON CONFLICT (district_id, layer_id, rule, ref) WHERE state = 'asked' DO NOTHING
RETURNING id

-- name: is_asked
SELECT EXISTS (SELECT FROM inbox.exception
                WHERE district_id = :district AND layer_id = :layer AND rule = :rule AND ref = :ref
                  AND state = 'asked')

-- name: lock
SELECT state FROM inbox.exception WHERE id = :id FOR UPDATE

-- name: decide
UPDATE inbox.exception
   SET state = :state, answer = :answer, until = :until, decided_by = :account, decided_at = clock_timestamp()
 WHERE id = :id

-- name: listed
SELECT e.id, e.district_id, e.layer_id, e.rule, e.ref, e.sentences, e.reason, asker.name AS asked_by, e.asked_at,
       e.state, e.answer, decider.name AS decided_by, e.decided_at, e.until,
       e.state = 'granted' AND coalesce(e.until >= current_date, true) AS is_in_force
  FROM inbox.exception AS e
  LEFT JOIN auth.account AS asker ON asker.id = e.asked_by
  LEFT JOIN auth.account AS decider ON decider.id = e.decided_by
 WHERE (CAST(:id AS bigint) IS NULL OR e.id = :id)
   AND (CAST(:district AS integer) IS NULL OR e.district_id = :district)
   AND (CAST(:layer AS text) IS NULL OR e.layer_id = :layer)
   AND (CAST(:state AS text) IS NULL OR e.state = :state)
 ORDER BY coalesce(e.decided_at, e.asked_at) DESC, e.id DESC
 LIMIT :limit

-- name: in_force
-- The latest decision about a rule and a ref counts.
SELECT rule, ref, because, decided_by_name, decided_on FROM (
    SELECT DISTINCT ON (e.rule, e.ref) e.*, coalesce(nullif(e.answer, ''), e.reason) AS because,
           decider.name AS decided_by_name, e.decided_at::date AS decided_on
      FROM inbox.exception AS e LEFT JOIN auth.account AS decider ON decider.id = e.decided_by
     WHERE e.district_id = :district AND e.layer_id = :layer AND e.state <> 'asked'
     ORDER BY e.rule, e.ref, e.decided_at DESC) AS latest
 WHERE state = 'granted' AND coalesce(until >= current_date, true)
