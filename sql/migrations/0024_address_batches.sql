-- Lists of addresses that somebody signed in has looked up, each kept until its owner has taken the result.
SET LOCAL lock_timeout = '5s';

CREATE TABLE search.batch (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id integer NOT NULL REFERENCES auth.account ON DELETE CASCADE,
    file_name text NOT NULL,
    column_name text,
    language text NOT NULL,
    sent bytea,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'working', 'done', 'failed')),
    done integer NOT NULL DEFAULT 0,
    total integer NOT NULL DEFAULT 0,
    note text NOT NULL DEFAULT '',
    result bytea,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX batch_account ON search.batch (account_id, created_at);
