CREATE OR REPLACE FUNCTION tiles.columns(p_layer text) RETURNS text
    LANGUAGE sql STABLE
AS $$
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
     WHERE attrelid = format('pool.%I', p_layer)::regclass AND attnum > 0 AND NOT attisdropped
$$;

-- A layer's rows at an epoch: the published ones (NULL), or those in force then (system time).
CREATE OR REPLACE FUNCTION tiles.source(p_layer text, p_as_of bigint) RETURNS text
    LANGUAGE sql STABLE
AS $$
    SELECT CASE WHEN p_as_of IS NULL THEN format('pool.%I', p_layer)
    ELSE format('(SELECT %2$s FROM pool.%1$I WHERE epoch_from <= %3$s
                  UNION ALL
                  SELECT %2$s FROM history.%1$I WHERE epoch_from <= %3$s AND epoch_to > %3$s)',
        p_layer, tiles.columns(p_layer), p_as_of) END
$$;

-- The rows that an epoch brought and those that it ended.
CREATE OR REPLACE FUNCTION tiles.moved(p_layer text, p_epoch bigint) RETURNS text
    LANGUAGE sql STABLE
AS $$
    SELECT format('(SELECT %2$s FROM pool.%1$I WHERE epoch_from = %3$s
                    UNION ALL
                    SELECT %2$s FROM history.%1$I WHERE epoch_to = %3$s)',
        p_layer, tiles.columns(p_layer), p_epoch)
$$;

-- A tile's square with its buffer, in Web Mercator. The buffer is 64 units of 4096; ST_AsMVTGeom rounds to whole
-- units before it cuts and so draws what lies up to 64.5 units away: we look one unit further.
CREATE OR REPLACE FUNCTION tiles.buffered(p_z integer, p_x integer, p_y integer) RETURNS geometry
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT ST_TileEnvelope(p_z, p_x, p_y, margin => 65.0 / 4096)
$$;

-- The squares of some tiles: as they are and with the buffer in Web Mercator, and with it in the storage CRS,
-- so that the pool's indexes serve.
CREATE OR REPLACE FUNCTION tiles.boxes(p_z integer[], p_x integer[], p_y integer[])
    RETURNS TABLE (z integer, x integer, y integer, envelope geometry, buffered geometry, searched geometry)
    LANGUAGE sql STABLE
AS $$
    SELECT asked.z, asked.x, asked.y, ST_TileEnvelope(asked.z, asked.x, asked.y), buffered,
           ST_Transform(buffered, (SELECT storage_srid FROM ops.profile))
      FROM unnest(p_z, p_x, p_y) AS asked (z, x, y),
           LATERAL (SELECT tiles.buffered(asked.z, asked.x, asked.y) OFFSET 0) AS square (buffered)
$$;

-- True for exactly one tile of a zoom: borders belong to the west and the south.
CREATE OR REPLACE FUNCTION tiles.holds(envelope geometry, point geometry) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT ST_X(point) >= ST_XMin(envelope) AND ST_X(point) < ST_XMax(envelope)
       AND ST_Y(point) >= ST_YMin(envelope) AND ST_Y(point) < ST_YMax(envelope)
$$;

-- SQL text: what of feature f is drawn in a box (tiles.boxes). A label is one point, in the one tile that holds it:
-- a district cut into twelve tiles would otherwise be named twelve times. OFFSET 0 keeps it from being computed twice.
CREATE OR REPLACE FUNCTION tiles.drawn(p_source text, p_fields text[], p_are_labels boolean) RETURNS text
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT format(CASE WHEN p_are_labels THEN
        'SELECT ST_AsMVTGeom(point, box.envelope, 4096, 0) AS geom, f.id AS fid, %2$s
           FROM %1$s AS f, LATERAL (SELECT ST_Transform(ST_PointOnSurface(f.geom), 3857) AS point OFFSET 0) AS placed
          WHERE f.geom && box.searched AND tiles.holds(box.envelope, point)'
        ELSE
        'SELECT ST_AsMVTGeom(ST_Transform(f.geom, 3857), box.envelope, 4096, 64) AS geom, f.id AS fid, %2$s
           FROM %1$s AS f WHERE f.geom && box.searched' END,
        p_source, (SELECT string_agg('f.' || quote_ident(name), ', ') FROM unnest(p_fields) AS name))
$$;

