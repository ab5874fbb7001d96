"""The parts of one running service, built once by create_app."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from gisserver.settings import Settings
from gisserver.tiles.cache import TileCache
from layers.core.profile import Profile
from layers.core.registry import Registry
from layers.core.store import Store


@dataclass(frozen=True)
class Service:
    """What endpoints and pages work with."""

    settings: Settings
    profile: Profile
    registry: Registry
    store: Store
    tiles: TileCache


def service() -> Service:
    """The service of the application that answers this request."""
    return cast(Service, current_app.extensions["gisserver"])
