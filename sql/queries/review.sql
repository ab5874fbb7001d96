-- name: hands
-- Who sent a changeset and who accepted it last, beside what the profile says about one person doing both.
SELECT p.sender_may_accept, p.accepter_may_publish,
       array_remove(ARRAY(SELECT DISTINCT t.account_id FROM inbox.transition AS t
                           WHERE t.changeset_id = s.id AND t.state_after = 'submitted')
                    || ARRAY[s.created_by, u.sent_by], NULL) AS senders,
       accepted.account_id AS accepter, a.name AS accepter_name,
       a.id IS NULL OR (a.is_active AND a.role IN ('department', 'administrator')) AS accepter_decides
  FROM inbox.changeset AS s
 CROSS JOIN ops.profile AS p
  LEFT JOIN inbox.upload AS u ON u.id = s.upload_id
  LEFT JOIN LATERAL (SELECT account_id FROM inbox.transition
                      WHERE changeset_id = s.id AND state_after = 'accepted' ORDER BY id DESC LIMIT 1) AS accepted ON true
  LEFT JOIN auth.account AS a ON a.id = accepted.account_id
 WHERE s.id = :changeset

-- name: one_person_is_enough
SELECT sender_may_accept AND accepter_may_publish FROM ops.profile

-- name: decider
SELECT name, is_active AND role IN ('department', 'administrator') AS decides FROM auth.account WHERE id = :account

-- name: outside_moved_border
-- Asked only of a border that a later publish has drawn anew: what it no longer holds.
SELECT d.epoch_from AS epoch, c.ref
  FROM inbox.changeset AS s
  JOIN pool.districts AS d ON d.district_id = s.district_id AND d.epoch_from > s.base_epoch
  JOIN inbox.change AS c ON c.changeset_id = s.id AND c.geom_after IS NOT NULL
 WHERE s.layer_id <> 'districts'
   AND NOT ST_CoveredBy(c.geom_after, d.geom)
   AND NOT ST_CoveredBy(c.geom_after, ST_Buffer(d.geom, :tolerance))
 ORDER BY c.ref LIMIT :limit

-- name: pieces
SELECT c.id, c.uid, coalesce(c.layer_id, s.layer_id) AS layer_id, c.ref,
       ST_AsBinary(c.geom_before) AS before, ST_AsBinary(c.geom_after) AS after
  FROM inbox.change AS c JOIN inbox.changeset AS s ON s.id = c.changeset_id
 WHERE c.changeset_id = :changeset ORDER BY c.id

-- name: kinships
-- Relatives, and what else belongs to the same operation.
SELECT parent_uid, child_uid FROM inbox.kinship WHERE changeset_id = :changeset
 UNION
SELECT first_value(parent_uid) OVER (PARTITION BY operation_no ORDER BY parent_uid, child_uid), child_uid
  FROM inbox.kinship WHERE changeset_id = :changeset AND operation_no IS NOT NULL
 ORDER BY 1, 2

-- name: part
-- A changeset beside the first, for what is handed back of it.
INSERT INTO inbox.changeset (upload_id, district_id, layer_id, title, state, base_epoch, created_by, parted_from_id)
SELECT upload_id, district_id, layer_id, title, 'submitted', base_epoch, created_by, id
  FROM inbox.changeset WHERE id = :changeset
RETURNING id

-- name: move_kinships
UPDATE inbox.kinship AS k SET changeset_id = :to
  FROM inbox.change AS c
 WHERE k.changeset_id = :changeset AND c.id = ANY (CAST(:changes AS bigint[])) AND c.uid IN (k.parent_uid, k.child_uid)

-- name: move_operations
UPDATE inbox.operation SET changeset_id = :to
 WHERE changeset_id = :changeset
   AND number IN (SELECT operation_no FROM inbox.kinship WHERE changeset_id = :to)

-- name: move_changes
UPDATE inbox.change SET changeset_id = :to
 WHERE changeset_id = :changeset AND id = ANY (CAST(:changes AS bigint[]))

-- name: comment
INSERT INTO inbox.comment (changeset_id, district_id, change_id, account_id, words, kind)
SELECT s.id, s.district_id, CAST(:change AS bigint), :account, :words, :kind
  FROM inbox.changeset AS s
 WHERE s.id = :changeset
   AND (CAST(:change AS bigint) IS NULL
        OR EXISTS (SELECT FROM inbox.change AS c WHERE c.id = :change AND c.changeset_id = s.id))
RETURNING id

-- name: comments
-- Also those about changes that have come here from another changeset.
SELECT m.id, m.at, a.name AS who, a.role, m.change_id, c.ref, m.words, m.kind
  FROM inbox.comment AS m
  LEFT JOIN inbox.change AS c ON c.id = m.change_id
  LEFT JOIN auth.account AS a ON a.id = m.account_id
 WHERE m.id > :after AND (m.changeset_id = :changeset OR c.changeset_id = :changeset)
 ORDER BY m.id LIMIT :limit

-- name: to_be_returned
-- The last word counts, and only those said since it was handed in.
SELECT change_id, ref, words
  FROM (SELECT DISTINCT ON (m.change_id) m.change_id, c.ref, m.words, m.kind
          FROM inbox.comment AS m
          JOIN inbox.change AS c ON c.id = m.change_id AND c.changeset_id = :changeset
         WHERE m.kind <> 'word'
           AND m.at >= (SELECT max(at) FROM inbox.transition
                         WHERE changeset_id = :changeset AND state_after = 'submitted')
         ORDER BY m.change_id, m.id DESC) AS last
 WHERE kind = 'reason' ORDER BY change_id
