-- name: create
-- SQLite, not PostgreSQL: the tables that MBTiles 1.3 asks for. 0x4d504258 is its application number.
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA application_id = 0x4d504258;
CREATE TABLE metadata (name text NOT NULL PRIMARY KEY, value text);
CREATE TABLE bodies (digest blob NOT NULL PRIMARY KEY, tile_data blob NOT NULL);
CREATE TABLE places (
    zoom_level integer NOT NULL, tile_column integer NOT NULL, tile_row integer NOT NULL, digest blob NOT NULL,
    PRIMARY KEY (zoom_level, tile_column, tile_row)
) WITHOUT ROWID;
CREATE VIEW tiles AS
    SELECT zoom_level, tile_column, tile_row, tile_data FROM places JOIN bodies USING (digest);

-- name: describe
INSERT INTO metadata (name, value) VALUES (?, ?)

-- name: keep_body
INSERT OR IGNORE INTO bodies (digest, tile_data) VALUES (?, ?)

-- name: place
INSERT INTO places (zoom_level, tile_column, tile_row, digest) VALUES (?, ?, ?, ?)
