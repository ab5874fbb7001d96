"""Which streets a text may mean: each name found in it is weighed by how well it explains all the rest."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from layers.search.beside_the_street import Beside, Locality, beside
from layers.search.gazetteer import Gazetteer, Street, is_numeric
from layers.search.readings import AddressReading
from layers.search.settling import settled
from layers.search.spelling import digits_of, edits_allowed
from layers.search.street_spans import (
    OTHER_NUMBER,
    StreetSpan,
    spans_as_written,
    spans_nearly_written,
    spans_of_other_numbers,
)
from layers.search.tokens import Kind, Token, joined

_MOST_READINGS = 24
_TOLERANCE = 0.25
"""Readings that differ less cannot be told apart."""
_CLEAN = 0.65
"""Where something is as well met as this, nobody looks for misspelt names."""
_PRICE = {
    "street_type": 1.5,
    "neighbourhood": 1.3,
    "said_neighbourhood": 2.0,
    "district": 2.0,
    "postal_code": 0.8,
    "site": 0.6,
}
_UNTYPED, _UNTYPED_NUMBER, _LOOSE_TYPE, _LOOSE_NUMBER = 0.3, 0.6, 0.6, 0.3
_OFF_IT, _CROSSING = 0.2, 0.6
_UNKNOWN_WORD, _UNKNOWN_BEFORE, _ELSEWHERE, _ALMOST = 1.0, 1.5, 2.0, 0.2


def address_readings(tokens: Sequence[Token], gazetteer: Gazetteer) -> list[AddressReading]:
    """The likeliest readings of a text as an address, those that cannot be told apart; none where none is named."""
    words = settled(tokens, gazetteer)
    readings = [*_read(words, spans_as_written(words, gazetteer), gazetteer), *_of_sites(words, gazetteer)]
    if min((reading.cost for reading in readings), default=9.0) > _CLEAN:
        readings += _read(words, spans_nearly_written(words, gazetteer), gazetteer)
        readings += _read(words, spans_of_other_numbers(words, gazetteer), gazetteer)
    return _best(readings)


def _best(readings: Iterable[AddressReading]) -> list[AddressReading]:
    ordered = sorted(readings, key=lambda reading: (reading.cost, reading.core))
    if not ordered:
        return []
    least = ordered[0].cost + _TOLERANCE
    return [reading for reading in ordered if reading.cost <= least][:_MOST_READINGS]


def _read(tokens: Sequence[Token], spans: Iterable[StreetSpan], gazetteer: Gazetteer) -> list[AddressReading]:
    return [reading for span in spans for core in span.cores for reading in _readings_of(tokens, span, core, gazetteer)]


def _readings_of(
    tokens: Sequence[Token], span: StreetSpan, core: str, gazetteer: Gazetteer
) -> Iterator[AddressReading]:
    said = beside(tokens, gazetteer, span.tokens, max(span.tokens) + 1)
    weighed = _Weighed(gazetteer, said, gazetteer.by_core[core], cost=span.edits + span.loss)
    weighed.narrow("street_type", lambda street: street.may_be_a(span.kind), is_written=span.kind is not None)
    _weigh_localities(weighed)
    _weigh_the_rest(weighed, span)
    if span.loss >= OTHER_NUMBER:
        weighed.unmet.add("street")
    if span.kind is None:
        weighed.cost += _UNTYPED_NUMBER if is_numeric(core) else _UNTYPED
        if is_numeric(core) and not said.doors:
            return
    yield weighed.reading(core, span)


def _of_sites(tokens: Sequence[Token], gazetteer: Gazetteer) -> Iterator[AddressReading]:
    """An estate may stand for the street it lies on."""
    if any(token.kind is Kind.STREET_TYPE for token in tokens) or not any(t.kind is Kind.ESTATE for t in tokens):
        return
    said = beside(tokens, gazetteer, set(), 0)
    if said.site is None:
        return
    weighed = _Weighed(gazetteer, said, gazetteer.by_site[said.site], cost=_UNTYPED)
    _weigh_localities(weighed)
    _weigh_the_rest(weighed, None)
    yield weighed.reading(said.site, None)


@dataclass
class _Weighed:
    """Streets of one name, narrowed by what is said beside it."""

    gazetteer: Gazetteer
    said: Beside
    streets: Sequence[Street]
    cost: float = 0.0
    met: set[str] = field(default_factory=set)
    unmet: set[str] = field(default_factory=set)
    edits: int = 0
    """Wrong letters in names of neighbourhoods and districts."""
    unknown: int = 0
    is_other_name: bool = False
    missed_district: int | None = None

    def narrow_to_district(self, district: int) -> None:
        """Keep its streets."""
        if not self.narrow("district", lambda street: street.district_id == district):
            self.missed_district = district

    def narrow(
        self, what: str, fits: Callable[[Street], bool], *, is_written: bool = True, price: float | None = None
    ) -> bool:
        """Keep the streets that fit; where none does, say so and keep them all."""
        if not is_written:
            return False
        fitting = [street for street in self.streets if fits(street)]
        if fitting:
            self.streets = fitting
            self.met.add(what)
        else:
            self.unmet.add(what)
            self.cost += _PRICE[what] if price is None else price
        return bool(fitting)

    def reading(self, core: str, span: StreetSpan | None) -> AddressReading:
        """What it comes to."""
        said = self.said
        edits = span.edits if span else 0
        return AddressReading(
            tuple(self.streets),
            core,
            edits,
            said.doors,
            said.site,
            said.block,
            frozenset(self.met),
            frozenset(self.unmet),
            self.missed_district,
            self.cost,
            is_trusted=self._is_trusted(core, edits, span.loss if span else 0.0),
        )

    def _is_trusted(self, core: str, edits: int, loss: float) -> bool:
        """Whether so little is wrong, and so much agrees, that nothing else can have been meant."""
        where = len(self.met & {"neighbourhood", "district", "postal_code"})
        if self.unmet or self.said.is_elsewhere or self.is_other_name or loss > 0.5:
            return False
        if self.unknown and where < 2:
            return False
        letters = len(core.replace(" ", ""))
        if edits == 0:
            return self.edits <= 2
        if edits == 1:
            return letters >= 5 and (where >= 1 or letters >= 8) and self.edits <= 2
        return letters >= 7 and where >= 1 and self.edits <= 1


def _weigh_localities(weighed: _Weighed) -> None:
    """Districts narrow first, then neighbourhoods; a name may be either."""
    districts = weighed.gazetteer.districts
    ordered = sorted(weighed.said.localities, key=lambda place: (place.key not in districts, not place.is_said))
    for place in ordered:
        if not (place.is_known and _fits(weighed, place)) and not _fits_almost(weighed, place):
            _miss(weighed, place)
    code = weighed.said.postal_code
    if code is not None:
        weighed.narrow("postal_code", lambda street: not street.postal_codes or code in street.postal_codes)


def _fits(weighed: _Weighed, place: Locality) -> bool:
    """Narrow to the neighbourhood or the district of that name."""
    district = weighed.gazetteer.districts.get(place.key)
    is_neighbourhood = place.key in weighed.gazetteer.neighbourhoods
    is_here = any(street.district_id == district for street in weighed.streets)
    if district is not None and not place.is_said and (is_here or not is_neighbourhood):
        weighed.narrow_to_district(district)
        return True
    if any(street.neighbourhood == place.key for street in weighed.streets):
        return weighed.narrow("neighbourhood", lambda street: street.neighbourhood == place.key)
    if district is not None and is_here:
        weighed.narrow_to_district(district)
        return True
    return False


def _fits_almost(weighed: _Weighed, place: Locality) -> bool:
    """Misspelt, alone or with the words before it."""
    for start, end, key in place.longer:
        if _almost(weighed, key):
            weighed.said.taken.update(range(start, end))
            return True
    return _almost(weighed, place.key)


def _miss(weighed: _Weighed, place: Locality) -> None:
    """A place that is not there; where all else agrees a mere name may be that of a school or a park."""
    words = place.key.split()
    if not place.is_said and all(word in weighed.gazetteer.profile.search.filler for word in words):
        return
    if not place.is_said and weighed.met >= {"neighbourhood", "district"}:
        weighed.unknown += len(words)
        weighed.cost += _UNKNOWN_WORD
        return
    weighed.unmet.add("neighbourhood")
    weighed.cost += _PRICE["said_neighbourhood" if place.is_said else "neighbourhood"]


def _almost(weighed: _Weighed, key: str) -> bool:
    """A misspelt neighbourhood or district of one of the streets."""
    near = _nearest_places(weighed, key)
    if not near:
        return False
    best = min(edits for edits, *_ in near)
    names = {(what, name) for edits, what, name in near if edits == best}
    kinds = {what for what, _ in names}
    what = "district" if "district" in kinds else "neighbourhood"
    fitting = {name for kind, name in names if kind == what}
    known = weighed.gazetteer.district_names
    if what == "district":
        weighed.narrow(what, lambda street: known.get(street.district_id) in fitting)
    else:
        weighed.narrow(what, lambda street: street.neighbourhood in fitting)
    weighed.edits += best
    weighed.cost += _ALMOST * best
    return True


def _nearest_places(weighed: _Weighed, key: str) -> list[tuple[int, str, str]]:
    compact, numbers = key.replace(" ", ""), digits_of(key)
    allowed = edits_allowed(len(compact))
    names = weighed.gazetteer.district_names
    places = {("neighbourhood", street.neighbourhood) for street in weighed.streets if street.neighbourhood}
    places |= {("district", names[street.district_id]) for street in weighed.streets if street.district_id in names}
    rated = [
        (OSA.distance(compact, name.replace(" ", ""), score_cutoff=allowed), what, name)
        for what, name in places
        if digits_of(name) == numbers
    ]
    shortened = [(1, what, name) for what, name in places if _is_shortened(key, name)]
    return [one for one in rated if one[0] <= allowed] or shortened


def _is_shortened(key: str, name: str) -> bool:
    written, whole = key.split(), name.split()
    return len(written) == len(whole) > 1 and all(w.startswith(k) for k, w in zip(written, whole, strict=True))


def _weigh_the_rest(weighed: _Weighed, span: StreetSpan | None) -> None:
    """Words nothing is known of: misspelt places, another street's name, or only noise."""
    said = weighed.said
    for start, end in said.unknown:
        if _is_another_street(weighed, start, end):
            said.loose_types -= 1
            weighed.cost += _OFF_IT if span is not None and end <= span.start else _CROSSING
            continue
        for first, last in _not_almost(weighed, start, end):
            if first in said.taken:
                continue
            is_before = span is not None and last == span.start and not is_numeric(span.cores[0])
            weighed.unknown += last - first
            weighed.is_other_name |= is_before
            weighed.cost += (_UNKNOWN_BEFORE if is_before else _UNKNOWN_WORD) * (last - first)
    if span is not None and span.start - 1 in said.loose_numbers and not is_numeric(span.cores[0]):
        weighed.is_other_name = True
        weighed.cost += _UNKNOWN_BEFORE
    if said.is_elsewhere:
        weighed.unmet.add("elsewhere")
        weighed.cost += _ELSEWHERE
    weighed.cost += _LOOSE_TYPE * said.loose_types + _LOOSE_NUMBER * len(said.loose_numbers)


def _is_another_street(weighed: _Weighed, start: int, end: int) -> bool:
    """ "Atatürk Caddesi, Gül Sokak 5" is a door of the street that begins at the avenue."""
    tokens = weighed.said.tokens
    has_type = end < len(tokens) and tokens[end].kind is Kind.STREET_TYPE and end not in weighed.said.taken
    return has_type and joined(tokens[start:end]) in weighed.gazetteer.by_core


def _not_almost(weighed: _Weighed, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a run of words that are no misspelt place either."""
    at = start
    while at < end:
        for last in range(min(end, at + 3), at, -1):
            key = joined(weighed.said.tokens[at:last])
            if len(key) >= 4 and _almost(weighed, key):
                at = last
                break
        else:
            yield at, at + 1
            at += 1
