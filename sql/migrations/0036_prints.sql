-- Maps that somebody has ordered on paper, each kept for a while after it was made.
SET LOCAL lock_timeout = '5s';

CREATE TABLE ops.print (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id integer REFERENCES auth.account ON DELETE CASCADE,
    ordered jsonb NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'working', 'done', 'failed')),
    done integer NOT NULL DEFAULT 0,
    total integer NOT NULL DEFAULT 0,
    note text NOT NULL DEFAULT '',
    media_type text,
    result bytea,
    created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE ops.print ALTER COLUMN result SET STORAGE EXTERNAL;
CREATE INDEX print_created_at ON ops.print (created_at);

-- Views of the map that were too long for an address, by the code that leads to each.
CREATE TABLE ops.short_link (
    code text PRIMARY KEY,
    path text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_on date NOT NULL DEFAULT current_date
);
