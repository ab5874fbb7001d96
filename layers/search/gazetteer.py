"""The names of streets by heart: what a text is compared with before the database is asked."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from sys import intern

from layers.core.profile import Profile
from layers.search.other_names import OtherName, other_names
from layers.search.spelling import Spelling
from layers.search.street_names import StreetName


@dataclass(frozen=True, slots=True)
class Street:
    """What one layer knows of a street in one neighbourhood; a row of search.street."""

    id: int
    district_id: int
    core: str
    """Folded name without its type."""
    kind: str | None
    """Canonical type word of the profile."""
    name_key: str
    """As the rows of the pool have it."""
    neighbourhood_key: str
    neighbourhood: str
    """Folded, without the word for neighbourhood."""
    postal_codes: tuple[str, ...]
    doors: int
    sites: tuple[str, ...]
    other_names: tuple[OtherName, ...] = ()
    called: OtherName | None = None
    """The other name under which it was looked up."""

    @property
    def called_so(self) -> str | None:
        """That name as it was written."""
        return self.called.shown or None if self.called else None

    def may_be_a(self, kind: str | None) -> bool:
        """Whether the name under which it was looked up goes with such a type."""
        return (self.called or self).kind in (None, kind)


@dataclass(frozen=True, slots=True)
class FormerName:
    """What a street of a district was called, and is called now."""

    district_id: int
    name: OtherName
    now_core: str


@dataclass(frozen=True)
class Gazetteer:
    """Streets and the words their names are made of. A publish makes a new one from the old and what it changed."""

    profile: Profile
    epoch: int = 0
    streets: Mapping[int, Street] = field(default_factory=dict)
    former: frozenset[FormerName] = frozenset()

    def with_changes(
        self, epoch: int, streets: Iterable[Street], gone: Iterable[int], former: Iterable[FormerName]
    ) -> "Gazetteer":
        """The same after a publish."""
        known = {**self.streets, **{street.id: street for street in streets}}
        for street_id in gone:
            known.pop(street_id, None)
        return Gazetteer(self.profile, epoch, known, self.former | set(former))

    @cached_property
    def by_core(self) -> Mapping[str, tuple[Street, ...]]:
        """Streets by name, under their other and former names as well."""
        found: dict[str, dict[int, Street]] = defaultdict(dict)
        for street in self.streets.values():
            found[street.core][street.id] = street
        called = [(street, name) for street in self.streets.values() for name in street.other_names]
        called += [
            (heir, former.name)
            for former in self.former
            for heir in found.get(former.now_core, {}).values()
            if heir.district_id == former.district_id
        ]
        for street, name in called:
            found[name.core].setdefault(street.id, replace(street, called=name))
        return {core: tuple(streets.values()) for core, streets in found.items()}

    @cached_property
    def by_compact(self) -> Mapping[str, tuple[str, ...]]:
        """Names by their letters without spaces."""
        found: dict[str, list[str]] = defaultdict(list)
        for core in self.by_core:
            if " " in core and not is_numeric(core):
                found[core.replace(" ", "")].append(core)
        return {compact: tuple(cores) for compact, cores in found.items()}

    @cached_property
    def by_site(self) -> Mapping[str, tuple[Street, ...]]:
        """Streets by the estates that stand on them."""
        found: dict[str, list[Street]] = defaultdict(list)
        for street in self.streets.values():
            for site in street.sites:
                found[site].append(street)
        return {site: tuple(streets) for site, streets in found.items()}

    @cached_property
    def by_last_word(self) -> Mapping[str, tuple[str, ...]]:
        """Names of several words by the last of them."""
        found: dict[str, list[str]] = defaultdict(list)
        for core in self.by_core:
            if " " in core:
                found[core.rpartition(" ")[2]].append(core)
        return {word: tuple(cores) for word, cores in found.items()}

    @cached_property
    def by_word(self) -> Mapping[str, tuple[str, ...]]:
        """Names of several words by each word of three letters and more."""
        found: dict[str, list[str]] = defaultdict(list)
        for core in self.by_core:
            for word in set(core.split()) if " " in core else ():
                if len(word) >= 3 and not word.isdigit():
                    found[word].append(core)
        return {word: tuple(cores) for word, cores in found.items()}

    @cached_property
    def neighbourhoods(self) -> Mapping[str, frozenset[int]]:
        """Names of neighbourhoods and the districts that have one of that name."""
        found: dict[str, set[int]] = defaultdict(set)
        for street in self.streets.values():
            if street.neighbourhood:
                found[street.neighbourhood].add(street.district_id)
        return {name: frozenset(districts) for name, districts in found.items()}

    @cached_property
    def districts(self) -> Mapping[str, int]:
        """Folded names of districts."""
        return {self.profile.fold(district.name): district.id for district in self.profile.districts}

    @cached_property
    def district_names(self) -> Mapping[int, str]:
        """The other way round."""
        return {number: name for name, number in self.districts.items()}

    @cached_property
    def locality_words(self) -> frozenset[str]:
        """With which names of neighbourhoods and districts begin."""
        return frozenset(name.partition(" ")[0] for name in (*self.neighbourhoods, *self.districts))

    @cached_property
    def postal_codes(self) -> frozenset[str]:
        """All that are known."""
        return frozenset(code for street in self.streets.values() for code in street.postal_codes)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of a name."""
        names = (*self.by_core, *self.neighbourhoods, *self.districts, *self.by_site)
        return frozenset(word for name in names for word in name.split() if not word[0].isdigit())

    @cached_property
    def names(self) -> Spelling:
        """Names of streets that are more than a number, for comparing misspelt ones."""
        return Spelling.of(core for core in self.by_core if not is_numeric(core))

    @cached_property
    def words(self) -> Spelling:
        """Words of longer names, likewise."""
        return Spelling.of(self.by_word)

    @cached_property
    def sites(self) -> Spelling:
        """Names of estates, likewise."""
        return Spelling.of(self.by_site)

    @cached_property
    def sorted_names(self) -> Sequence[str]:
        """For names that begin so."""
        return sorted(self.by_core)

    @cached_property
    def sorted_words(self) -> Sequence[str]:
        """For words inside of names that begin so."""
        return sorted(self.by_word)

    def beginning(self, start: str, most: int) -> list[str]:
        """Names that begin so, the shortest first; then those of which a later word begins so."""
        found = sorted(_beginning(self.sorted_names, start, 50 * most), key=lambda name: (len(name), name))[:most]
        if len(found) < most and len(start) >= 3:
            for word in _beginning(self.sorted_words, start, most):
                found.extend(core for core in self.by_word[word] if core not in found)
        return found[:most]


