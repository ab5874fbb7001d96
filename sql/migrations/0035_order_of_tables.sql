-- The order of columns that a table of all parcels is sorted by.
SET LOCAL lock_timeout = '5s';

CREATE INDEX parcels_registered_area ON pool.parcels (registered_area_m2);
CREATE INDEX parcels_computed_area ON pool.parcels (computed_area_m2);
