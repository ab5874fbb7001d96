"""Which tiles shapes reach."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from layers.core.tiles.address import TileAddress
from sql import query


def tiles_of_shapes(connection: Connection, shapes: Sequence[bytes], zooms: range) -> set[TileAddress]:
    """Tiles that shapes reach, buffer included; shapes as EWKB in Web Mercator."""
    if not shapes:
        return set()
    about = {"shapes": list(shapes), "z_from": zooms.start, "z_to": zooms.stop - 1}
    return {TileAddress(row.z, row.x, row.y) for row in connection.execute(text(query("low_zooms.reached")), about)}
