"""How surely and how fast addresses are found among millions, over noise of declared classes.

Usage: script/bench search [ADDRESSES] [EACH] [SEED] [--write]

The doors are made up (bench/address_pool.py) and brought at the first run. Every text is asked once in this process
for what it finds; latency is that of HTTP over one connection to one web process, warm.
"""

import http.client
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from sqlalchemy import text

from bench import noise
from bench.address_pool import Door, Street, doors, streets
from bench.deployment import Deployment, filled_deployment
from bench.figures import Figure, table
from bench.loading_addresses import bring
from bench.report import machine, numbers, report
from layers.core.profile import Profile, load_profile
from layers.core.store import Store
from layers.search.find import find
from layers.search.hits import Hit, HitKind, SearchResult

PROFILE = Path(__file__).parent.parent / "profiles" / "izmir.toml"
POOL_SEED = 7
PER_STREET = 50
SHOWN = 5
LIMIT = 40
_EACH = 17
"""Every so manieth door may be asked for."""


@dataclass
class City:
    """What is true of the doors: who is called how, and where a number exists."""

    profile: Profile
    streets: list[Street]
    numbers: dict[Street, Counter[str]] = field(default_factory=dict)
    doors: list[Door] = field(default_factory=list)
    with_site: list[Door] = field(default_factory=list)
    by_name: dict[tuple[str, str], list[Street]] = field(default_factory=dict)

    def add(self, some: Iterator[Door]) -> Iterator[Door]:
        """Look at each on its way."""
        for door in some:
            self.numbers.setdefault(door.street, Counter())[door.number] += 1
            if int(door.code) % _EACH == 0:
                self.doors.append(door)
            if door.block and int(door.code) % 3 == 0:
                self.with_site.append(door)
            yield door

    def same(self, door: Door, known: Sequence[str]) -> list[Street]:
        """Streets on which that door could stand, as far as the text says where."""
        called = self.by_name[door.street.kind, door.street.name]
        return [
            street
            for street in called
            if all(getattr(street, what) == getattr(door.street, what) for what in known)
            and self.numbers[street][door.number]
        ]


