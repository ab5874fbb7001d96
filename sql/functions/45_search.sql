-- Where a shape lies, in degrees: a point on it and its box.
CREATE OR REPLACE FUNCTION pool.whereabouts(shape geometry)
    RETURNS TABLE (lon float8, lat float8, west float8, south float8, east float8, north float8)
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT ST_X(point), ST_Y(point), ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)
      FROM (SELECT ST_Transform(ST_PointOnSurface(shape), 4326) AS point,
                   ST_Transform(ST_Envelope(shape), 4326) AS box) AS placed
$$;

-- The parcel a point belongs to: the one it names, else the one it lies on, never one that is merely near.
CREATE OR REPLACE FUNCTION pool.parcel_of(p_ref text, p_point geometry) RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    (SELECT uid FROM pool.parcels WHERE ref = p_ref)
    UNION ALL
    (SELECT uid FROM pool.parcels WHERE ST_Covers(geom, p_point) ORDER BY ref)
    LIMIT 1
$$;

-- Everything that is searched by a name of its own (streets are apart: many pieces share a name).
CREATE OR REPLACE FUNCTION pool.named()
    RETURNS TABLE (kind text, uid uuid, district_id integer, name text, name_key text, detail text, geom geometry)
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT 'district', uid, district_id, name, name_key, NULL, geom FROM pool.districts
    UNION ALL
    SELECT 'neighbourhood', uid, district_id, name, name_key, NULL, geom FROM pool.neighbourhoods
    UNION ALL
    SELECT 'place', uid, district_id, name, name_key, neighbourhood, geom FROM pool.places
    UNION ALL
    SELECT 'plan', uid, district_id, name, name_key, plan_no, geom FROM pool.plans
$$;

-- Names of which a part is written so, with a letter or two wrong. Two letters that changed places break half of the
-- trigrams of a short name, so here names count as alike earlier than elsewhere. Whoever is no superuser may only set what
-- a loaded extension has declared, and it is loaded by its first use.
DO $$ BEGIN PERFORM similarity('', ''); END $$;

CREATE OR REPLACE FUNCTION pool.named_partly_alike(p_key text, p_district integer, p_most bigint)
    RETURNS TABLE (kind text, uid uuid, district_id integer, name text, name_key text, detail text, geom geometry)
    LANGUAGE sql STABLE PARALLEL SAFE SET pg_trgm.word_similarity_threshold = 0.35
AS $$
    SELECT * FROM pool.named() AS called
     WHERE p_key <% called.name_key AND (p_district IS NULL OR called.district_id = p_district)
     ORDER BY word_similarity(p_key, called.name_key) DESC, length(called.name_key), called.name_key,
              called.kind, called.district_id, called.uid
     LIMIT p_most
$$;
