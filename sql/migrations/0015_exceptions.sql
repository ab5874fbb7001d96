-- What the department lets pass for one feature and one rule, and why.
SET LOCAL lock_timeout = '5s';

CREATE TABLE inbox.exception (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    district_id integer NOT NULL,
    layer_id text NOT NULL,
    rule text NOT NULL,
    ref text NOT NULL,
    sentences jsonb NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    asked_by integer REFERENCES auth.account,
    asked_at timestamptz NOT NULL DEFAULT now(),
    state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'granted', 'declined')),
    answer text NOT NULL DEFAULT '',
    decided_by integer REFERENCES auth.account,
    decided_at timestamptz,
    until date,
    CHECK ((state = 'asked') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX exception_open ON inbox.exception (district_id, layer_id, rule, ref) WHERE state = 'asked';
CREATE INDEX exception_of ON inbox.exception (district_id, layer_id, state);
