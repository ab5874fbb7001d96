-- Files that arrive in pieces, over days where the line is poor.
SET LOCAL lock_timeout = '5s';

ALTER TABLE inbox.upload DROP CONSTRAINT upload_state_check;
ALTER TABLE inbox.upload ADD CONSTRAINT upload_state_check
    CHECK (state IN ('arriving', 'received', 'checking', 'checked', 'failed'));
CREATE INDEX upload_waiting ON inbox.upload (district_id) WHERE state IN ('arriving', 'received', 'checking');

-- One sending: its id is its first upload's; where the same bytes came before, it leads to those.
CREATE TABLE inbox.arrival (
    id uuid PRIMARY KEY,
    upload_id uuid NOT NULL REFERENCES inbox.upload ON DELETE CASCADE,
    district_id integer NOT NULL,
    received_bytes bigint NOT NULL DEFAULT 0,
    expected_bytes bigint NOT NULL CHECK (received_bytes BETWEEN 0 AND expected_bytes),
    metadata text NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX arrival_upload ON inbox.arrival (upload_id);
CREATE INDEX arrival_expires ON inbox.arrival (expires_at);
