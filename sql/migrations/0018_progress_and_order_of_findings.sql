-- How far the check of a file is; kept apart from the file's row, which the check itself holds until it ends.
CREATE TABLE inbox.progress (
    upload_id uuid PRIMARY KEY REFERENCES inbox.upload ON DELETE CASCADE,
    district_id integer NOT NULL,
    step text NOT NULL,
    done bigint NOT NULL DEFAULT 0,
    total bigint NOT NULL DEFAULT 0,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A report lists what is worst first, and is read page by page.
ALTER TABLE inbox.finding ADD COLUMN rank smallint NOT NULL
    GENERATED ALWAYS AS (CASE severity WHEN 'refusal' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END) STORED;
CREATE INDEX finding_order ON inbox.finding (upload_id, rank, (coalesce(line, 0)), id);

-- The refused records as they were sent, as a GeoPackage in pieces: corrected, it is sent again.
CREATE TABLE inbox.refused_piece (
    upload_id uuid NOT NULL REFERENCES inbox.upload ON DELETE CASCADE,
    district_id integer NOT NULL,
    number integer NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (upload_id, number)
);
ALTER TABLE inbox.refused_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;
