"""What people call a parcel: district, neighbourhood, block and number; and which parcels are called so."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from layers.core.profile import Profile
from layers.core.query.filters.literals import is_text
from sql import query

MOST = 50
"""Parcels of one number; more neighbourhoods than that nobody looks through."""


@dataclass(frozen=True)
class ParcelName:
    """A parcel as it is called, or was last."""

    uid: uuid.UUID
    district_id: int
    neighbourhood: str | None
    """Cadastral where it has one, else administrative."""
    block_no: str
    parcel_no: str
    is_published: bool
    neighbourhood_keys: frozenset[str]
    """Folded; either may be said."""


@dataclass(frozen=True)
class AskedName:
    """A name to be looked up; what is None is not said."""

    block: str
    parcel: str
    district_id: int | None
    neighbourhood: str | None
    """Empty for one that lies in none."""


@dataclass(frozen=True)
class CalledSo:
    """Who has a name."""

    published: tuple[ParcelName, ...]
    ended: tuple[ParcelName, ...]
    """Had it once; told where no published one has it."""
    elsewhere: tuple[ParcelName, ...]
    """Published with these numbers in other neighbourhoods."""


def called_so(connection: Connection, asked: AskedName, profile: Profile) -> CalledSo:
    """By exact numbers; the neighbourhood however it is written."""
    if not (is_text(asked.block) and is_text(asked.parcel)):
        return CalledSo((), (), ())
    values = {"block": asked.block, "parcel": asked.parcel, "district": asked.district_id, "most": MOST}
    rows = connection.execute(text(query("readable_pages.parcels_numbered")), values)
    names = sorted(map(_name, rows), key=lambda name: (name.district_id, name.neighbourhood or "", str(name.uid)))
    key = None if asked.neighbourhood is None else profile.fold(asked.neighbourhood)
    meant = [name for name in names if key is None or key in (name.neighbourhood_keys or {""})]
    # Cadastral and administrative neighbourhoods of one name may both have the numbers: an address says the former.
    meant = [name for name in meant if profile.fold(name.neighbourhood or "") == key] or meant
    return CalledSo(
        published=tuple(name for name in meant if name.is_published),
        ended=tuple(name for name in meant if not name.is_published),
        elsewhere=tuple(name for name in names if name.is_published and name not in meant),
    )


def names_of(connection: Connection, uids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, ParcelName]:
    """Of published and ended parcels."""
    rows = connection.execute(text(query("readable_pages.parcels")), {"uids": list(uids)})
    return {row.uid: _name(row) for row in rows}


def _name(row: Row[Any]) -> ParcelName:
    keys = frozenset(key for key in (row.cadastral_neighbourhood_key, row.neighbourhood_key) if key)
    return ParcelName(row.uid, row.district_id, row.neighbourhood, row.block_no, row.parcel_no, row.is_published, keys)
