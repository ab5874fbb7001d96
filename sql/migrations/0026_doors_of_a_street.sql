-- Many streets of a city share a name: doors are found by name, district and neighbourhood, without reading the others'.
SET LOCAL lock_timeout = '5s';

CREATE INDEX addresses_of_street ON pool.addresses
    (street_name_key, district_id, (coalesce(neighbourhood_key, '')), door_no_int);
DROP INDEX pool.addresses_street;
