"""How fast zoning answers are as JSON, page and signed document, and whether brute force gives the same ones.

Usage: script/bench answers [PARCELS] [ASKED] [CHECKED] [--write]

ASKED random parcels are asked about, each once, so that each answer is worked out, kept and (as a document) typeset
and signed; CHECKED ones, half of them at the edge of a district, a survey or a constraint, are computed again.
"""

import http.client
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

import psycopg2

from bench.deployment import Deployment, another_web, deployment
from bench.figures import Figure
from bench.report import machine, numbers, report
from layers.answers.self_check import self_check
from layers.core.profile import load_profile
from layers.core.store import Store

WARM = 20
DOCUMENTS = 100
SEED = 1453


def main(parcels: int = 60_000, asked: int = 1_000, checked: int = 5_000) -> None:
    """Measure and report."""
    with deployment(parcels) as running:
        what = f"{asked:,} answers as JSON and as pages, {DOCUMENTS} as documents, one web process"
        notes = [f"a pool of {parcels:,} sample parcels; {what}", *machine(running.urls.worker)]
        report(_timed(running, asked) + _checked(running, checked), notes)


def _timed(running: Deployment, asked: int) -> list[Figure]:
    uids = _random_parcels(running, 2 * asked + DOCUMENTS + 3 * WARM)
    port = urlsplit(running.address).port
    assert port is not None
    with another_web(running, port + 1, GIS_ANSWERS_PER_MINUTE="1000000") as address:
        ask = _asking(address)
        take = iter(uids)
        spent = {
            "JSON": _spent(lambda uid: ask(f"/api/zoning?parcel={uid}"), [next(take) for _ in range(asked + WARM)]),
            "page": _spent(lambda uid: ask(f"/answer/{uid}?lang=tr"), [next(take) for _ in range(asked + WARM)]),
        }
        numbers = [_number(ask(f"/api/zoning?parcel={next(take)}")) for _ in range(DOCUMENTS + WARM)]
        spent["signed document"] = _spent(lambda number: ask(f"/verify/{number}.pdf?lang=tr"), numbers)
    goals = {"JSON": 25, "page": 60, "signed document": 250}
    return [figure for what, goal in goals.items() for figure in _figures(what, spent[what], goal)]


def _figures(what: str, spent: Sequence[float], goal: float) -> tuple[Figure, Figure]:
    return (
        Figure(f"{what}, p95", quantiles(spent, n=20)[-1], "{:.1f} ms", at_most=goal),
        Figure(f"{what}, median", median(spent), "{:.1f} ms"),
    )


def _spent(ask: Callable[[str], object], wanted: Sequence[str]) -> list[float]:
    spent = []
    for one in wanted:
        started = time.perf_counter()
        ask(one)
        spent.append(1000 * (time.perf_counter() - started))
    return spent[WARM:]


def _asking(address: str) -> Callable[[str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)

    def ask(path: str) -> bytes:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {body[:200]!r}")
        return body

    return ask


def _number(body: bytes) -> str:
    return body.partition(b'"number":"')[2].partition(b'"')[0].decode()


def _random_parcels(running: Deployment, count: int) -> list[str]:
    with psycopg2.connect(running.urls.web) as database, database.cursor() as cursor:
        cursor.execute("SELECT uid FROM pool.parcels ORDER BY random() LIMIT %s", (count,))
        return [str(uid) for (uid,) in cursor.fetchall()]


def _checked(running: Deployment, count: int) -> list[Figure]:
    store = Store(running.urls.worker)
    found = self_check(store, load_profile(Path("profiles/izmir.toml")), SEED, count)
    store.close()
    for one in found.differing[:20]:
        print(one, file=sys.stderr)
    equal = 100 * (1 - len(found.differing) / max(found.asked, 1))
    remark = f"{found.asked:,} parcels in {found.seconds:.0f} s"
    return [Figure("equal to brute force, kept and verified", equal, "{:.2f} %", at_least=100, remark=remark)]


if __name__ == "__main__":
    main(*numbers())
