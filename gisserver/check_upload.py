"""One file's check in a process of its own: a shape that breaks the geometry library ends this and nothing else.

The file itself is opened by a further process, which knows no database (importers/apart).
"""

import logging
import os
import sys
from contextlib import closing
from uuid import UUID

from sqlalchemy.exc import OperationalError

from gisserver.cluster import database_urls
from gisserver.own_process import limit_this_process
from gisserver.settings import Settings
from importers.pipeline import check_waiting
from layers.core.inbox import UnknownUpload
from layers.core.profile import load_profile
from layers.core.registry import Registry
from layers.core.store import Store

DONE = 0
NOT_REACHABLE = 3
LONGEST_CPU_SECONDS = 3600


def main() -> None:
    """Check the upload named on the command line; the exit code is DONE also where the file was found unusable."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    limit_this_process(LONGEST_CPU_SECONDS)
    settings = Settings.load(os.environ)
    upload_id = UUID(sys.argv[1])
    with closing(Store(database_urls(settings).worker, pool_size=1)) as store:
        try:
            check_waiting(store, Registry.of_folder(), load_profile(settings.profile_path), upload_id)
        except UnknownUpload:
            logging.getLogger(__name__).warning("upload %s is gone", upload_id)
        except OperationalError:
            logging.getLogger(__name__).exception("the database does not answer")
            sys.exit(NOT_REACHABLE)


if __name__ == "__main__":
    main()
