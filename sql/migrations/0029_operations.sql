-- What became of what: each operation of a changeset with its balance and doubts; lineage that was undone.
SET LOCAL lock_timeout = '5s';

CREATE TABLE inbox.operation (
    changeset_id bigint NOT NULL REFERENCES inbox.changeset ON DELETE CASCADE,
    number integer NOT NULL,
    district_id integer NOT NULL,
    kind text NOT NULL,
    seen_kind text,
    declared text[] NOT NULL DEFAULT '{}',
    is_sure boolean NOT NULL,
    doubts text[] NOT NULL DEFAULT '{}',
    balance jsonb NOT NULL DEFAULT '{}',
    chosen_by integer REFERENCES auth.account,
    chosen_at timestamptz,
    PRIMARY KEY (changeset_id, number)
);
ALTER TABLE inbox.kinship ADD COLUMN operation_no integer;

ALTER TABLE pool.lineage ADD COLUMN undone_epoch bigint;
CREATE INDEX lineage_epoch ON pool.lineage (epoch);
CREATE INDEX lineage_changeset ON pool.lineage (changeset_id);

-- Parcels without a registered number, few among millions.
CREATE INDEX parcels_provisional ON pool.parcels (district_id)
    WHERE status IN ('draft', 'proposed') OR parcel_no !~ '[0-9]';
