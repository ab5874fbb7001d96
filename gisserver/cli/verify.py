"""`gis verify`: does an issued answer still hold, and are answers right at all?"""

import secrets
from pathlib import Path

import click

from gisserver.cli._deployment import opened
from gisserver.cli._options import data_option
from gisserver.cli._trouble import Refused, WrongUse

SHOWN = 20


@click.command("verify")
@data_option
@click.argument("number", required=False)
@click.option("--parcels", default=200, show_default=True, help="So many random parcels, without NUMBER.")
@click.option("--seed", type=int, help="The same parcels again; default: others each time.")
def verify(data: Path | None, number: str | None, parcels: int, seed: int | None) -> None:
    """Verify the issued answer NUMBER (or short code); without it, answer random parcels and compute each again."""
    if number is None:
        _random_parcels(data, parcels, secrets.randbelow(10**9) if seed is None else seed)
    else:
        _one(data, number)


def _one(data: Path | None, number: str) -> None:
    from layers.answers.issued import issued_answer
    from layers.answers.verify import verify as asked_again
    from layers.core.store import ANONYMOUS

    with opened(data) as deployment, deployment.store.reading(ANONYMOUS) as connection:
        issued = issued_answer(connection, number)
        if issued is None:
            raise WrongUse(f"No answer with the number {number!r} is kept here.")
        found = asked_again(connection, issued, deployment.profile)
    click.echo(f"{issued.answer.parcel.ref}, issued {issued.issued_at:%Y-%m-%d %H:%M:%S %Z}: {found.outcome}")
    if found.is_alarm:
        raise Refused(f"It differs at {', '.join(found.paths)}.")


def _random_parcels(data: Path | None, parcels: int, seed: int) -> None:
    from layers.answers.self_check import self_check

    with opened(data) as deployment:
        found = self_check(deployment.store, deployment.profile, seed, parcels)
    click.echo(f"{found.asked} parcels at publish {found.epoch}, seed {seed}, in {found.seconds:.1f} s")
    for one in found.differing[:SHOWN]:
        click.echo(one, err=True)
    if found.differing:
        raise Refused(f"{len(found.differing)} differences.")
    click.echo("All equal to what was computed without any index.")


COMMAND = verify
