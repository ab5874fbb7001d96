-- What low zooms show in place of single features, made by the publish that touches it.
-- Outlines are exact, in the storage CRS; geom is what tiles draw, simplified, in Web Mercator.

-- Neighbourhoods and districts, the areas that features are counted in. What no neighbourhood of a
-- district covers is an area of its own (ref '' with the district's number).
CREATE TABLE tiles.area (
    areas text NOT NULL,
    ref text NOT NULL,
    district_id integer NOT NULL,
    name text,
    epoch bigint NOT NULL,
    outline geometry(MultiPolygon) NOT NULL,
    geom geometry(MultiPolygon, 3857) NOT NULL,
    label geometry(Point, 3857) NOT NULL,
    PRIMARY KEY (areas, district_id, ref)
);
CREATE INDEX area_outline ON tiles.area USING gist (outline);
CREATE INDEX area_geom ON tiles.area USING gist (geom);

CREATE TABLE tiles.count (
    layer_id text NOT NULL,
    areas text NOT NULL,
    district_id integer NOT NULL,
    ref text NOT NULL,
    n bigint NOT NULL,
    area_m2 double precision NOT NULL,
    length_m double precision NOT NULL,
    fields jsonb NOT NULL DEFAULT '{}',
    epoch bigint NOT NULL,
    PRIMARY KEY (layer_id, areas, district_id, ref)
);

-- Features that agree in some columns, drawn as one: a block for its parcels.
CREATE TABLE tiles.dissolved (
    layer_id text NOT NULL,
    level text NOT NULL,
    key text NOT NULL,
    district_id integer NOT NULL,
    n bigint NOT NULL,
    area_m2 double precision NOT NULL,
    length_m double precision NOT NULL,
    fields jsonb NOT NULL,
    epoch bigint NOT NULL,
    outline geometry(Geometry) NOT NULL,
    geom geometry(Geometry, 3857) NOT NULL,
    label geometry(Point, 3857),
    PRIMARY KEY (layer_id, level, key)
);
CREATE INDEX dissolved_outline ON tiles.dissolved USING gist (outline);
CREATE INDEX dissolved_geom ON tiles.dissolved USING gist (geom);

-- The members of a block, now and on a past day; the expression is tiles.group_key() written out.
CREATE INDEX parcels_blocks ON pool.parcels
    ((coalesce(district_id::text, '') || '|' || coalesce(cadastral_neighbourhood::text, '') || '|' || coalesce(block_no::text, '')));
CREATE INDEX history_parcels_blocks ON history.parcels
    ((coalesce(district_id::text, '') || '|' || coalesce(cadastral_neighbourhood::text, '') || '|' || coalesce(block_no::text, '')));

-- Boxes of the tiles that one statement draws; empty outside its transaction. Few rows to a page, so that
-- workers can share them out.
CREATE TABLE tiles.box (
    z integer NOT NULL,
    x integer NOT NULL,
    y integer NOT NULL,
    envelope geometry(Polygon) NOT NULL,
    searched geometry(Polygon) NOT NULL
) WITH (fillfactor = 10, parallel_workers = 8);

-- Epochs are numbered by functions with other parameters now (sql/functions/20_epoch.sql).
DROP FUNCTION IF EXISTS pool.begin_epoch(bigint, integer);
DROP FUNCTION IF EXISTS pool.end_epoch(bigint, jsonb);

-- How far `gis tiles seed --again` has come: of a layer and zoom, the last tile before which all are drawn.
CREATE TABLE tiles.seeding (
    layer_id text NOT NULL,
    z smallint NOT NULL,
    x integer NOT NULL,
    y integer NOT NULL,
    PRIMARY KEY (layer_id, z)
);

-- The oldest of the remembered past tiles give way to new ones.
ALTER TABLE tiles.past_tile ADD COLUMN made_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX past_tile_made_at ON tiles.past_tile (made_at);
