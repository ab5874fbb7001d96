"""Files that GDAL writes."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from gisserver.formats._batches import SHAPE, Batches
from layers.core.epochs import current_epoch, epoch_details
from layers.core.query import FeatureQuery
from layers.core.store import Connection

_OLDEST = datetime.date(1980, 1, 1)
"""What an archive can say of a file's age."""


def write_by_gdal(
    connection: Connection,
    query: FeatureQuery,
    target: Path,
    driver: str,
    layer_options: Mapping[str, str] | None = None,
    dataset_options: Mapping[str, str] | None = None,
    names: Sequence[str] = (),
) -> None:
    """Batch by batch, so that memory does not grow with the layer; `names` take the place of the fields' own."""
    # Imported here: what never writes such a file goes without GDAL.
    import pyogrio

    # The same publish makes the same bytes.
    stamp = f"{publish_day(connection, query).isoformat()}T00:00:00.000Z"
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": stamp})
    batches = Batches(connection, query, names)
    try:
        pyogrio.write_arrow(
            batches.reader(),
            target,
            layer=query.readable.layer.id,
            driver=driver,
            geometry_name=SHAPE,
            geometry_type=str(query.readable.layer.shape),
            crs=f"EPSG:{query.crs.srid}",
            layer_options=dict(layer_options or {}),
            dataset_options=dict(dataset_options or {}),
        )
    except Exception as consequence:
        raise batches.trouble or consequence from consequence


def publish_day(connection: Connection, query: FeatureQuery) -> datetime.date:
    """When what is answered was published."""
    number = current_epoch(connection) if query.as_of is None else query.as_of
    epoch = epoch_details(connection, number)
    return epoch.published_at.date() if epoch else _OLDEST
