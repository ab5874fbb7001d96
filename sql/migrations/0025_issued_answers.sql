-- Answers as they were issued, and surveys as they were: what is needed to check an answer later.
SET LOCAL lock_timeout = '5s';

CREATE SCHEMA answers;

-- Superseded and removed patches of pool.coverage; no layer, and so not in history.
CREATE TABLE answers.past_coverage (LIKE pool.coverage, epoch_to bigint NOT NULL);
CREATE INDEX past_coverage_geom ON answers.past_coverage USING gist (geom);

-- One row for each content on each day. `body` is the canonical JSON, of which `digest` is the SHA-256.
CREATE TABLE answers.issued (
    number text PRIMARY KEY,
    code text NOT NULL UNIQUE,
    parcel_uid uuid NOT NULL,
    epoch bigint NOT NULL,
    body text NOT NULL,
    digest bytea NOT NULL CHECK (digest = sha256(convert_to(body, 'UTF8'))),
    parent text,
    issued_at timestamptz NOT NULL DEFAULT date_trunc('second', now()),
    issued_on date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date,
    UNIQUE NULLS NOT DISTINCT (digest, issued_on, parent)
);
CREATE INDEX issued_day ON answers.issued (issued_on);

-- What the nightly check of random parcels found.
CREATE TABLE answers.self_check (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    began_at timestamptz NOT NULL DEFAULT now(),
    epoch bigint NOT NULL,
    seed bigint NOT NULL,
    asked integer NOT NULL,
    seconds double precision NOT NULL,
    differing jsonb NOT NULL
);
