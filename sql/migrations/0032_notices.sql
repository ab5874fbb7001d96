-- What happened that concerns an account, the e-mail about it, and how each account wants to be told.
SET LOCAL lock_timeout = '5s';

CREATE TABLE inbox.notice (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id integer NOT NULL REFERENCES auth.account ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    event text NOT NULL CHECK (event IN ('submitted', 'accepted', 'returned', 'published', 'pull_failed')),
    district_id integer NOT NULL,
    changeset_id bigint REFERENCES inbox.changeset ON DELETE CASCADE,
    transition_id bigint REFERENCES inbox.transition ON DELETE CASCADE,
    source_id text,
    seen_at timestamptz,
    UNIQUE (transition_id, account_id),
    CHECK ((changeset_id IS NULL) <> (source_id IS NULL))
);
CREATE INDEX notice_account ON inbox.notice (account_id, id DESC);
CREATE INDEX notice_unseen ON inbox.notice (account_id) WHERE seen_at IS NULL;
CREATE INDEX notice_changeset ON inbox.notice (changeset_id);

-- At most one for each account and event. Apart from the notice: the department sees how letters fare, not whose they are.
CREATE TABLE inbox.letter (
    notice_id bigint PRIMARY KEY REFERENCES inbox.notice ON DELETE CASCADE,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'unwanted', 'given_up')),
    attempts integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    settled_at timestamptz,
    trouble text
);
CREATE INDEX letter_failing ON inbox.letter (failing_since) WHERE failing_since IS NOT NULL;

CREATE TABLE inbox.mail_wish (
    account_id integer PRIMARY KEY REFERENCES auth.account ON DELETE CASCADE,
    is_mailed boolean NOT NULL,
    language text NOT NULL
);
