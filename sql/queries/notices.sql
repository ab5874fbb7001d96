-- name: latest
SELECT n.id, n.at, n.event, n.district_id, n.changeset_id, n.source_id, s.layer_id, s.title, n.seen_at IS NOT NULL AS is_seen
  FROM inbox.notice AS n LEFT JOIN inbox.changeset AS s ON s.id = n.changeset_id
 WHERE n.account_id = :account AND (CAST(:before AS bigint) IS NULL OR n.id < :before)
 ORDER BY n.id DESC LIMIT :limit

-- name: count_unseen
SELECT count(*) FROM inbox.notice WHERE account_id = :account AND seen_at IS NULL

-- name: see
UPDATE inbox.notice SET seen_at = clock_timestamp() WHERE account_id = :account AND id <= :up_to AND seen_at IS NULL

-- name: wish
SELECT is_mailed, language FROM inbox.mail_wish WHERE account_id = :account

-- name: set_wish
INSERT INTO inbox.mail_wish (account_id, is_mailed, language) VALUES (:account, :is_mailed, :language)
    ON CONFLICT (account_id) DO UPDATE SET is_mailed = excluded.is_mailed, language = excluded.language

-- name: letter
-- Only one that still waits; is_wanted also says whether its account may still know.
SELECT n.id, n.at, n.event, n.district_id, n.changeset_id, n.source_id, s.layer_id, s.title, n.seen_at IS NOT NULL AS is_seen,
       a.email, w.language,
       a.is_active AND w.is_mailed IS NOT FALSE
           AND (a.role IN ('department', 'administrator') OR a.district_id = n.district_id) AS is_wanted
  FROM inbox.letter AS l
  JOIN inbox.notice AS n ON n.id = l.notice_id
  JOIN auth.account AS a ON a.id = n.account_id
  LEFT JOIN inbox.mail_wish AS w ON w.account_id = n.account_id
  LEFT JOIN inbox.changeset AS s ON s.id = n.changeset_id
 WHERE l.notice_id = :notice AND l.state = 'waiting'

-- name: settle_letter
UPDATE inbox.letter
   SET state = :state, settled_at = clock_timestamp(), trouble = NULL, failing_since = NULL
 WHERE notice_id = :notice AND state = 'waiting'

-- name: letter_failed
UPDATE inbox.letter
   SET state = CASE WHEN :is_final THEN 'given_up' ELSE 'waiting' END, attempts = attempts + 1, trouble = :trouble,
       failing_since = coalesce(failing_since, clock_timestamp()),
       settled_at = CASE WHEN :is_final THEN clock_timestamp() END
 WHERE notice_id = :notice AND state = 'waiting'

-- name: failing_letters
-- What was given up is shown for a month.
SELECT trouble, count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'given_up') AS given_up,
       min(failing_since) AS since
  FROM inbox.letter
 WHERE failing_since IS NOT NULL AND (state = 'waiting' OR settled_at > now() - interval '30 days')
 GROUP BY trouble ORDER BY trouble