-- MVT of one MVT layer, tile by tile; no row where nothing is drawn. p_drawn is SQL text: what is drawn in box,
-- sorted, so that the same rows give the same bytes. Each tile is sorted by itself: a batch of dense ones would not
-- fit into memory. The boxes are computed once in a materialized CTE: as plain parameters they would be computed
-- once per feature.
CREATE OR REPLACE FUNCTION tiles.encode(
    p_name text, p_drawn text, p_id text, p_z integer[], p_x integer[], p_y integer[]
) RETURNS TABLE (z integer, x integer, y integer, mvt bytea)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'WITH box AS MATERIALIZED (SELECT * FROM tiles.boxes($1, $2, $3))
         SELECT box.z, box.x, box.y, tile.mvt
           FROM box CROSS JOIN LATERAL (
                SELECT ST_AsMVT(shown, %L, 4096, ''geom'', %L) AS mvt FROM (%s) AS shown) AS tile
          WHERE tile.mvt <> ''''', p_name, p_id, p_drawn)
    USING p_z, p_x, p_y;
END $$;

-- Features of one layer, or their label points, in tiles. Extent 4096, buffer 64.
CREATE OR REPLACE FUNCTION tiles.render(
    p_layer text, p_fields text[], p_are_labels boolean, p_z integer[], p_x integer[], p_y integer[],
    p_as_of bigint DEFAULT NULL
) RETURNS TABLE (z integer, x integer, y integer, mvt bytea)
    LANGUAGE sql STABLE
AS $$
    SELECT * FROM tiles.encode(
        p_layer || CASE WHEN p_are_labels THEN '_labels' ELSE '' END,
        format('SELECT * FROM (%s) AS drawn ORDER BY fid',
               tiles.drawn(tiles.source(p_layer, p_as_of), p_fields, p_are_labels)),
        'fid', p_z, p_x, p_y)
$$;

-- The same for thousands of tiles at once, on all cores. Only a query without a temporary table or a CTE is
-- spread over workers, hence the boxes are rows of a table; nobody else sees them before they are deleted.
CREATE OR REPLACE FUNCTION tiles.render_many(
    p_layer text, p_fields text[], p_are_labels boolean, p_z integer[], p_x integer[], p_y integer[]
) RETURNS TABLE (z integer, x integer, y integer, mvt bytea)
    LANGUAGE plpgsql VOLATILE
    SET parallel_setup_cost = 0 SET parallel_tuple_cost = 0 SET min_parallel_table_scan_size = 0
    SET max_parallel_workers_per_gather = 8
AS $$
BEGIN
    INSERT INTO tiles.box (z, x, y, envelope, searched)
    SELECT b.z, b.x, b.y, b.envelope, b.searched FROM tiles.boxes(p_z, p_x, p_y) AS b;
    RETURN QUERY EXECUTE format(
        'SELECT drawn.z, drawn.x, drawn.y, ST_AsMVT(drawn.feature, %1$L, 4096, ''geom'', ''fid'')
           FROM (SELECT box.z, box.x, box.y, feature FROM tiles.box AS box CROSS JOIN LATERAL (%2$s) AS feature
                  ORDER BY box.z, box.x, box.y, feature.fid) AS drawn
          GROUP BY drawn.z, drawn.x, drawn.y',
        p_layer || CASE WHEN p_are_labels THEN '_labels' ELSE '' END,
        tiles.drawn(tiles.source(p_layer, NULL), p_fields, p_are_labels));
    DELETE FROM tiles.box;
END $$;

-- Tiles whose picture an epoch may have changed: those that old or new shapes reach, buffer included.
CREATE OR REPLACE FUNCTION tiles.touched(p_layer text, p_epoch bigint, p_z_from integer, p_z_to integer)
    RETURNS TABLE (z integer, x integer, y integer)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT t.z, t.x, t.y FROM tiles.reached(
             (SELECT array_agg(ST_Transform(geom, 3857)) FROM %s AS f), $1, $2) AS t',
        tiles.moved(p_layer, p_epoch))
    USING p_z_from, p_z_to;
END $$;

-- Tiles that shapes in Web Mercator reach, buffer included.
CREATE OR REPLACE FUNCTION tiles.reached(p_shapes geometry[], p_z_from integer, p_z_to integer)
    RETURNS TABLE (z integer, x integer, y integer)
    LANGUAGE sql STABLE ROWS 1000
AS $$
    WITH shapes AS MATERIALIZED (
        SELECT geom, ST_XMin(geom) AS x_min, ST_XMax(geom) AS x_max, ST_YMin(geom) AS y_min, ST_YMax(geom) AS y_max
          FROM unnest(p_shapes) AS geom),
    ranges AS (
        SELECT shapes.geom, zoom,
               greatest(0, floor((x_min + 20037508.342789244) / side - 65.0 / 4096))::integer AS west,
               least((1 << zoom) - 1, floor((x_max + 20037508.342789244) / side + 65.0 / 4096))::integer AS east,
               greatest(0, floor((20037508.342789244 - y_max) / side - 65.0 / 4096))::integer AS north,
               least((1 << zoom) - 1, floor((20037508.342789244 - y_min) / side + 65.0 / 4096))::integer AS south
          FROM shapes, generate_series(p_z_from, p_z_to) AS zoom,
               LATERAL (SELECT 40075016.685578488::float8 / (1 << zoom) AS side) AS width),
    -- Thousands of small shapes reach the same few ranges; only large ones are worth asking tile by tile.
    asked AS (
        SELECT DISTINCT zoom, west, east, north, south,
               CASE WHEN (east - west + 1) * (south - north + 1) > 4 THEN geom END AS geom
          FROM ranges)
    SELECT DISTINCT zoom, tile_x, tile_y
      FROM asked, generate_series(west, east) AS tile_x, generate_series(north, south) AS tile_y
     WHERE geom IS NULL
        OR ST_Intersects(geom, tiles.buffered(zoom, tile_x, tile_y))
     ORDER BY 1, 2, 3
$$;
