-- How a district's files of one kind are read: what somebody confirmed once serves the next file of the same kind.
SET LOCAL lock_timeout = '5s';

CREATE TABLE inbox.habit (
    district_id integer NOT NULL,
    layer_id text NOT NULL,
    signature text NOT NULL,
    columns jsonb NOT NULL,
    declared_crs text,
    source_layer text,
    filename text NOT NULL,
    confirmed_by integer REFERENCES auth.account,
    confirmed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, layer_id, signature)
);
