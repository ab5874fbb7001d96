-- What is said about a changeset, which one was parted from another, and how many people a decision takes.
SET LOCAL lock_timeout = '5s';

CREATE TABLE inbox.comment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    changeset_id bigint NOT NULL REFERENCES inbox.changeset ON DELETE CASCADE,
    district_id integer NOT NULL,
    change_id bigint REFERENCES inbox.change ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    account_id integer REFERENCES auth.account,
    words text NOT NULL CHECK (length(words) BETWEEN 1 AND 4000),
    kind text NOT NULL DEFAULT 'word' CHECK (kind IN ('word', 'reason', 'withdrawn')),
    CHECK (kind = 'word' OR change_id IS NOT NULL)
);
CREATE INDEX comment_changeset ON inbox.comment (changeset_id, id);
CREATE INDEX comment_change ON inbox.comment (change_id);

ALTER TABLE inbox.changeset ADD COLUMN parted_from_id bigint REFERENCES inbox.changeset;

ALTER TABLE ops.profile
    ADD COLUMN sender_may_accept boolean NOT NULL DEFAULT true,
    ADD COLUMN accepter_may_publish boolean NOT NULL DEFAULT true;
