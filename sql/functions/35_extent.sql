-- Where a publish touched a layer: west, south, east, north in degrees; NULL where it touched nothing.
CREATE OR REPLACE FUNCTION pool.touched_extent(p_layer text, p_epoch bigint) RETURNS jsonb
    LANGUAGE plpgsql STABLE
AS $$
DECLARE
    touched geometry;
BEGIN
    EXECUTE format(
        'SELECT ST_SetSRID(ST_Extent(geom)::geometry, (SELECT storage_srid FROM ops.profile))
           FROM (SELECT geom FROM pool.%1$I WHERE epoch_from = $1
                 UNION ALL SELECT geom FROM history.%1$I WHERE epoch_to = $1) AS rows', p_layer)
       INTO touched USING p_epoch;
    IF touched IS NULL THEN
        RETURN NULL;
    END IF;
    -- A straight side of one system is a curve in another.
    touched := ST_Transform(ST_Segmentize(touched, greatest(ST_Length(ST_Boundary(touched)) / 64, 1)), 4326);
    RETURN to_jsonb(ARRAY[ST_XMin(touched), ST_YMin(touched), ST_XMax(touched), ST_YMax(touched)]);
END $$;
