-- What is wrong among published parcels and along the borders of districts, kept up to date by each publish.
SET LOCAL lock_timeout = '5s';

CREATE TABLE ops.fault (
    kind text NOT NULL CHECK (kind IN ('shape', 'overlap', 'gap')),
    uid uuid NOT NULL,
    other_uid uuid NOT NULL,
    district_id integer NOT NULL,
    other_district_id integer NOT NULL,
    ref text NOT NULL,
    other_ref text NOT NULL,
    area_m2 double precision NOT NULL,
    geom geometry NOT NULL,
    proposed_line geometry,
    PRIMARY KEY (kind, uid, other_uid)
);
CREATE INDEX fault_district ON ops.fault (district_id);
CREATE INDEX fault_other_district ON ops.fault (other_district_id);
CREATE INDEX fault_uid ON ops.fault (uid);
CREATE INDEX fault_other_uid ON ops.fault (other_uid);

CREATE TABLE ops.faults_counted (
    is_the_one boolean PRIMARY KEY DEFAULT true CHECK (is_the_one),
    epoch bigint NOT NULL DEFAULT 0,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO ops.faults_counted DEFAULT VALUES;
