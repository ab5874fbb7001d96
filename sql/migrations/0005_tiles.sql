-- Rendered tiles are rows: they commit with the data they show.
CREATE TABLE tiles.tile (
    layer_id text NOT NULL,
    z smallint NOT NULL,
    x integer NOT NULL,
    y integer NOT NULL,
    epoch bigint NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (layer_id, z, x, y)
);
ALTER TABLE tiles.tile ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX tile_epoch ON tiles.tile (epoch);

-- Tiles of a past epoch, rendered from history when somebody asked.
CREATE TABLE tiles.past_tile (
    layer_id text NOT NULL,
    z smallint NOT NULL,
    x integer NOT NULL,
    y integer NOT NULL,
    as_of bigint NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (layer_id, z, x, y, as_of)
);
