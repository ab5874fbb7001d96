-- Who knows a code of a drawing may look at it; the code to change it is asked by its digest.
GRANT SELECT, INSERT, DELETE ON ops.drawing TO gis_web, gis_worker;
GRANT UPDATE (title, features, groups, version, changed_at, used_on) ON ops.drawing TO gis_web;
