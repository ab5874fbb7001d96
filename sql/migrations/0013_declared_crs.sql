-- What a sender says about coordinates is more than a code: swapped axes, a zone number in front, another unit.
-- declared_srid stays for a service of the version before, whose uploads are still read.
ALTER TABLE inbox.upload ADD COLUMN declared_crs text;
UPDATE inbox.upload SET declared_crs = declared_srid::text WHERE declared_srid IS NOT NULL;
