"""What the worker makes anew because of a publish, asked for in the publish's own transaction."""

import datetime

from sqlalchemy import Connection, text

from layers.core.jobs import enqueue_once
from layers.core.tiles.export.job import QUEUE, SETTLING, ask_for_export
from sql import query

DOWNLOADS = "make_downloads"


def ask_for_files(connection: Connection) -> None:
    """Files of tiles and of features; one job of each that waits is enough."""
    ask_for_export(connection)
    ask_for_downloads(connection)


def ask_for_downloads(connection: Connection, wait: datetime.timedelta = SETTLING) -> None:
    """It will see every publish that commits before it begins."""
    enqueue_once(connection, DOWNLOADS, queue=QUEUE, wait=wait)


def publishes_of(connection: Connection, layer_id: str) -> dict[int | None, int]:
    """District -> the newest publish that may have changed the layer there; None for those of several districts."""
    rows = connection.execute(text(query("epochs.of_layer")), {"layer": layer_id})
    return {row.district_id: row.epoch for row in rows}


def sizes_of(connection: Connection, layer_id: str) -> dict[int, int]:
    """District -> number of features, as the counters know it."""
    rows = connection.execute(text(query("features.by_district")), {"layer": layer_id})
    return {row.district_id: row.n for row in rows}
