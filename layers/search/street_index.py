"""The gazetteer of a database, kept by each process and caught up with what is published."""

from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Pool, text

from layers.core.profile import Profile
from layers.search.gazetteer import FormerName, Gazetteer, street_of
from layers.search.other_names import OtherName
from layers.search.street_names import StreetName
from sql import query

_known: WeakKeyDictionary[Pool, Gazetteer] = WeakKeyDictionary()
"""By what all connections to one database share."""
_catching_up = Lock()
_EPOCH = text(query("search.epoch"))
_STREETS = text(query("search.streets_since"))
_FORMER = text(query("search.former_names_since"))


def known_gazetteer(engine: Engine, profile: Profile) -> Gazetteer | None:
    """What this process knows already; None before anybody asked."""
    known = _known.get(engine.pool)
    return known if known is not None and known.profile is profile else None


def catch_up(connection: Connection, profile: Profile) -> Gazetteer:
    """As this transaction sees the pool, or newer: who has seen a publish never sees less."""
    epoch = int(connection.execute(_EPOCH).scalar_one())
    with _catching_up:
        known = known_gazetteer(connection.engine, profile) or Gazetteer(profile, epoch=-1)
        if known.epoch < epoch:
            known = _caught_up(connection, known, epoch)
            _known[connection.engine.pool] = known
        return known


def _caught_up(connection: Connection, known: Gazetteer, epoch: int) -> Gazetteer:
    rows = connection.execute(_STREETS, {"epoch": known.epoch}).all()
    former = connection.execute(_FORMER, {"epoch": known.epoch}).all()
    return known.with_changes(
        epoch,
        (street_of(known.profile, *row) for row in rows if row.n),
        (row.id for row in rows if not row.n),
        (
            FormerName(
                row.district_id,
                _former(row.name_key, row.type_key, row.name, known.profile),
                StreetName.of(row.now_name_key, row.now_type_key, known.profile).core,
            )
            for row in former
        ),
    )


def _former(name_key: str, type_key: str, shown: str | None, profile: Profile) -> OtherName:
    named = StreetName.of(name_key, type_key, profile)
    return OtherName(named.core, named.street_type, shown or "")
