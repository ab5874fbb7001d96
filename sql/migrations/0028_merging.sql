-- The pool's own name, so that files taken from it are known again; what two sides changed, and which side was chosen.
SET LOCAL lock_timeout = '5s';

CREATE TABLE ops.pool (
    is_the_one boolean PRIMARY KEY DEFAULT true CHECK (is_the_one),
    mark text NOT NULL DEFAULT left(md5(gen_random_uuid()::text), 12)
);
INSERT INTO ops.pool DEFAULT VALUES;

CREATE TABLE inbox.conflict (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    upload_id uuid NOT NULL REFERENCES inbox.upload ON DELETE CASCADE,
    district_id integer NOT NULL,
    line integer,
    uid uuid NOT NULL,
    ref text NOT NULL,
    part text NOT NULL,
    base_epoch bigint NOT NULL,
    ours_version integer,
    base jsonb,
    ours jsonb,
    theirs jsonb,
    geom_base geometry,
    geom_ours geometry,
    geom_theirs geometry,
    choice text CHECK (choice IN ('ours', 'theirs')),
    decided_by integer REFERENCES auth.account,
    decided_at timestamptz,
    UNIQUE (upload_id, uid, part)
);
