"""The parts of one running service, built once by create_app."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

from flask import current_app
from sqlalchemy import text

from gisserver.documents.signing import SigningKey, signing_key
from gisserver.downloads.places import DownloadPlaces
from gisserver.editing.desk import EditDesk
from gisserver.events import EventFeed
from gisserver.lines import Lines
from gisserver.metrics import Metrics
from gisserver.ows.process import MapServer
from gisserver.prints.kept import KeptPictures
from gisserver.settings import Settings
from gisserver.tiles.cache import TileCache
from layers.core.inbox import Quota
from layers.core.profile import Profile
from layers.core.registry import Registry
from layers.core.store import Store
from sql import query


@dataclass(frozen=True)
class Service:
    """What endpoints and pages work with."""

    settings: Settings
    profile: Profile
    registry: Registry
    store: Store
    lines: Lines
    tiles: TileCache
    metrics: Metrics
    downloads: DownloadPlaces
    events: EventFeed
    mapserver: MapServer
    edits: EditDesk
    pictures: KeptPictures

    @cached_property
    def signing_key(self) -> SigningKey:
        """What signs documents; made when the first one is asked for. Raises UnusableCertificate."""
        return signing_key(self.settings, self.profile.title(self.profile.languages[0]))

    @property
    def quota(self) -> Quota:
        """How much may be sent over the web."""
        return Quota(
            file_bytes=self.settings.upload_limit_mb * 1_000_000,
            waiting_bytes=self.settings.waiting_limit_mb * 1_000_000,
            unfinished=self.settings.unfinished_limit,
        )


def service() -> Service:
    """The service of the application that answers this request."""
    return cast(Service, current_app.extensions["gisserver"])


def holds_sample() -> bool:
    """True where the pool was filled with generated data, which every page must say."""
    with service().store.reading() as connection:
        return bool(connection.execute(text(query("system.holds_sample"))).scalar_one_or_none())
