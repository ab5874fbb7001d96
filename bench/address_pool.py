"""A city's doors, made up: real names of districts and neighbourhoods, invented streets, the same at every run."""

import csv
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from layers.core.profile import Profile

DATA = Path(__file__).parent.parent / "demo" / "data" / "izmir" / "neighbourhoods.csv"
_NAMES = tomllib.loads((Path(__file__).with_name("address_names.toml")).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Street:
    """One street; in another neighbourhood the same name is another street."""

    district_id: int
    district: str
    neighbourhood: str
    kind: str
    name: str
    postal_code: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Door:
    """One row."""

    street: Street
    number: str
    code: str
    site: str | None
    block: str | None
    x: float
    y: float

    @property
    def key(self) -> tuple[object, ...]:
        """What tells houses apart."""
        return self.street, self.number, self.site, self.block


def streets(profile: Profile, count: int, seed: int) -> list[Street]:
    """Spread over all neighbourhoods; numbers are unique in a district, names are not."""
    rng = random.Random(seed)
    with DATA.open(encoding="utf-8") as file:
        places = [(row["district"], row["name"]) for row in csv.DictReader(file)]
    districts = {district.name: district for district in profile.districts}
    places = [place for place in places if place[0] in districts]
    per_place = max(1, count // len(places))
    next_number: dict[str, int] = {}
    found: list[Street] = []
    for n, (name, neighbourhood) in enumerate(places):
        x = 440_000 + rng.random() * 180_000
        y = 4_190_000 + rng.random() * 170_000
        code = f"35{n % 900:03d}"
        taken: set[str] = set()
        for _ in range(per_place):
            kind, called = _name(rng, next_number, name)
            if called in taken:
                continue
            taken.add(called)
            place = (x + rng.random() * 1500, y + rng.random() * 1500)
            found.append(Street(districts[name].id, name, neighbourhood, kind, called, code, *place))
    return found


def _name(rng: random.Random, next_number: dict[str, int], district: str) -> tuple[str, str]:
    drawn = rng.random()
    if drawn < 0.7:
        number = next_number.get(district, 1000 + 37 * (len(next_number) % 40))
        next_number[district] = number + 1
        if rng.random() < 0.2:
            return "Sokak", f"{number}/{rng.randint(1, 9)}"
        return "Sokak", str(number)
    kind = rng.choice(["Sokak"] * 6 + ["Cadde"] * 3 + ["Bulvar"])
    if drawn < 0.76:
        return kind, rng.choice(_NAMES["common"])
    if drawn < 0.85:
        return kind, rng.choice(_NAMES["words"])
    name = f"{rng.choice(_NAMES['first'])} {rng.choice(_NAMES['last'])}"
    return kind, f"{rng.choice(_NAMES['titles'])} {name}" if rng.random() < 0.3 else name


def doors(some: list[Street], count: int, seed: int) -> Iterator[Door]:
    """Odd and even sides, a few letters, gaps where nothing stands, and estates of several blocks."""
    rng = random.Random(seed + 1)
    per_street = count / len(some)
    code = 1_000_000_000
    for street in some:
        number = 0
        for _ in range(max(2, round(per_street * (0.3 + 1.4 * rng.random())))):
            number += rng.choice((1, 1, 1, 2, 3))
            written = f"{number}{rng.choice(('/A', 'A', '/1'))}" if rng.random() < 0.03 else str(number)
            site, blocks = None, [None]
            if rng.random() < 0.03:
                site = f"{rng.choice(_NAMES['sites'])}{rng.choice((' Evler', ' Konakları', ' Park', ''))} Sitesi"
                blocks = list("ABC")[: rng.randint(1, 3)]
            for block in blocks:
                code += 1
                step = 8.0 * number
                yield Door(street, written, str(code), site, block, street.x + step, street.y + rng.random() * 12)
