"""Servers asked in turn for the same tiles, by wrk, with the headers of a browser."""

import os
import re
import statistics
import subprocess
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.processes import cpu_seconds, family_of, listener

CONNECTIONS = 16
SCRIPT = Path(__file__).with_name("random_walk.lua")
UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3}


@dataclass(frozen=True)
class Rate:
    """One look at one server."""

    per_second: float
    cpu_microseconds: float
    p99_ms: float


@dataclass(frozen=True)
class Rival:
    """A server and the addresses to ask it for."""

    name: str
    address: str
    zoom: int
    addresses: Path

    def measure(self, seconds: float = 4) -> Rate:
        """Ask it for some seconds."""
        process = listener(self.address)
        before = cpu_seconds(family_of(process))
        said = subprocess.run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--latency", "-s", SCRIPT, self.address],
            env={**os.environ, "ADDRESSES": str(self.addresses)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        if "Non-2xx" in said or "Socket errors" in said:
            raise SystemExit(f"{self.name} refused requests:\n{said}")
        requests = int(re.search(r"(\d+) requests in", said)[1])
        if not requests:
            raise SystemExit(f"{self.name} answered nothing within {seconds:.0f} s.")
        cpu = cpu_seconds(family_of(process)) - before
        latest = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
        return Rate(
            per_second=float(re.search(r"Requests/sec: +([\d.]+)", said)[1]),
            cpu_microseconds=1e6 * cpu / requests,
            p99_ms=float(latest[1]) * UNITS[latest[2]],
        )


def warm(address: str, listed: Path) -> None:
    """Ask for each address once, four at a time."""

    def ask(path: str) -> None:
        request = urllib.request.Request(f"{address}{path}", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as answer:
            answer.read()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(ask, listed.read_text().split()))


def in_turn(rivals: Sequence[Rival], rounds: int, seconds: float = 4) -> dict[Rival, list[Rate]]:
    """Each in each round, so that what else happens on the machine happens to all."""
    rates: dict[Rival, list[Rate]] = {rival: [] for rival in rivals}
    for _ in range(rounds):
        for rival in rivals:
            rates[rival].append(rival.measure(seconds))
    return rates


def times(rates: Sequence[Rate], others: Sequence[Rate]) -> float:
    """How many times the others' rate: the median of the rounds."""
    return statistics.median(one.per_second / other.per_second for one, other in zip(rates, others, strict=True))
