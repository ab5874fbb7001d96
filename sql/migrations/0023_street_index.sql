-- What search knows by heart: the names of streets, where they run, and what they were called before.
SET LOCAL lock_timeout = '5s';

CREATE SCHEMA search;

-- One row for each street in each neighbourhood, by the layer that knows it; without rows of that layer n is 0.
CREATE TABLE search.street (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text NOT NULL CHECK (source IN ('addresses', 'roads')),
    district_id integer NOT NULL,
    name_key text NOT NULL,
    type_key text NOT NULL,
    neighbourhood_key text NOT NULL,
    name text,
    street_type text,
    neighbourhood text,
    postal_codes text[],
    sites text[],
    uid uuid,
    n integer NOT NULL,
    x float8,
    y float8,
    west float8,
    south float8,
    east float8,
    north float8,
    epoch bigint NOT NULL,
    UNIQUE (district_id, name_key, type_key, neighbourhood_key, source)
);
CREATE INDEX street_epoch ON search.street (epoch);

-- Names that a street had before a publish gave it another.
CREATE TABLE search.former_name (
    district_id integer NOT NULL,
    name_key text NOT NULL,
    type_key text NOT NULL,
    now_name_key text NOT NULL,
    now_type_key text NOT NULL,
    epoch bigint NOT NULL,
    PRIMARY KEY (district_id, name_key, type_key, now_name_key, now_type_key)
);
CREATE INDEX former_name_epoch ON search.former_name (epoch);

CREATE TYPE search.street_key AS (district_id integer, name_key text, type_key text, neighbourhood_key text);
