"""How often the true coordinate system comes first, for parcels of every district written in every system and way.

Usage: script/bench crs [PARCELS] [SYSTEMS_PER_DISTRICT]

The files carry no refs: only outlines beside published ones tell datums apart. They hold every third parcel of a
street, or all of a row, which share few corners with others. Where nothing is published nothing tells datums apart;
there it is counted how often the true place is among those that are offered.
"""

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable

from bench.written_systems import PROFILE, SYSTEMS, WAYS, Quarter, Verdict, quarters, verdict, written
from layers.core.profile import load_profile


def main(parcels: int = 60_000, systems_per_district: int = len(SYSTEMS)) -> None:
    """Print the tables."""
    single, whole = list(quarters(parcels)), list(quarters(parcels, every=1))
    for title, chosen, with_neighbours in (
        ("Single parcels among published ones", single, True),
        ("Whole rows beside published ones", whole, True),
        ("Nothing published", single, False),
    ):
        verdicts, seconds = _judged(chosen, systems_per_district, with_neighbours=with_neighbours)
        print(f"\n{title}: {len(verdicts)} files")
        print("| way | files | true first | true offered | used without asking |\n|---|---|---|---|---|")
        for way, of_way in _by_way(verdicts).items():
            counts = [sum(getattr(one, fact) for one in of_way) for fact in ("is_first", "is_shown", "is_used")]
            shares = " | ".join(f"{count} ({count / len(of_way):.1%})" for count in counts)
            print(f"| {way} | {len(of_way)} | {shares} |")
        print(f"Deciding took {statistics.median(seconds):.3f} s (median), {max(seconds):.3f} s (longest).")
        for one in [one for one in verdicts if with_neighbours and not one.is_first][:20]:
            file = one.written
            print(f"  not first: {file.quarter.district_id} in {file.srid}, {file.way}, declared {file.declared}")


def _judged(
    chosen: Iterable[Quarter], systems_per_district: int, *, with_neighbours: bool
) -> tuple[list[Verdict], list[float]]:
    profile = load_profile(PROFILE)
    verdicts, seconds = [], []
    for number, quarter in enumerate(chosen):
        for step in range(systems_per_district):
            srid = SYSTEMS[(number + step) % len(SYSTEMS)]
            for file in written(quarter, srid):
                began = time.perf_counter()
                verdicts.append(verdict(file, profile, with_neighbours=with_neighbours))
                seconds.append(time.perf_counter() - began)
    return verdicts, seconds


def _by_way(verdicts: Iterable[Verdict]) -> dict[str, list[Verdict]]:
    found: defaultdict[str, list[Verdict]] = defaultdict(list)
    for one in verdicts:
        found[one.written.way].append(one)
    return {way: found[way] for way in WAYS if way in found}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
