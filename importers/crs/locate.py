"""How a file's numbers are read: the declared system is tested, never believed, and nothing is guessed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pyproj.exceptions import CRSError, ProjError

from importers.broken import DoubtfulSystem, NoSuchSystem, ShiftedSystem, UnknownSystem
from importers.crs.evidence import SYSTEMATIC_OFFSET_M, Evidence, Offset
from importers.crs.judging import ENOUGH_INSIDE, UNKNOWN_FIT, Judged, Sample, is_same_place, judge, plausible
from importers.crs.landing import landing
from importers.crs.pipelines import Placement
from importers.crs.reading import Reading
from importers.crs.why import why
from importers.shapes import Shapes
from layers.core.declared_crs import DeclaredCrs
from layers.core.profile import Profile

ENOUGH_MATCHES = 5
MOST_SHOWN = 6
_CLEARLY = 0.3
"""By so much another reading must fit what is published better, before the declared one is doubted."""
_GOOD_FIT = 0.6
_MORE_INSIDE = 0.1


@dataclass(frozen=True)
class Located:
    """How the file is read, and what was noticed on the way."""

    placement: Placement
    why: tuple[Mapping[str, str], ...] = ()
    """What speaks for it, in each language."""
    offset: Offset | None = None
    """A systematic offset that no known system explains."""
    rivals: tuple[Reading, ...] = ()
    """Other readings that fit as well, where nothing published confirms the one that is used."""
    places: tuple[Mapping[str, Any], ...] = ()
    """Where it may lie, the likeliest first, the place that is used among them; empty where there is no other."""


def locate(
    shapes: Shapes, declared: DeclaredCrs | None, file_crs: str | None, evidence: Evidence, profile: Profile
) -> Located:
    """Decide how the file's numbers are read. Raises UnknownSystem, NoSuchSystem, DoubtfulSystem, ShiftedSystem."""
    case = _Case(Sample.of(shapes), evidence, profile)
    try:
        reading = Reading.of_file(file_crs) if declared is None else Reading.declared(declared)
        used = None if reading is None else judge(case.sample, reading, evidence, profile)
    except (CRSError, ProjError) as cause:
        raise NoSuchSystem(system=_called(str(declared or file_crs)), **case.shown(case.places(None))) from cause
    places = case.places(reading)
    if used is None:
        raise UnknownSystem(**case.shown(places))
    others = [place for place in places if not is_same_place(place, used)]
    if not (declared and declared.is_insisted and used.in_region >= ENOUGH_INSIDE):
        _refuse_elsewhere(case, used, others)
        _refuse_less_inside(case, used, others)
        _refuse_other_place(case, used, others)
    return Located(
        placement=used.placement,
        why=tuple(why(used, evidence)),
        offset=_unexplained(used),
        rivals=_rivals(used, others),
        places=case.facts(sorted([used, *others], key=lambda place: -place.score)) if others else (),
    )


@dataclass(frozen=True)
class _Case:
    """A file whose place is sought."""

    sample: Sample
    evidence: Evidence
    profile: Profile

    def places(self, declared: Reading | None) -> list[Judged]:
        """Where it may lie, the likeliest first."""
        return plausible(self.sample, declared, self.evidence, self.profile)

    def shown(self, places: Iterable[Judged]) -> dict[str, Any]:
        """What a person chooses from."""
        best = list(places)[:MOST_SHOWN]
        return {
            "candidates": list(self.facts(best)),
            "readings": [place.reading.name for place in best] or "–",
        }

    def facts(self, places: Iterable[Judged]) -> tuple[Mapping[str, Any], ...]:
        """What a card and a map say of each."""
        return tuple(self._fact(place) for place in list(places)[:MOST_SHOWN])

    def _fact(self, place: Judged) -> Mapping[str, Any]:
        """`crs` is what a re-check wants to be told."""
        return {
            "crs": str(place.reading.said) if place.reading.said else None,
            "srid": place.reading.signed_srid,
            "adjust": place.reading.adjustment,
            "name": place.reading.name,
            "score": round(place.score, 3),
            "inside": round(place.inside, 3),
            "why": why(place, self.evidence),
            "area": landing(place, self.sample, self.profile.storage_srid),
        }


def _refuse_elsewhere(case: _Case, used: Judged, others: list[Judged]) -> None:
    """Unless no other reading does better and this is our region: then the rules judge record by record."""
    is_ours = used.in_region >= ENOUGH_INSIDE
    if used.is_plausible or (is_ours and not others):
        return
    offered = [*others[: MOST_SHOWN - 1], *_insisted(used)] if is_ours else others
    raise DoubtfulSystem(declared=used.reading.name, percent=round(100 * used.inside), **case.shown(offered))


def _refuse_less_inside(case: _Case, used: Judged, others: list[Judged]) -> None:
    """Where another system puts clearly more of the file into the district and what is published does not object."""
    for other in others:
        if other.inside >= used.inside + _MORE_INSIDE and other.fit_or_unknown >= used.fit_or_unknown:
            offered = [*others[: MOST_SHOWN - 1], *_insisted(used)]
            raise DoubtfulSystem(declared=used.reading.name, percent=round(100 * used.inside), **case.shown(offered))


def _refuse_other_place(case: _Case, used: Judged, others: list[Judged]) -> None:
    """Where another system puts the file onto what is published and the declared one does not, that one is meant."""
    best = max(others, key=lambda other: (other.fit_or_unknown, other.score), default=None)
    if best is None or best.fit_or_unknown < _GOOD_FIT:
        return
    if used.fit_or_unknown > UNKNOWN_FIT and best.fit_or_unknown < used.fit_or_unknown + _CLEARLY:
        return
    beside = Offset.between(used.points, best.points)
    if beside is None or beside.metres < SYSTEMATIC_OFFSET_M:
        return
    raise ShiftedSystem(
        metres=round(beside.metres),
        direction=beside.direction.written,
        reading=best.reading.name,
        declared=used.reading.name,
        **case.shown([best, *_insisted(used)]),
    )


def _insisted(used: Judged) -> list[Judged]:
    """The declared reading as a choice of its own: what is published may be what is wrong."""
    reading = used.reading
    if reading.said is None:
        return []
    insisted = replace(reading, said=replace(reading.said, is_insisted=True))
    return [replace(used, placement=replace(used.placement, reading=insisted))]


def _unexplained(used: Judged) -> Offset | None:
    offset = used.offset
    return offset if offset is not None and offset.is_systematic and offset.matches >= ENOUGH_MATCHES else None


def _rivals(used: Judged, others: list[Judged]) -> tuple[Reading, ...]:
    """Only while nothing published speaks for the reading that is used."""
    if used.fit_or_unknown > UNKNOWN_FIT:
        return ()
    return tuple(other.reading for other in others if other.score >= used.score)[:MOST_SHOWN]


def _called(said: str) -> str:
    """A code with its authority, of a description only the name in it."""
    if said.isdecimal():
        return f"EPSG:{said}"
    name = re.search(r'"([^"]+)"', said)
    return f"“{name.group(1)}”" if name else said
