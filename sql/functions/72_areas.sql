-- Neighbourhoods and districts that features are counted in (layers.core.levels.Counted).

-- Where a feature counts: a point of it that never lies on a border between two areas, whose corners are
-- written in whole millimetres.
CREATE OR REPLACE FUNCTION tiles.counting_point(p_shape geometry) RETURNS geometry
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT ST_Translate(ST_Centroid(p_shape), 1.3e-6, 0.7e-6) $$;

-- What an area layer is made of: each feature, and per district what none of them covers, which is worked out
-- for districts that the epoch touched or that have none yet, and known for the others. Districts as areas are
-- the whole of it.
CREATE OR REPLACE FUNCTION tiles.area_outlines(p_areas text, p_epoch bigint)
    RETURNS TABLE (ref text, district_id integer, name text, outline geometry)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format('SELECT ref, district_id, name, geom FROM pool.%I', p_areas);
    IF p_areas <> 'districts' THEN
        RETURN QUERY EXECUTE format(
            'WITH touched AS (SELECT DISTINCT district_id FROM (
                 SELECT district_id FROM %2$s AS f UNION ALL SELECT district_id FROM %3$s AS f
                  UNION ALL
                 SELECT d.district_id FROM pool.districts AS d WHERE NOT EXISTS (
                     SELECT FROM tiles.area AS a
                      WHERE a.areas = %1$L AND a.ref = '''' AND a.district_id = d.district_id)) AS moved)
             SELECT a.ref, a.district_id, a.name, a.outline::geometry FROM tiles.area AS a
              WHERE a.areas = %1$L AND a.ref = '''' AND a.district_id NOT IN (SELECT district_id FROM touched)
              UNION ALL
             SELECT '''', d.district_id, NULL, CASE WHEN ST_IsEmpty(rest) THEN d.geom ELSE ST_Multi(rest) END
               FROM pool.districts AS d JOIN touched USING (district_id)
              CROSS JOIN LATERAL (SELECT ST_Union(a.geom) AS covered
                                    FROM pool.%1$I AS a WHERE a.district_id = d.district_id) AS own
              CROSS JOIN LATERAL (SELECT ST_CollectionExtract(coalesce(ST_Difference(d.geom, covered), d.geom), 3) AS rest
                                  OFFSET 0) AS left_over',
            p_areas, tiles.moved(p_areas, p_epoch), tiles.moved('districts', p_epoch));
    END IF;
END $$;

-- Areas whose counts an epoch may have changed: the moved rows' boxes tell more than enough. Where thousands
-- moved, all areas of their districts.
CREATE OR REPLACE FUNCTION tiles.moved_areas(p_layer text, p_areas text, p_epoch bigint, p_is_large boolean)
    RETURNS TABLE (district_id integer, ref text)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    IF p_is_large OR p_areas = 'districts' THEN
        RETURN QUERY EXECUTE format(
            'SELECT a.district_id, a.ref FROM tiles.area AS a
              WHERE a.areas = $1 AND a.district_id IN (SELECT f.district_id FROM %s AS f)',
            tiles.moved(p_layer, p_epoch))
        USING p_areas;
    ELSE
        RETURN QUERY EXECUTE format(
            'SELECT DISTINCT a.district_id, a.ref FROM %s AS f JOIN tiles.area AS a
                 ON a.areas = $1 AND a.district_id = f.district_id AND (a.outline && f.geom OR a.ref = '''')',
            tiles.moved(p_layer, p_epoch))
        USING p_areas;
    END IF;
END $$;

-- SQL text: count, area and length of features f in areas a, with the value that prevails by area; no row for an
-- area without any. A feature counts for its own district only, in the neighbourhood it lies in.
CREATE OR REPLACE FUNCTION tiles.counted_in(p_source text, p_areas text, p_prevailing text) RETURNS text
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT format(
        'SELECT v.district_id, v.ref, sum(v.n)::bigint AS n, round(sum(v.area_m2)) AS area_m2,
                round(sum(v.length_m)) AS length_m,
                jsonb_strip_nulls(jsonb_build_object(%4$L,
                    (array_agg(v.value ORDER BY v.area_m2 DESC, v.value))[1])) AS fields
           FROM (SELECT a.district_id, a.ref, %3$s AS value, count(*) AS n,
                        sum(ST_Area(f.geom)) AS area_m2, sum(ST_Length(f.geom)) AS length_m
                   FROM %2$s AS a JOIN %1$s AS f ON f.geom && a.outline AND f.district_id = a.district_id
                        AND ST_Intersects(a.outline, tiles.counting_point(f.geom))
                  GROUP BY 1, 2, 3) AS v
          GROUP BY 1, 2',
        p_source, p_areas,
        CASE WHEN p_prevailing IS NULL THEN 'NULL::text' ELSE format('f.%I', p_prevailing) END,
        coalesce(p_prevailing, 'prevailing'))
$$;

-- Count, area and length of a layer's features in areas; what no neighbourhood covers is not among them.
CREATE OR REPLACE FUNCTION tiles.counts(
    p_layer text, p_areas text, p_districts integer[], p_refs text[], p_prevailing text
) RETURNS TABLE (district_id integer, ref text, n bigint, area_m2 float8, length_m float8, fields jsonb)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    IF p_areas = 'districts' THEN
        RETURN QUERY SELECT asked.district, asked.ref, t.n, round(t.area_m2), round(t.length_m), '{}'::jsonb
            FROM unnest(p_districts, p_refs) AS asked (district, ref)
            CROSS JOIN LATERAL tiles.district_total(p_layer, asked.district) AS t;
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format(
        'WITH asked AS MATERIALIZED (
             SELECT district, ref FROM unnest($2, $3) AS listed (district, ref) WHERE ref <> '''')
         SELECT asked.district, asked.ref, coalesce(c.n, 0), coalesce(c.area_m2, 0), coalesce(c.length_m, 0),
                coalesce(c.fields, ''{}'')
           FROM asked LEFT JOIN (%s) AS c ON c.district_id = asked.district AND c.ref = asked.ref',
        tiles.counted_in(
            tiles.source(p_layer, NULL),
            '(SELECT a.* FROM asked JOIN tiles.area AS a
                  ON a.areas = $1 AND a.district_id = asked.district AND a.ref = asked.ref)',
            p_prevailing))
    USING p_areas, p_districts, p_refs;
END $$;

-- All of a layer in a district; for a past epoch what came since is taken off and what ended since is added.
CREATE OR REPLACE FUNCTION tiles.district_total(p_layer text, p_district integer, p_as_of bigint DEFAULT NULL)
    RETURNS TABLE (n bigint, area_m2 float8, length_m float8)
    LANGUAGE plpgsql STABLE
AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        'SELECT coalesce(sum(part.n), 0)::bigint, coalesce(sum(part.area_m2), 0), coalesce(sum(part.length_m), 0) FROM (
             SELECT c.n, c.area_m2, c.length_m FROM pool.counter AS c WHERE c.layer_id = %1$L AND c.district_id = $1
              UNION ALL
             SELECT -count(*), -sum(ST_Area(geom)), -sum(ST_Length(geom)) FROM pool.%1$I
              WHERE $2 IS NOT NULL AND epoch_from > $2 AND district_id = $1
              UNION ALL
             SELECT count(*), sum(ST_Area(geom)), sum(ST_Length(geom)) FROM history.%1$I
              WHERE $2 IS NOT NULL AND epoch_from <= $2 AND epoch_to > $2 AND district_id = $1) AS part', p_layer)
    USING p_district, p_as_of;
END $$;

-- Count anew in the areas named; returns those whose count is another one now.
CREATE OR REPLACE FUNCTION tiles.recount(
    p_layer text, p_areas text, p_districts integer[], p_refs text[], p_prevailing text, p_epoch bigint
) RETURNS TABLE (counted_district integer, counted_ref text)
    LANGUAGE plpgsql
AS $$
BEGIN
    RETURN QUERY
        INSERT INTO tiles.count AS kept (layer_id, areas, district_id, ref, n, area_m2, length_m, fields, epoch)
        SELECT p_layer, p_areas, c.district_id, c.ref, c.n, c.area_m2, c.length_m, c.fields, p_epoch
          FROM tiles.counts(p_layer, p_areas, p_districts, p_refs, p_prevailing) AS c
            ON CONFLICT (layer_id, areas, district_id, ref) DO UPDATE
           SET n = excluded.n, area_m2 = excluded.area_m2, length_m = excluded.length_m, fields = excluded.fields,
               epoch = excluded.epoch
         WHERE (kept.n, kept.area_m2, kept.length_m, kept.fields)
            IS DISTINCT FROM (excluded.n, excluded.area_m2, excluded.length_m, excluded.fields)
        RETURNING kept.district_id, kept.ref;
    -- What lies in no neighbourhood, once the others are known: a feature may leave or join it although its own
    -- ground stays as it is, since neighbourhoods reach beyond the district's boundary here and there.
    RETURN QUERY
        INSERT INTO tiles.count AS kept (layer_id, areas, district_id, ref, n, area_m2, length_m, epoch)
        SELECT p_layer, p_areas, asked.district, '', t.n - coalesce(named.n, 0),
               greatest(0, round(t.area_m2 - coalesce(named.area_m2, 0))),
               greatest(0, round(t.length_m - coalesce(named.length_m, 0))), p_epoch
          FROM (SELECT DISTINCT unnest(p_districts) AS district) AS asked
         CROSS JOIN LATERAL tiles.district_total(p_layer, asked.district) AS t
          LEFT JOIN LATERAL (
               SELECT sum(c.n) AS n, sum(c.area_m2) AS area_m2, sum(c.length_m) AS length_m FROM tiles.count AS c
                WHERE c.layer_id = p_layer AND c.areas = p_areas AND c.district_id = asked.district AND c.ref <> ''
               ) AS named ON true
         WHERE p_areas <> 'districts'
            ON CONFLICT (layer_id, areas, district_id, ref) DO UPDATE
           SET n = excluded.n, area_m2 = excluded.area_m2, length_m = excluded.length_m, epoch = excluded.epoch
         WHERE (kept.n, kept.area_m2, kept.length_m) IS DISTINCT FROM (excluded.n, excluded.area_m2, excluded.length_m)
        RETURNING kept.district_id, kept.ref;
END $$;