def main(addresses: int = 2_500_000, each: int = 200, seed: int = 1) -> None:
    """Measure and report."""
    profile = load_profile(PROFILE)
    city = City(profile, streets(profile, addresses // PER_STREET, POOL_SEED))
    made = city.add(doors(city.streets, addresses, POOL_SEED))

    def fill(running: Deployment) -> None:
        with tempfile.TemporaryDirectory(prefix="bench-search-", dir="/var/tmp") as folder:
            bring(running, profile, made, Path(folder))

    with filled_deployment(Path(f"/var/tmp/gisserver-bench-addresses-{addresses}"), fill) as running:
        for _ in made:
            pass
        for street in city.streets:
            city.by_name.setdefault((street.kind, street.name), []).append(street)
        store = Store(running.urls.web)
        rng = random.Random(seed)
        asked = _questions(city, each, rng)
        figures = [*_recall(store, city, asked), *_doubtful(store, city, each, rng)]
        print(table(figures), flush=True)
        texts = [question for some in asked.values() for question, _ in some]
        rng.shuffle(texts)
        store.close()
        notes = [f"{addresses:,} made-up doors, {each} questions of each class", *machine(running.urls.worker)]
        report([*figures, *_speed(running, texts)], notes)


Questions = Mapping[str, Sequence[tuple[str, Door]]]


def _questions(city: City, each: int, rng: random.Random) -> Questions:
    """Unambiguous ones: what the text says is true of one door only."""
    asked = {}
    for name, spoil in noise.CLASSES.items():
        known = noise.KNOWN.get(name, ("district", "neighbourhood"))
        pool = city.with_site if name == "block and site" else city.doors
        some: list[tuple[str, Door]] = []
        while len(some) < each:
            door = rng.choice(pool)
            if name != "block and site" and (door.site or city.numbers[door.street][door.number] != 1):
                continue
            if len(city.same(door, known)) == 1:
                some.append((spoil(door, rng), door))
        asked[name] = some
    return asked


def _recall(store: Store, city: City, asked: Questions) -> Iterator[Figure]:
    total = right = sure = 0
    for name, questions in asked.items():
        answers = [_ask(store, city, question) for question, _ in questions]
        codes = _codes(store, [hit for answer in answers for hit in answer.hits[:1]])
        good = [_code(answer, codes) == door.code for answer, (_, door) in zip(answers, questions, strict=True)]
        trusted = [answer.sure is not None for answer, is_good in zip(answers, good, strict=True) if is_good]
        _show(name, questions, answers, good)
        total, right, sure = total + len(good), right + sum(good), sure + sum(trusted)
        remark = f"sure {100 * sum(trusted) / max(1, len(trusted)):.1f} %"
        yield Figure(f"recall@1, {name}", 100 * sum(good) / len(good), "{:.1f} %", at_least=97, remark=remark)
    yield Figure("recall@1, all", 100 * right / total, "{:.2f} %", at_least=99)
    yield Figure("right answers that are sure", 100 * sure / right, "{:.1f} %", at_least=98)


def _show(
    name: str, questions: Sequence[tuple[str, Door]], answers: Sequence[SearchResult], good: Sequence[bool]
) -> None:
    wrong = [
        (q, d, a) for (q, d), a, is_good in zip(questions, answers, good, strict=True) if not is_good or not a.sure
    ]
    for question, door, answer in wrong[:SHOWN]:
        found = answer.hits[0] if answer.hits else None
        told = f"{found.title} | {found.subtitle} | {found.unmet}" if found else answer.note
        print(f"  [{name}] {question!r} -> {told} ({door.street.kind} {door.street.name} {door.number})", flush=True)


def _doubtful(store: Store, city: City, each: int, rng: random.Random) -> Iterator[Figure]:
    yield _ambiguous(store, city, each, rng)
    yield from _wrong_numbers(store, city, each, rng)
    invented = [noise.invented(rng.choice(city.streets), rng) for _ in range(each)]
    yield _wrongly_sure("invented streets", store, city, invented)
    elsewhere = [noise.other_city(rng.choice(city.doors), rng) for _ in range(each)]
    yield _wrongly_sure("other cities", store, city, elsewhere)


def _ambiguous(store: Store, city: City, each: int, rng: random.Random) -> Figure:
    good, shown = 0, 0
    asked = 0
    while asked < each:
        door = rng.choice(city.doors)
        same = city.same(door, ())
        if not 2 <= len(same) <= LIMIT or any(city.numbers[s][door.number] != 1 for s in same):
            continue
        asked += 1
        question = noise.without_both(door, rng)
        answer = _ask(store, city, question)
        places = {(s.neighbourhood, s.district) for s in same}
        told = {tuple(hit.subtitle.split(", ")[-2:]) for hit in answer.hits if hit.kind is HitKind.ADDRESS}
        is_good = answer.is_ambiguous and answer.sure is None and told == places
        good += is_good
        if not is_good and shown < SHOWN:
            shown += 1
            print(f"  [ambiguous] {question!r}: {len(told)} of {len(places)}: {answer.note}", flush=True)
    return Figure("ambiguous with the right list", 100 * good / each, "{:.1f} %", at_least=98)


def _wrong_numbers(store: Store, city: City, each: int, rng: random.Random) -> Iterator[Figure]:
    sure = named = shown = 0
    for n in range(each):
        door = rng.choice(city.doors)
        numbers = [int("".join(filter(str.isdigit, number.partition("/")[0]))) for number in city.numbers[door.street]]
        free = [number for number in range(1, max(numbers) + 20) if number not in numbers]
        wrong = Door(door.street, str(rng.choice(free)), "", None, None, 0, 0)
        question = noise.abbreviations(wrong, rng) if n % 2 else noise.plain(wrong, rng)
        answer = _ask(store, city, question)
        sure += answer.sure is not None and answer.sure.kind is HitKind.ADDRESS
        target = int(wrong.number)
        nearest = {min(numbers, key=lambda number: abs(number - target))}
        below, above = [x for x in numbers if x < target], [x for x in numbers if x > target]
        same_side = {
            max((x for x in below if x % 2 == target % 2), default=0),
            min((x for x in above if x % 2 == target % 2), default=0),
        }
        told = {
            int("".join(filter(str.isdigit, word.partition("/")[0])) or 0)
            for word in answer.note.replace(",", " ").replace(".", " ").split()
            if word[0].isdigit()
        }
        is_named = bool(told & (nearest | same_side | {max(below, default=0), min(above, default=0)} - {0}))
        named += is_named
        if (not is_named or answer.sure) and shown < SHOWN:
            shown += 1
            print(f"  [wrong door] {question!r} -> {answer.note} {[h.title for h in answer.hits][:3]}", flush=True)
    yield Figure("sure though the door does not exist", 100 * sure / each, "{:.1f} %", at_most=0)
    yield Figure("street found and nearest doors named", 100 * named / each, "{:.1f} %", at_least=95)
    sure = 0
    numbered = [door for door in city.doors if door.street.name.isdigit()]
    for _ in range(each):
        door = rng.choice(numbered)
        street = Street(
            **{**{s: getattr(door.street, s) for s in Street.__slots__}, "name": str(int(door.street.name) + 50_000)}
        )
        answer = _ask(store, city, noise.plain(Door(street, door.number, "", None, None, 0, 0), rng))
        sure += answer.sure is not None
    yield Figure("sure though the street number does not exist", 100 * sure / each, "{:.1f} %", at_most=0)


def _wrongly_sure(what: str, store: Store, city: City, questions: Sequence[str]) -> Figure:
    answers = [_ask(store, city, question) for question in questions]
    wrong = [
        (q, a)
        for q, a in zip(questions, answers, strict=True)
        if a.sure is not None and a.sure.kind is not HitKind.DISTRICT
    ]
    for question, answer in wrong[:SHOWN]:
        print(f"  [{what}] {question!r} -> {answer.hits[0].title} | {answer.hits[0].subtitle}", flush=True)
    return Figure(f"sure wrong answers, {what}", 100 * len(wrong) / len(questions), "{:.1f} %", at_most=1)


def _ask(store: Store, city: City, question: str) -> SearchResult:
    with store.reading() as connection:
        return find(connection, question, city.profile, LIMIT, "en")


def _codes(store: Store, hits: Sequence[Hit]) -> dict[object, str]:
    uids = [str(hit.uid) for hit in hits if hit.uid]
    with store.reading() as connection:
        rows = connection.execute(
            text("SELECT uid, address_code FROM pool.addresses WHERE uid = ANY (CAST(:u AS uuid[]))"), {"u": uids}
        )
        return {row.uid: row.address_code for row in rows}


def _code(answer: SearchResult, codes: Mapping[object, str]) -> str | None:
    return codes.get(answer.hits[0].uid) if answer.hits else None


def _speed(running: Deployment, texts: Sequence[str]) -> Iterator[Figure]:
    web = http.client.HTTPConnection(urlsplit(running.address).netloc)
    begun = [question[: max(3, len(question) * (n % 9 + 1) // 9)] for n, question in enumerate(texts)]
    for path, some, p50 in (("/api/search", texts, 3), ("/api/suggest", begun, None)):
        for question in some[:200]:
            _get(web, path, question, {})
        spent = sorted(_get(web, path, question, {}) for question in some)
        yield Figure(f"{path} p50", spent[len(spent) // 2], "{:.1f} ms", at_most=p50)
        yield Figure(f"{path} p95", spent[int(len(spent) * 0.95)], "{:.1f} ms", at_most=12)
        by_application = sorted(_get(web, path, question, _VISITOR) for question in some[:1_000])
        remark = "a thread and a transaction"
        yield Figure(
            f"{path} p50 by the application", by_application[len(by_application) // 2], "{:.1f} ms", remark=remark
        )


_VISITOR = {"Cookie": "lang=en"}
"""Who has chosen something before is answered by the application."""


def _get(web: http.client.HTTPConnection, path: str, question: str, headers: Mapping[str, str]) -> float:
    started = time.perf_counter()
    web.request("GET", f"{path}?q={quote(question, errors='replace')}", headers=dict(headers))
    answer = web.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status} for {question!r}")
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main(*numbers())
