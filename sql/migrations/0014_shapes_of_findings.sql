-- What a finding measures, whom else it concerns and whether it is new; why a record is refused; repairs proposed.
ALTER TABLE inbox.finding
    ADD COLUMN other_line integer,
    ADD COLUMN other_ref text,
    ADD COLUMN area_m2 double precision,
    ADD COLUMN width_m double precision,
    ADD COLUMN was_there_before boolean NOT NULL DEFAULT false;

-- Not every finding of a rule is kept, but each refused record says which rules refuse it.
ALTER TABLE inbox.record ADD COLUMN refused_by text[] NOT NULL DEFAULT '{}';

-- A shape as it was read and as a rule would have it; it is laid over the file's once somebody has accepted it.
CREATE TABLE inbox.repair (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    upload_id uuid NOT NULL REFERENCES inbox.upload ON DELETE CASCADE,
    district_id integer NOT NULL,
    line integer NOT NULL,
    ref text,
    rule text NOT NULL,
    finding_id bigint REFERENCES inbox.finding ON DELETE SET NULL,
    geom_before geometry NOT NULL,
    geom_after geometry NOT NULL,
    area_change_m2 double precision NOT NULL,
    moved_m double precision NOT NULL,
    state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'accepted', 'declined')),
    decided_by integer REFERENCES auth.account,
    decided_at timestamptz
);
CREATE INDEX repair_upload ON inbox.repair (upload_id, rule, line);
CREATE INDEX repair_finding ON inbox.repair (finding_id);
