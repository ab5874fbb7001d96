-- Low zooms of a past day: what did not change since is taken as it is kept, the rest is made from that day's rows.

CREATE OR REPLACE FUNCTION tiles.dissolved_at(
    p_layer text, p_level text, p_by text[], p_cell_m integer, p_field text, p_least numeric, p_tolerance float8,
    p_as_of bigint, p_box geometry
) RETURNS TABLE (key text, n bigint, fields jsonb, geom geometry, label geometry)
    LANGUAGE plpgsql STABLE
AS $$
DECLARE
    keys text[];
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT %s) FROM %s AS f WHERE f.geom && $1 AND %s',
        tiles.group_key(p_by, p_cell_m), tiles.source(p_layer, p_as_of), tiles.is_drawn(p_field, p_least))
       INTO keys USING ST_Transform(p_box, (SELECT storage_srid FROM ops.profile));
    RETURN QUERY
        SELECT d.key, d.n, d.fields, d.geom::geometry, d.label::geometry FROM tiles.dissolved AS d
         WHERE d.layer_id = p_layer AND d.level = p_level AND d.key = ANY (keys) AND d.epoch <= p_as_of;
    RETURN QUERY
        SELECT g.key, g.n, g.fields, shape, ST_PointOnSurface(shape)
          FROM tiles.groups(p_layer, p_by, p_cell_m, p_field, p_least, ARRAY(
                   SELECT asked FROM unnest(keys) AS asked
                   EXCEPT SELECT d.key FROM tiles.dissolved AS d
                           WHERE d.layer_id = p_layer AND d.level = p_level AND d.epoch <= p_as_of), p_as_of) AS g
         CROSS JOIN LATERAL (SELECT ST_Transform(ST_SimplifyPreserveTopology(g.outline, p_tolerance), 3857) AS shape
                             OFFSET 0) AS simplified;
END $$;

-- Areas as they were, with what they are drawn as; what no neighbourhood covers is known only as it is now.
CREATE OR REPLACE FUNCTION tiles.areas_at(p_areas text, p_as_of bigint, p_box geometry)
    RETURNS TABLE (district_id integer, ref text, name text, outline geometry, geom geometry, is_kept boolean)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT a.district_id, a.ref, a.name, a.outline::geometry, a.geom::geometry, true FROM tiles.area AS a
          WHERE a.areas = %1$L AND (a.epoch <= $1 OR a.ref = '''') AND a.geom && $2
          UNION ALL
         SELECT f.district_id, f.ref, f.name, f.geom::geometry,
                ST_Transform(ST_SimplifyPreserveTopology(f.geom, 30), 3857), false
           FROM %2$s AS f
          WHERE f.geom && ST_Transform($2, $3)
            AND NOT EXISTS (SELECT FROM tiles.area AS a WHERE a.areas = %1$L AND a.district_id = f.district_id
                                                          AND a.ref = f.ref AND a.epoch <= $1)',
        p_areas, tiles.source(p_areas, p_as_of))
    USING p_as_of, p_box, (SELECT storage_srid FROM ops.profile);
END $$;

CREATE OR REPLACE FUNCTION tiles.counted_at(
    p_layer text, p_areas text, p_prevailing text, p_as_of bigint, p_box geometry
) RETURNS TABLE (district_id integer, ref text, name text, n bigint, area_m2 float8, length_m float8, fields jsonb,
                 geom geometry, label geometry)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'WITH area AS MATERIALIZED (SELECT * FROM tiles.areas_at($1, $2, $3)),
         known AS MATERIALIZED (
             SELECT area.district_id, area.ref, c.n, c.area_m2, c.length_m, c.fields
               FROM area JOIN tiles.count AS c ON c.layer_id = %1$L AND c.areas = $1
                    AND c.district_id = area.district_id AND c.ref = area.ref
              WHERE area.is_kept AND c.epoch <= $2),
         asked AS MATERIALIZED (
             SELECT area.* FROM area WHERE (area.district_id, area.ref) NOT IN (SELECT k.district_id, k.ref FROM known AS k)),
         counted AS (
             SELECT * FROM known
              UNION ALL
             (%3$s)
              UNION ALL
             SELECT a.district_id, a.ref, t.n, round(t.area_m2), round(t.length_m), ''{}''
               FROM asked AS a CROSS JOIN LATERAL tiles.district_total(%1$L, a.district_id, $2) AS t
              WHERE $1 = ''districts''
              UNION ALL
             SELECT a.district_id, a.ref, rest.n, round(rest.area_m2), round(rest.length_m), ''{}''
               FROM asked AS a CROSS JOIN LATERAL (
                    SELECT count(*) AS n, sum(ST_Area(f.geom)) AS area_m2, sum(ST_Length(f.geom)) AS length_m
                      FROM %2$s AS f
                     WHERE f.district_id = a.district_id AND NOT EXISTS (
                           SELECT FROM %4$s AS named WHERE named.district_id = f.district_id
                              AND ST_Intersects(named.geom, tiles.counting_point(f.geom)))) AS rest
              WHERE $1 <> ''districts'' AND a.ref = '''')
         SELECT a.district_id, a.ref, a.name, c.n, c.area_m2, c.length_m, c.fields, a.geom, ST_PointOnSurface(a.geom)
           FROM counted AS c JOIN area AS a USING (district_id, ref) WHERE c.n > 0',
        p_layer,
        tiles.source(p_layer, p_as_of),
        tiles.counted_in(tiles.source(p_layer, p_as_of),
                         '(SELECT * FROM asked WHERE $1 <> ''districts'' AND ref <> '''')', p_prevailing),
        tiles.source(p_areas, p_as_of))
    USING p_areas, p_as_of, p_box;
END $$;

-- The ground of some tiles, buffer included, in Web Mercator.
CREATE OR REPLACE FUNCTION tiles.ground(p_z integer[], p_x integer[], p_y integer[]) RETURNS geometry
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT ST_SetSRID(ST_Extent(tiles.buffered(z, x, y))::geometry, 3857)
      FROM unnest(p_z, p_x, p_y) AS asked (z, x, y)
$$;
