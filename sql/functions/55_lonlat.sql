-- Where a shape lies in degrees; NULL where it has no place on Earth. Sent coordinates may be anything, and one
-- that PROJ refuses must not take the whole report with it.
CREATE OR REPLACE FUNCTION inbox.lonlat(shape geometry) RETURNS geometry
    LANGUAGE plpgsql STABLE AS $$
DECLARE
    moved geometry;
BEGIN
    IF shape IS NULL OR ST_SRID(shape) = 0 OR ST_IsEmpty(shape) THEN
        RETURN NULL;
    END IF;
    moved := ST_Transform(shape, 4326);
    RETURN CASE WHEN ST_XMin(moved) >= -180 AND ST_XMax(moved) <= 180
                 AND ST_YMin(moved) >= -90 AND ST_YMax(moved) <= 90 THEN moved END;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;
