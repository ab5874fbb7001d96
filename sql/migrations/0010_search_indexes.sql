-- What the search box asks: names by their beginning, and block and parcel numbers that have ended.
SET LOCAL lock_timeout = '5s';

CREATE INDEX roads_name_start ON pool.roads (name_key text_pattern_ops);
CREATE INDEX places_name_start ON pool.places (name_key text_pattern_ops);
CREATE INDEX neighbourhoods_name_start ON pool.neighbourhoods (name_key text_pattern_ops);
CREATE INDEX plans_name_start ON pool.plans (name_key text_pattern_ops);
CREATE INDEX history_parcels_block ON history.parcels (block_no, parcel_no);
