"""`python -m gisserver` is `gis`."""

from gisserver.cli import main

main()
