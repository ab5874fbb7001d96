-- Nothing but the functions below depends on those of this schema: they are dropped first, so that one that
-- had other parameters in an earlier version neither stays behind nor stands in the way.
DO $$
DECLARE
    earlier text;
BEGIN
    FOR earlier IN SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'tiles'::regnamespace LOOP
        EXECUTE 'DROP FUNCTION ' || earlier;
    END LOOP;
END $$;
