"""`gis tiles`: verbs about the vector tiles, one file each."""

from gisserver.cli._verbs import Verbs

COMMAND = Verbs("tiles", package=__name__, help="Look after the vector tiles that the pool keeps.")
