-- System time of the pool: publishes, superseded versions, lineage, counters, coverage.
CREATE TABLE pool.epoch (
    epoch bigint PRIMARY KEY,
    published_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    changeset_id bigint,
    district_id integer,
    summary jsonb NOT NULL DEFAULT '{}'
);

CREATE TABLE pool.lineage (
    parent_uid uuid NOT NULL,
    child_uid uuid NOT NULL,
    district_id integer NOT NULL,
    changeset_id bigint,
    epoch bigint NOT NULL,
    operation text NOT NULL,
    role text NOT NULL DEFAULT 'result',
    area_m2 numeric(14, 2) NOT NULL,
    PRIMARY KEY (parent_uid, child_uid, epoch)
);
CREATE INDEX lineage_child ON pool.lineage (child_uid);

CREATE TABLE pool.counter (
    layer_id text NOT NULL,
    district_id integer NOT NULL,
    n bigint NOT NULL,
    area_m2 double precision NOT NULL,
    length_m double precision NOT NULL,
    PRIMARY KEY (layer_id, district_id)
);

-- Where a theme of a layer has really been surveyed. Without a row here no answer says "not affected".
CREATE TABLE pool.coverage (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    layer_id text NOT NULL,
    theme text NOT NULL,
    district_id integer NOT NULL,
    state text NOT NULL CHECK (state IN ('surveyed', 'under_review')),
    as_of date NOT NULL,
    source text NOT NULL,
    epoch_from bigint NOT NULL,
    geom geometry(MultiPolygon) NOT NULL
);
CREATE INDEX coverage_geom ON pool.coverage USING gist (geom);

