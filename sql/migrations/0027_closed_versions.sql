-- How many versions of each layer every publish has closed: a past with fewer rows is no longer whole.
SET LOCAL lock_timeout = '5s';

CREATE TABLE answers.closed (
    layer_id text NOT NULL,
    district_id integer NOT NULL,
    epoch_to bigint NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (layer_id, epoch_to, district_id)
);

DO $$
DECLARE
    layer text;
BEGIN
    FOR layer IN SELECT tablename FROM pg_tables WHERE schemaname = 'history' LOOP
        EXECUTE format('INSERT INTO answers.closed
            SELECT %1$L, district_id, epoch_to, count(*) FROM history.%1$I GROUP BY district_id, epoch_to', layer);
    END LOOP;
END $$;
