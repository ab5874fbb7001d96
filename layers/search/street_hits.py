"""Streets as hits: what two layers and several neighbourhoods know of one street is one line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layers.core.query import LonLatBox
from layers.search import notes
from layers.search.gazetteer import Street
from layers.search.hits import Hit, HitKind
from layers.search.inquiry import Inquiry, Row
from layers.search.readings import AddressReading
from layers.search.street_names import StreetName

GAP_M = 300.0
"""Pieces of one name farther apart than this are two streets."""


@dataclass(frozen=True)
class StreetPlace:
    """One street: its pieces, the largest first."""

    pieces: tuple[Row, ...]
    called: str | None = None
    """The name by which it was looked up, where that is not the official one."""

    @property
    def first_id(self) -> int:
        """Of its main piece."""
        return int(self.pieces[0].id)

    @property
    def district_id(self) -> int:
        """A street of two districts is two streets."""
        return int(self.pieces[0].district_id)


async def places_of(inquiry: Inquiry, streets: Mapping[int, Street]) -> list[StreetPlace]:
    """Rows of search.street put together; the order of the streets does not matter."""
    rows = await inquiry.rows("streets", ids=sorted(streets)[:500])
    named: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        name = StreetName.of(row.name_key, row.type_key, inquiry.profile)
        named.setdefault((row.district_id, name.core, name.street_type), []).append(row)
    clusters = [pieces for rows in named.values() for pieces in _clusters(rows)]
    return [StreetPlace(tuple(pieces), _called(streets, pieces)) for pieces in clusters]


def _called(streets: Mapping[int, Street], pieces: Sequence[Row]) -> str | None:
    names = (streets[piece.id].called_so for piece in pieces)
    return next((name for name in names if name), None)


def _clusters(rows: Sequence[Row]) -> list[list[Row]]:
    clusters: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: (row.source != "roads", -row.n, row.id)):
        near = [cluster for cluster in clusters if any(_gap(row, piece) <= GAP_M for piece in cluster)]
        merged = [piece for cluster in near for piece in cluster]
        clusters = [cluster for cluster in clusters if cluster not in near]
        clusters.append([*merged, row])
    return sorted(clusters, key=lambda pieces: -sum(piece.n for piece in pieces))


def _gap(one: Row, other: Row) -> float:
    across = max(one.west - other.east, other.west - one.east, 0.0)
    along = max(one.south - other.north, other.south - one.north, 0.0)
    return float(max(across, along))


def street_hit(
    inquiry: Inquiry,
    place: StreetPlace,
    confidence: float,
    *,
    is_exact: bool,
    reading: AddressReading | None = None,
) -> Hit:
    """A street of the pool."""
    main = place.pieces[0]
    lon, lat = inquiry.degrees(main.x, main.y)
    west, south = inquiry.degrees(min(p.west for p in place.pieces), min(p.south for p in place.pieces))
    east, north = inquiry.degrees(max(p.east for p in place.pieces), max(p.north for p in place.pieces))
    neighbourhoods = list(dict.fromkeys(piece.neighbourhood for piece in place.pieces if piece.neighbourhood))
    return Hit(
        HitKind.STREET,
        shown_name(inquiry, main.name, main.name_key, main.street_type),
        inquiry.where(also_known(inquiry, place.called), *neighbourhoods[:2], district_id=place.district_id),
        lon,
        lat,
        bbox=LonLatBox(west, south, east, north),
        uid=main.uid,
        layer="roads" if main.uid else None,
        confidence=confidence,
        is_exact=is_exact,
        met=tuple(sorted(reading.met | {"street"} - reading.unmet)) if reading else (),
        unmet=tuple(sorted(reading.unmet)) if reading else (),
        also_known_as=place.called,
        district_id=place.district_id,
    )


def also_known(inquiry: Inquiry, called: str | None) -> str | None:
    """So that who wrote another name sees why this is shown."""
    return inquiry.say(notes.ALSO_KNOWN_AS, name=called) if called else None


def shown_name(inquiry: Inquiry, name: str, name_key: str, street_type: str | None) -> str:
    """With its type, where the name does not say it."""
    if StreetName.of(name_key, None, inquiry.profile).street_type or not street_type:
        return name
    return inquiry.say(notes.STREET, name=name, type=street_type[:1].upper() + street_type[1:])