CREATE TABLE history.districts (LIKE pool.districts, epoch_to bigint NOT NULL);
CREATE INDEX districts_geom ON history.districts USING gist (geom);
CREATE INDEX districts_ref ON history.districts (ref, epoch_to);
CREATE INDEX districts_uid ON history.districts (uid, epoch_to);
CREATE INDEX districts_closed ON history.districts (epoch_to);
CREATE INDEX districts_epoch ON pool.districts (epoch_from);
CREATE TABLE history.neighbourhoods (LIKE pool.neighbourhoods, epoch_to bigint NOT NULL);
CREATE INDEX neighbourhoods_geom ON history.neighbourhoods USING gist (geom);
CREATE INDEX neighbourhoods_ref ON history.neighbourhoods (ref, epoch_to);
CREATE INDEX neighbourhoods_uid ON history.neighbourhoods (uid, epoch_to);
CREATE INDEX neighbourhoods_closed ON history.neighbourhoods (epoch_to);
CREATE INDEX neighbourhoods_epoch ON pool.neighbourhoods (epoch_from);
CREATE TABLE history.parcels (LIKE pool.parcels, epoch_to bigint NOT NULL);
CREATE INDEX parcels_geom ON history.parcels USING gist (geom);
CREATE INDEX parcels_ref ON history.parcels (ref, epoch_to);
CREATE INDEX parcels_uid ON history.parcels (uid, epoch_to);
CREATE INDEX parcels_closed ON history.parcels (epoch_to);
CREATE INDEX parcels_epoch ON pool.parcels (epoch_from);
CREATE TABLE history.plans (LIKE pool.plans, epoch_to bigint NOT NULL);
CREATE INDEX plans_geom ON history.plans USING gist (geom);
CREATE INDEX plans_ref ON history.plans (ref, epoch_to);
CREATE INDEX plans_uid ON history.plans (uid, epoch_to);
CREATE INDEX plans_closed ON history.plans (epoch_to);
CREATE INDEX plans_epoch ON pool.plans (epoch_from);
CREATE TABLE history.zones (LIKE pool.zones, epoch_to bigint NOT NULL);
CREATE INDEX zones_geom ON history.zones USING gist (geom);
CREATE INDEX zones_ref ON history.zones (ref, epoch_to);
CREATE INDEX zones_uid ON history.zones (uid, epoch_to);
CREATE INDEX zones_closed ON history.zones (epoch_to);
CREATE INDEX zones_epoch ON pool.zones (epoch_from);
CREATE TABLE history.plan_constraints (LIKE pool.plan_constraints, epoch_to bigint NOT NULL);
CREATE INDEX plan_constraints_geom ON history.plan_constraints USING gist (geom);
CREATE INDEX plan_constraints_ref ON history.plan_constraints (ref, epoch_to);
CREATE INDEX plan_constraints_uid ON history.plan_constraints (uid, epoch_to);
CREATE INDEX plan_constraints_closed ON history.plan_constraints (epoch_to);
CREATE INDEX plan_constraints_epoch ON pool.plan_constraints (epoch_from);
CREATE TABLE history.roads (LIKE pool.roads, epoch_to bigint NOT NULL);
CREATE INDEX roads_geom ON history.roads USING gist (geom);
CREATE INDEX roads_ref ON history.roads (ref, epoch_to);
CREATE INDEX roads_uid ON history.roads (uid, epoch_to);
CREATE INDEX roads_closed ON history.roads (epoch_to);
CREATE INDEX roads_epoch ON pool.roads (epoch_from);
CREATE TABLE history.addresses (LIKE pool.addresses, epoch_to bigint NOT NULL);
CREATE INDEX addresses_geom ON history.addresses USING gist (geom);
CREATE INDEX addresses_ref ON history.addresses (ref, epoch_to);
CREATE INDEX addresses_uid ON history.addresses (uid, epoch_to);
CREATE INDEX addresses_closed ON history.addresses (epoch_to);
CREATE INDEX addresses_epoch ON pool.addresses (epoch_from);
CREATE TABLE history.buildings (LIKE pool.buildings, epoch_to bigint NOT NULL);
CREATE INDEX buildings_geom ON history.buildings USING gist (geom);
CREATE INDEX buildings_ref ON history.buildings (ref, epoch_to);
CREATE INDEX buildings_uid ON history.buildings (uid, epoch_to);
CREATE INDEX buildings_closed ON history.buildings (epoch_to);
CREATE INDEX buildings_epoch ON pool.buildings (epoch_from);
CREATE TABLE history.water_lines (LIKE pool.water_lines, epoch_to bigint NOT NULL);
CREATE INDEX water_lines_geom ON history.water_lines USING gist (geom);
CREATE INDEX water_lines_ref ON history.water_lines (ref, epoch_to);
CREATE INDEX water_lines_uid ON history.water_lines (uid, epoch_to);
CREATE INDEX water_lines_closed ON history.water_lines (epoch_to);
CREATE INDEX water_lines_epoch ON pool.water_lines (epoch_from);
CREATE TABLE history.sewer_lines (LIKE pool.sewer_lines, epoch_to bigint NOT NULL);
CREATE INDEX sewer_lines_geom ON history.sewer_lines USING gist (geom);
CREATE INDEX sewer_lines_ref ON history.sewer_lines (ref, epoch_to);
CREATE INDEX sewer_lines_uid ON history.sewer_lines (uid, epoch_to);
CREATE INDEX sewer_lines_closed ON history.sewer_lines (epoch_to);
CREATE INDEX sewer_lines_epoch ON pool.sewer_lines (epoch_from);
CREATE TABLE history.power_lines (LIKE pool.power_lines, epoch_to bigint NOT NULL);
CREATE INDEX power_lines_geom ON history.power_lines USING gist (geom);
CREATE INDEX power_lines_ref ON history.power_lines (ref, epoch_to);
CREATE INDEX power_lines_uid ON history.power_lines (uid, epoch_to);
CREATE INDEX power_lines_closed ON history.power_lines (epoch_to);
CREATE INDEX power_lines_epoch ON pool.power_lines (epoch_from);
CREATE TABLE history.places (LIKE pool.places, epoch_to bigint NOT NULL);
CREATE INDEX places_geom ON history.places USING gist (geom);
CREATE INDEX places_ref ON history.places (ref, epoch_to);
CREATE INDEX places_uid ON history.places (uid, epoch_to);
CREATE INDEX places_closed ON history.places (epoch_to);
CREATE INDEX places_epoch ON pool.places (epoch_from);
