"""`gis exception`: ask that a finding be let pass, and decide about it."""

import datetime
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gisserver.cli._deployment import Deployment, opened
from gisserver.cli._options import data_option, json_option, number_argument
from gisserver.cli._trouble import Refused, WrongUse

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from layers.core.exceptions import RuleException
    from layers.core.store import Actor

Step = Callable[["Connection", Deployment, "Actor"], "RuleException"]


@click.group("exception")
def exception() -> None:
    """Let a finding pass for one feature: asked with a reason, granted or declined by the department."""


@exception.command("ask")
@click.argument("rule")
@click.argument("ref")
@click.option("--layer", required=True, help="The feature's layer.")
@click.option("--district", required=True, help="Whose feature it is: name or number.")
@click.option("--because", required=True, help="The reason, for the department.")
@json_option
@data_option
def ask(rule: str, ref: str, layer: str, district: str, because: str, as_json: bool, data: Path | None) -> None:
    """Ask that what RULE found about REF be let pass."""
    from layers.core import exceptions

    def step(connection: "Connection", deployment: Deployment, actor: "Actor") -> "RuleException":
        district_id = deployment.district_named(district).id
        asked = exceptions.Asked(district_id, deployment.registry[layer].id, rule, ref, because)
        return exceptions.ask(connection, deployment.profile, actor, asked)

    _take(data, as_json, step)


@exception.command("grant")
@number_argument
@click.option("--why", default="", help="Said in the finding in place of the district's reason.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day; for good without it.")
@json_option
@data_option
def grant(number: int, why: str, until: datetime.datetime | None, as_json: bool, data: Path | None) -> None:
    """Let it pass, from the next check of a file on."""
    from layers.core import exceptions

    last = until.date() if until else None
    _take(data, as_json, lambda connection, _, actor: exceptions.grant(connection, actor, number, why=why, until=last))


@exception.command("decline")
@number_argument
@click.option("--why", required=True, help="For the district.")
@json_option
@data_option
def decline(number: int, why: str, as_json: bool, data: Path | None) -> None:
    """Do not let it pass."""
    from layers.core import exceptions

    _take(data, as_json, lambda connection, _, actor: exceptions.decline(connection, actor, number, why=why))


@exception.command("list")
@click.option("--state", type=click.Choice(["asked", "granted", "declined"]), help="Only those that stand there.")
@click.option("--district", help="Only this district's: name or number.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@json_option
@data_option
def list_(state: str | None, district: str | None, limit: int, as_json: bool, data: Path | None) -> None:
    """The latest first."""
    from layers.core import exceptions
    from layers.core.store import Actor

    with opened(data) as deployment:
        district_id = deployment.district_named(district).id if district else None
        with deployment.store.reading(Actor("department")) as connection:
            found = exceptions.exceptions(connection, state=state, district_id=district_id, limit=limit)
    for one in found:
        click.echo(_as_json(one) if as_json else _line(one))


def _take(data: Path | None, as_json: bool, step: Step) -> None:
    from layers.core.exceptions import ExceptionRefused, UnknownException
    from layers.core.registry import UnknownLayer
    from layers.core.store import Actor

    actor = Actor("department")
    with opened(data) as deployment:
        try:
            with deployment.store.writing(actor) as connection:
                made = step(connection, deployment, actor)
        except (UnknownException, UnknownLayer) as trouble:
            raise WrongUse(str(trouble) or str(type(trouble).__doc__)) from trouble
        except ExceptionRefused as refused:
            raise Refused(str(refused) or str(type(refused).__doc__)) from refused
    click.echo(_as_json(made) if as_json else _line(made))


def _line(found: "RuleException") -> str:
    until = f" until {found.until}" if found.until else ""
    because = found.answer or found.reason
    return f"{found.id:>6} {found.state + until:<10} {found.rule} of {found.ref} in {found.layer_id}: {because}"


def _as_json(found: "RuleException") -> str:
    return json.dumps(asdict(found), ensure_ascii=False, default=str)


COMMAND = exception
