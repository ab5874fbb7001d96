"""Pulling from a source as the worker does, and checking what came."""

from dataclasses import replace
from pathlib import Path

from importers.pipeline import Checked, Failed, check
from importers.pulling import Pulled, pull
from importers.source import Terms
from layers.core import pulls
from layers.core.declared_source import DeclaredSource
from layers.core.hosts import Hosts
from layers.core.inbox import Quota
from layers.core.store import WORKER
from tests.importing import Desk
from tests.worlds import WEST

HERE = Hosts(("127.0.0.1",), may_be_private=True)


def declared(kind: str, address: str, **more) -> DeclaredSource:
    """A source of the western district's parcels."""
    said = {"id": "west-parcels", "district": WEST, "layer": "parcels", "cron": "30 2 * * *", **more}
    return DeclaredSource(kind=kind, address=address, **said)


def knowing(desk: Desk, source: DeclaredSource) -> Desk:
    """The desk of a city whose profile declares it."""
    return replace(desk, profile=replace(desk.profile, sources=(source,)))


def taken(
    desk: Desk, source: DeclaredSource, hosts: Hosts = HERE, root: Path | None = None, **more
) -> list[Checked | Failed]:
    """What the next pull gives, checked; nothing where nothing is new. Raises NotFetched."""
    terms = Terms(**{"hosts": hosts, "root": root, "secret": None, "most_bytes": 10**7, "patience_s": 10.0, **more})
    found = pulled(desk, source, terms)
    with desk.store.writing(WORKER) as connection:
        city = knowing(desk, source)
        return [check(connection, city.registry, city.profile, upload_id) for upload_id in found.upload_ids]


def pulled(desk: Desk, source: DeclaredSource, terms: Terms) -> Pulled:
    """Beginning where the last pull ended."""
    with desk.store.reading(WORKER) as connection:
        (before,) = pulls.standings(connection, (source,))
    return pull(desk.store, source, terms, Quota(10**8), before.marker or {})
