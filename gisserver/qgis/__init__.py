"""What projects of QGIS are made of."""
