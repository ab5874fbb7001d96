"""The `gis` command: the folder is the list of verbs, each file declares COMMAND."""

import sys
from typing import NoReturn

from gisserver.cli._verbs import Verbs

GIS = Verbs(
    "gis",
    package=__name__,
    help="One spatial database for a metropolitan municipality and its districts.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def main() -> NoReturn:
    """Exit codes: 0 done, 1 findings refuse it, 2 wrong use, 3 not reachable."""
    GIS(prog_name="gis")
    sys.exit(0)
