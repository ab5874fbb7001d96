"""Layers in one tile, as of the moment that the address says: one answer at every address of tiles."""

from collections.abc import Sequence

from flask import request
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.errors import NotYet
from gisserver.service import service
from layers.core.epochs import UnknownTime, current_epoch
from layers.core.layer import Layer
from layers.core.tiles import StoredTile, TileAddress, remembered_past_tile, stored_tile, together

_NOTHING_YET = StoredTile(0, b"")


def tile_asked(layers: Sequence[Layer], address: TileAddress) -> tuple[StoredTile, bool]:
    """And whether its address names a publish that has happened; before the first one nothing is drawn."""
    seen = parameters.whole_number(request.args, "v", 0, 0, 2**62)
    store = service().store
    with store.reading(actor()) as connection:
        newest = current_epoch(connection)
        if seen > newest:
            raise NotYet(
                _("Publish %(seen)s is not known here; the newest is %(newest)s.", seen=seen, newest=newest),
                parameter="v",
            )
        try:
            then = parameters.as_of(connection, request.args)
        except UnknownTime:
            return _NOTHING_YET, False
        if then is None:
            tiles = [stored_tile(connection, layer, address) for layer in layers]
            return together(tiles), "v" in request.args
    return together([remembered_past_tile(store, actor(), layer, address, then) for layer in layers]), False
