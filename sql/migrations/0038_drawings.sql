-- Drawings of the map that somebody shares: one code to look at it, another, of which only the digest is kept, to change it.
SET LOCAL lock_timeout = '5s';

CREATE TABLE ops.drawing (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    view_code text NOT NULL UNIQUE,
    edit_digest bytea NOT NULL UNIQUE,
    title text NOT NULL DEFAULT '',
    features jsonb NOT NULL,
    version integer NOT NULL DEFAULT 1,
    changed_at timestamptz NOT NULL DEFAULT now(),
    used_on date NOT NULL DEFAULT current_date
);
CREATE INDEX drawing_used_on ON ops.drawing (used_on);
