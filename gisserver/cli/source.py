"""`gis source`: addresses of districts from which files are pulled."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gisserver.cli._deployment import Deployment, opened
from gisserver.cli._options import data_option, json_option
from gisserver.cli._trouble import NotReachable, WrongUse

if TYPE_CHECKING:
    from layers.core.pulls import Standing

source_argument = click.argument("source_id", metavar="SOURCE")


@click.group("source")
def source() -> None:
    """Addresses from which files of districts are pulled; the profile declares them."""


@source.command("list")
@json_option
@data_option
def list_(as_json: bool, data: Path | None) -> None:
    """All, and how each is getting on."""
    from layers.core import pulls
    from layers.core.store import WORKER

    with opened(data) as deployment, deployment.store.reading(WORKER) as connection:
        found = pulls.standings(connection, deployment.profile.sources)
    for one in found:
        click.echo(_as_json(one) if as_json else _line(one))


@source.command("pull")
@source_argument
@data_option
def pull(source_id: str, data: Path | None) -> None:
    """Pull now and wait; the worker checks what came."""
    from gisserver.pulling import pull_now

    with opened(data) as deployment:
        _standing(deployment, source_id)
        is_good = pull_now(deployment.store, deployment.settings, deployment.profile, source_id)
        after = _standing(deployment, source_id)
    if not is_good:
        raise NotReachable(after.sentence("en") or f"{source_id} could not be pulled.")
    click.echo(f"{source_id}: {_outcome(after)}")


@source.command("pause")
@source_argument
@data_option
def pause(source_id: str, data: Path | None) -> None:
    """Leave it alone until it is resumed."""
    _set_paused(source_id, data, is_paused=True)


@source.command("resume")
@source_argument
@data_option
def resume(source_id: str, data: Path | None) -> None:
    """Pull it as its schedule says."""
    _set_paused(source_id, data, is_paused=False)


def _set_paused(source_id: str, data: Path | None, *, is_paused: bool) -> None:
    from layers.core import pulls
    from layers.core.store import WORKER

    with opened(data) as deployment:
        found = _standing(deployment, source_id)
        with deployment.store.writing(WORKER) as connection:
            pulls.pause(connection, found.source, is_paused=is_paused)
    click.echo(f"{source_id} is {'paused' if is_paused else 'pulled as its schedule says'}.")


def _standing(deployment: Deployment, source_id: str) -> "Standing":
    from layers.core import pulls
    from layers.core.store import WORKER

    try:
        with deployment.store.reading(WORKER) as connection:
            return pulls.standing(connection, deployment.profile, source_id)
    except pulls.UnknownSource as unknown:
        raise WrongUse(f"The profile declares no source {source_id!r}.") from unknown


def _outcome(one: "Standing") -> str:
    return one.sentence("en") or (f"upload {one.upload_id} is {one.upload_state}" if one.upload_id else "nothing yet")


def _line(one: "Standing") -> str:
    state = "paused" if one.is_paused else "failing" if one.is_failing else "good"
    due = f"{one.due_at:%Y-%m-%d %H:%M}" if one.due_at else "not yet"
    return f"{one.source.id:<20} {state:<8} {one.source.kind:<17} due {due}: {_outcome(one)}"


def _as_json(one: "Standing") -> str:
    told = {
        "id": one.source.id,
        "district": one.source.district,
        "layer": one.source.layer,
        "kind": one.source.kind,
        "is_paused": one.is_paused,
        "due_at": one.due_at and one.due_at.isoformat(),
        "failures": one.failures,
        "problem": one.sentence("en") or None,
        "upload": one.upload_id and str(one.upload_id),
        "upload_state": one.upload_state,
    }
    return json.dumps(told, ensure_ascii=False)


COMMAND = source
