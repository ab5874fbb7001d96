"""A district's part of the pool as one GeoPackage, to be edited anywhere and sent back."""