def _beginning(names: Sequence[str], start: str, most: int) -> Sequence[str]:
    first = bisect_left(names, start)
    end = first
    while end < len(names) and end - first < most and names[end].startswith(start):
        end += 1
    return names[first:end]


def is_numeric(core: str) -> bool:
    """A street that is only a number, with what stands behind its slash: "1453", "1453 1", "12 a"."""
    words = core.split()
    return words[0].isdigit() and all(word.isdigit() or len(word) == 1 for word in words[1:])


def bare_neighbourhood(key: str, profile: Profile) -> str:
    """A neighbourhood's name without the word that says what it is."""
    words = [word for word in key.split() if word not in profile.search.neighbourhood]
    return " ".join(words) or key


def street_of(
    profile: Profile,
    row_id: int,
    district_id: int,
    name_key: str,
    type_key: str,
    neighbourhood_key: str,
    postal_codes: Sequence[str] | None,
    sites: Sequence[str] | None,
    doors: int,
    called_as_well: Sequence[str] | None = None,
) -> Street:
    """A row of search.street; equal words are kept once."""
    named = StreetName.of(name_key, type_key, profile)
    return Street(
        row_id,
        district_id,
        intern(named.core),
        intern(named.street_type) if named.street_type else None,
        intern(name_key),
        intern(neighbourhood_key),
        intern(bare_neighbourhood(neighbourhood_key, profile)),
        tuple(map(intern, postal_codes or ())),
        doors,
        tuple(site_key(site, profile) for site in sites or ()),
        other_names(called_as_well, profile),
    )


def site_key(site: str, profile: Profile) -> str:
    """An estate's folded name without the word that says what it is."""
    words = profile.fold(site).split()
    return " ".join(word for word in words if word not in profile.search.estate) or " ".join(words)


def block_key(block: str, profile: Profile) -> str:
    """ "B Blok", "b blk." and "B" are one block."""
    words = profile.fold(block).split()
    return "".join(word for word in words if word not in profile.search.building_block) or "".join(words)
