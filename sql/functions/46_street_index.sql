-- The index of streets follows the layers of doors and roads inside the publish that changes them.

-- The neighbourhoods a piece of road belongs to: those it names, else the one it lies in.
CREATE OR REPLACE FUNCTION search.neighbourhoods_of_road(p_left text, p_right text, p_geom geometry)
    RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pool, public, pg_temp
AS $$
    SELECT DISTINCT named FROM unnest(ARRAY[p_left, p_right]) AS named WHERE named IS NOT NULL
    UNION ALL
    (SELECT name FROM pool.neighbourhoods
      WHERE coalesce(p_left, p_right) IS NULL AND ST_Covers(geom, ST_PointOnSurface(p_geom)) ORDER BY ref LIMIT 1)
$$;

CREATE OR REPLACE FUNCTION search.epoch() RETURNS bigint
    LANGUAGE sql STABLE
AS $$ SELECT coalesce(nullif(current_setting('gis.epoch', true), '')::bigint, pool.current_epoch()) $$;

CREATE OR REPLACE FUNCTION search.count_doors(p_keys search.street_key[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pool, public, pg_temp
AS $$
    INSERT INTO search.street AS kept
           (source, district_id, name_key, type_key, neighbourhood_key, name, street_type, neighbourhood,
            postal_codes, sites, other_names, n, x, y, west, south, east, north, epoch)
    SELECT 'addresses', wanted.district_id, wanted.name_key, wanted.type_key, wanted.neighbourhood_key,
           min(door.street_name), min(door.street_type), min(door.neighbourhood),
           array_agg(DISTINCT door.postal_code) FILTER (WHERE door.postal_code IS NOT NULL),
           array_agg(DISTINCT door.site) FILTER (WHERE door.site IS NOT NULL),
           array_agg(DISTINCT door.other_names) FILTER (WHERE door.other_names IS NOT NULL)
               || array_agg(DISTINCT door.former_names) FILTER (WHERE door.former_names IS NOT NULL),
           count(door.id), avg(ST_X(door.geom)), avg(ST_Y(door.geom)),
           min(ST_X(door.geom)), min(ST_Y(door.geom)), max(ST_X(door.geom)), max(ST_Y(door.geom)), search.epoch()
      FROM unnest(p_keys) AS wanted
      LEFT JOIN pool.addresses AS door
        ON door.district_id = wanted.district_id AND door.street_name_key = wanted.name_key
       AND coalesce(pool.fold(door.street_type), '') = wanted.type_key
       AND coalesce(door.neighbourhood_key, '') = wanted.neighbourhood_key
     GROUP BY wanted.district_id, wanted.name_key, wanted.type_key, wanted.neighbourhood_key
        ON CONFLICT (district_id, name_key, type_key, neighbourhood_key, source) DO UPDATE
       SET (name, street_type, neighbourhood, postal_codes, sites, other_names, n, x, y, west, south, east, north, epoch)
         = (excluded.name, excluded.street_type, excluded.neighbourhood, excluded.postal_codes, excluded.sites,
            excluded.other_names, excluded.n, excluded.x, excluded.y, excluded.west, excluded.south, excluded.east,
            excluded.north, excluded.epoch)
$$;

CREATE OR REPLACE FUNCTION search.count_roads(p_keys search.street_key[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pool, public, pg_temp
AS $$
    WITH piece AS MATERIALIZED (
        SELECT road.*, beside AS neighbourhood, pool.fold(beside) AS neighbourhood_key,
               ST_PointOnSurface(road.geom) AS middle
          FROM (SELECT DISTINCT district_id, name_key FROM unnest(p_keys)) AS wanted
          JOIN pool.roads AS road USING (district_id, name_key)
          LEFT JOIN LATERAL search.neighbourhoods_of_road(
                        road.neighbourhood_left, road.neighbourhood_right, road.geom) AS beside ON true)
    INSERT INTO search.street AS kept
           (source, district_id, name_key, type_key, neighbourhood_key, name, street_type, neighbourhood,
            other_names, uid, n, x, y, west, south, east, north, epoch)
    SELECT 'roads', wanted.district_id, wanted.name_key, wanted.type_key, wanted.neighbourhood_key,
           min(piece.name), min(piece.street_type), min(piece.neighbourhood),
           array_agg(DISTINCT piece.other_names) FILTER (WHERE piece.other_names IS NOT NULL)
               || array_agg(DISTINCT piece.former_names) FILTER (WHERE piece.former_names IS NOT NULL),
           (array_agg(piece.uid ORDER BY piece.ref))[1], count(piece.id),
           (array_agg(ST_X(piece.middle) ORDER BY ST_Length(piece.geom) DESC, piece.ref))[1],
           (array_agg(ST_Y(piece.middle) ORDER BY ST_Length(piece.geom) DESC, piece.ref))[1],
           min(ST_XMin(piece.geom)), min(ST_YMin(piece.geom)), max(ST_XMax(piece.geom)), max(ST_YMax(piece.geom)),
           search.epoch()
      FROM unnest(p_keys) AS wanted
      LEFT JOIN piece
        ON piece.district_id = wanted.district_id AND piece.name_key = wanted.name_key
       AND coalesce(pool.fold(piece.street_type), '') = wanted.type_key
       AND coalesce(piece.neighbourhood_key, '') = wanted.neighbourhood_key
     GROUP BY wanted.district_id, wanted.name_key, wanted.type_key, wanted.neighbourhood_key
        ON CONFLICT (district_id, name_key, type_key, neighbourhood_key, source) DO UPDATE
       SET (name, street_type, neighbourhood, other_names, uid, n, x, y, west, south, east, north, epoch)
         = (excluded.name, excluded.street_type, excluded.neighbourhood, excluded.other_names, excluded.uid, excluded.n,
            excluded.x, excluded.y, excluded.west, excluded.south, excluded.east, excluded.north, excluded.epoch)
$$;

CREATE OR REPLACE FUNCTION search.follow_doors() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pool, public, pg_temp
AS $$
DECLARE
    of_rows CONSTANT text := 'SELECT district_id, street_name_key, coalesce(pool.fold(street_type), ''''),
                                     coalesce(neighbourhood_key, '''') FROM ';
    touched search.street_key[];
BEGIN
    EXECUTE 'SELECT array_agg(t::search.street_key) FROM (' || CASE TG_OP
        WHEN 'INSERT' THEN of_rows || 'new_rows GROUP BY 1, 2, 3, 4'
        WHEN 'DELETE' THEN of_rows || 'old_rows GROUP BY 1, 2, 3, 4'
        ELSE of_rows || 'new_rows UNION ' || of_rows || 'old_rows' END || ') AS t' INTO touched;
    PERFORM search.count_doors(touched) WHERE touched IS NOT NULL;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION search.follow_roads() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pool, public, pg_temp
AS $$
DECLARE
    source CONSTANT text := CASE TG_OP WHEN 'INSERT' THEN 'TABLE new_rows' WHEN 'DELETE' THEN 'TABLE old_rows'
                                       ELSE 'TABLE new_rows UNION ALL TABLE old_rows' END;
    touched search.street_key[];
BEGIN
    EXECUTE 'SELECT array_agg(t::search.street_key) FROM (
                SELECT DISTINCT district_id, name_key, coalesce(pool.fold(street_type), ''''),
                       coalesce(pool.fold(beside), '''')
                  FROM (' || source || ') AS road
                  LEFT JOIN LATERAL search.neighbourhoods_of_road(
                                neighbourhood_left, neighbourhood_right, geom) AS beside ON true
                 WHERE name_key <> '''') AS t' INTO touched;
    PERFORM search.count_roads(touched) WHERE touched IS NOT NULL;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION search.remember_names() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pool, public, pg_temp
AS $$
DECLARE
    name CONSTANT text := CASE TG_TABLE_NAME WHEN 'roads' THEN 'name' ELSE 'street_name' END;
BEGIN
    EXECUTE format('
        INSERT INTO search.former_name (district_id, name_key, type_key, now_name_key, now_type_key, name, epoch)
        SELECT was.district_id, was.%1$I, coalesce(pool.fold(was.street_type), ''''),
               now.%1$I, coalesce(pool.fold(now.street_type), ''''), min(was.%2$I), search.epoch()
          FROM old_rows AS was JOIN new_rows AS now USING (uid)
         WHERE was.%1$I <> now.%1$I
         GROUP BY 1, 2, 3, 4, 5
            ON CONFLICT DO NOTHING', name || '_key', name);
    RETURN NULL;
END $$;

DO $$
DECLARE
    layer text;
    follow text;
BEGIN
    FOR layer, follow IN VALUES ('addresses', 'follow_doors'), ('roads', 'follow_roads') LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER index_inserted AFTER INSERT ON pool.%I
            REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION search.%I()', layer, follow);
        EXECUTE format('CREATE OR REPLACE TRIGGER index_updated AFTER UPDATE ON pool.%I
            REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION search.%I()', layer, follow);
        EXECUTE format('CREATE OR REPLACE TRIGGER index_deleted AFTER DELETE ON pool.%I
            REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION search.%I()', layer, follow);
        EXECUTE format('CREATE OR REPLACE TRIGGER names_updated AFTER UPDATE ON pool.%I
            REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION search.remember_names()', layer);
    END LOOP;
    -- A pool that was filled before there was an index.
    IF NOT EXISTS (SELECT FROM search.street) THEN
        PERFORM search.count_doors(array_agg(t::search.street_key)) FROM (
            SELECT DISTINCT district_id, street_name_key, coalesce(pool.fold(street_type), ''),
                   coalesce(neighbourhood_key, '') FROM pool.addresses) AS t HAVING count(*) > 0;
        PERFORM search.count_roads(array_agg(t::search.street_key)) FROM (
            SELECT DISTINCT district_id, name_key, coalesce(pool.fold(street_type), ''), coalesce(pool.fold(beside), '')
              FROM pool.roads
              LEFT JOIN LATERAL search.neighbourhoods_of_road(
                            neighbourhood_left, neighbourhood_right, geom) AS beside ON true
             WHERE name_key <> '') AS t HAVING count(*) > 0;
    END IF;
END $$;

GRANT USAGE ON SCHEMA search TO gis_web, gis_worker;
GRANT SELECT ON ALL TABLES IN SCHEMA search TO gis_web, gis_worker;
REVOKE EXECUTE ON FUNCTION search.count_doors(search.street_key[]), search.count_roads(search.street_key[]) FROM PUBLIC;
