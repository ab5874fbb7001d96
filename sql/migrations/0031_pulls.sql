-- Addresses that the worker takes files from by itself: how each stands, and which file came from which.
SET LOCAL lock_timeout = '5s';

CREATE TABLE inbox.source (
    id text PRIMARY KEY,
    district_id integer NOT NULL,
    due_at timestamptz,
    is_paused boolean NOT NULL DEFAULT false,
    marker jsonb,
    tried_at timestamptz,
    taken_at timestamptz,
    failures integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    failure jsonb,
    upload_id uuid REFERENCES inbox.upload ON DELETE SET NULL
);

ALTER TABLE inbox.upload ADD COLUMN source_id text;
CREATE INDEX upload_source ON inbox.upload (source_id, received_at) WHERE source_id IS NOT NULL;
