-- What lies between two publishes is found by when versions began as well as by when they ended.
SET LOCAL lock_timeout = '5s';

CREATE INDEX districts_begun ON history.districts (epoch_from);
CREATE INDEX neighbourhoods_begun ON history.neighbourhoods (epoch_from);
CREATE INDEX parcels_begun ON history.parcels (epoch_from);
CREATE INDEX plans_begun ON history.plans (epoch_from);
CREATE INDEX zones_begun ON history.zones (epoch_from);
CREATE INDEX plan_constraints_begun ON history.plan_constraints (epoch_from);
CREATE INDEX roads_begun ON history.roads (epoch_from);
CREATE INDEX addresses_begun ON history.addresses (epoch_from);
CREATE INDEX buildings_begun ON history.buildings (epoch_from);
CREATE INDEX water_lines_begun ON history.water_lines (epoch_from);
CREATE INDEX sewer_lines_begun ON history.sewer_lines (epoch_from);
CREATE INDEX power_lines_begun ON history.power_lines (epoch_from);
CREATE INDEX places_begun ON history.places (epoch_from);
