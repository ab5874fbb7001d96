-- name: add
INSERT INTO watch.subscription (token_digest, account_id, audience, layers, district_id, area, feature_uid)
VALUES (:digest, :account, :audience, :layers, :district, :area, :feature)

-- name: number
SELECT watch.number_of_subscriptions()

-- name: by_token
-- The rights are those that the account has today; of one that has ended, none.
SELECT s.audience, s.layers, s.district_id, s.area, s.feature_uid, s.created_at, a.role, a.is_active
  FROM watch.by_token(:digest) AS s LEFT JOIN auth.account AS a ON a.id = s.account_id

-- name: end_by_token
SELECT watch.end_by_token(:digest)

-- name: remove_unused
DELETE FROM watch.subscription AS s
 WHERE s.used_on < current_date - 90
   AND NOT EXISTS (SELECT FROM watch.webhook AS w WHERE w.subscription_id = s.id)

-- name: add_webhook
INSERT INTO watch.webhook (subscription_id, url, root, told_epoch)
SELECT id, :url, :root, pool.current_epoch() FROM watch.subscription WHERE token_digest = :digest
RETURNING id

-- name: keep_secret
INSERT INTO watch.secret (webhook_id, secret) VALUES (:webhook, :secret)

-- name: webhooks
SELECT w.id, w.url, w.root, w.told_epoch, w.is_active, w.failures, w.failing_since, w.tried_at, w.outcome,
       s.audience, s.layers, s.district_id, s.area, s.feature_uid, s.created_at, s.account_id,
       a.name AS account, a.role, a.is_active AS is_account_active
  FROM watch.webhook AS w JOIN watch.subscription AS s ON s.id = w.subscription_id
  LEFT JOIN auth.account AS a ON a.id = s.account_id
 WHERE CAST(:id AS bigint) IS NULL OR w.id = :id
 ORDER BY w.id

-- name: remove_webhook
DELETE FROM watch.subscription AS s USING watch.webhook AS w WHERE w.subscription_id = s.id AND w.id = :id RETURNING w.id

-- name: secret
SELECT secret FROM watch.secret WHERE webhook_id = :id

-- name: told
UPDATE watch.webhook SET told_epoch = greatest(told_epoch, :epoch) WHERE id = :id

-- name: taken
UPDATE watch.webhook
   SET told_epoch = greatest(told_epoch, :epoch), is_active = true, failures = 0, failing_since = NULL,
       tried_at = :now, outcome = :outcome
 WHERE id = :id

-- name: failed
-- Given up when it has failed for so long.
UPDATE watch.webhook
   SET failures = failures + 1, failing_since = coalesce(failing_since, :now), tried_at = :now, outcome = :outcome,
       is_active = coalesce(failing_since, :now) > CAST(:now AS timestamptz) - make_interval(hours => :hours)
 WHERE id = :id RETURNING is_active

-- name: stop
UPDATE watch.webhook SET is_active = false, outcome = :outcome WHERE id = :id

-- name: call
SELECT watch.call_webhooks()
