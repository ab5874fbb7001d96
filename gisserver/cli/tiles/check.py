"""`gis tiles check`: whether the kept tiles show the pool as it is."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gisserver.cli._deployment import Deployment, opened
from gisserver.cli._options import data_option
from gisserver.cli.tiles.seed import zooms_of

if TYPE_CHECKING:
    from layers.core.layer import Layer
    from layers.core.tiles.check import Fault

SHOWN = 20
FAULTS_FOUND = 1


@click.command("check")
@data_option
@click.option("--layer", "layers", multiple=True, help="May be given several times; default: every layer.")
@click.option("--zoom", "zooms", default="0-24", metavar="Z|A-B", help="One zoom or several, for instance 5-12.")
@click.option("--sample", type=click.IntRange(min=1), default=200, show_default=True, help="So many tiles per layer.")
@click.option("--all", "all_tiles", is_flag=True, help="Every tile, and whether any is missing.")
@click.option("--repair", is_flag=True, help="Draw the wrong ones anew.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one line per fault, one at the end.")
def check(
    data: Path | None,
    layers: tuple[str, ...],
    zooms: str,
    sample: int,
    all_tiles: bool,
    repair: bool,
    as_json: bool,
) -> None:
    """Compare kept tiles with fresh ones, and with the features that the pool has there.

    Ends with 1 where a fault is left.
    """
    wanted = zooms_of(zooms)
    looked_at = 0
    faults: list[Fault] = []
    with opened(data) as deployment:
        for layer in tuple(deployment.registry[name] for name in dict.fromkeys(layers)) or tuple(deployment.registry):
            count, found = _check_layer(deployment, layer, wanted, None if all_tiles else sample)
            looked_at += count
            faults += found
            if repair and found:
                _repair(deployment, layer, found)
    _say(looked_at, faults, repair, as_json)
    if faults and not repair:
        raise SystemExit(FAULTS_FOUND)


def _check_layer(deployment: Deployment, layer: "Layer", zooms: range, sample: int | None) -> tuple[int, list["Fault"]]:
    from layers.core.store import WORKER
    from layers.core.tiles.check import check as compare
    from layers.core.tiles.check import expected_tiles, sampled_tiles

    with deployment.store.reading(WORKER) as connection:
        addresses = sampled_tiles(connection, layer, zooms, sample)
        if sample is None:
            addresses = sorted({*addresses, *expected_tiles(connection, layer, zooms)})
        return len(addresses), list(compare(connection, layer, addresses))


def _repair(deployment: Deployment, layer: "Layer", faults: list["Fault"]) -> None:
    from layers.core.tiles.seed import BATCH_OF_SEEDING, seed

    addresses = sorted({fault.address for fault in faults})
    for start in range(0, len(addresses), BATCH_OF_SEEDING):
        seed(deployment.store, layer, addresses[start : start + BATCH_OF_SEEDING])


def _say(looked_at: int, faults: list["Fault"], is_repaired: bool, as_json: bool) -> None:
    kinds = Counter(fault.kind for fault in faults)
    if as_json:
        for fault in faults:
            z, x, y = fault.address.z, fault.address.x, fault.address.y
            about = {"layer": fault.layer_id, "tile": [z, x, y], "kind": fault.kind}
            click.echo(json.dumps({**about, "expected": fault.expected, "found": fault.found}))
        click.echo(json.dumps({"done": True, "looked_at": looked_at, "faults": kinds, "repaired": is_repaired}))
        return
    for fault in faults[:SHOWN]:
        z, x, y = fault.address.z, fault.address.x, fault.address.y
        click.echo(f"{fault.layer_id} {z}/{x}/{y}: {fault.kind} (expected {fault.expected}, found {fault.found})")
    if len(faults) > SHOWN:
        click.echo(f"… and {len(faults) - SHOWN:,} more.")
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items())) or "no fault"
    click.echo(f"{looked_at:,} tiles compared: {told}{', drawn anew' if faults and is_repaired else ''}.")


COMMAND = check
